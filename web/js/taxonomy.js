// The words of the trade, from the API, by dimension and id.

import { get } from "./api.js";
import { both } from "./text.js";

let labels = null;
let retired = new Set();

export async function loadTaxonomy() {
  if (labels) return;
  const { dimensions } = await get("/taxonomy");
  labels = new Map();
  retired = new Set();
  for (const [dimension, { items }] of Object.entries(dimensions)) {
    for (const item of items) {
      labels.set(`${dimension}/${item.id}`, item.labels);
      if (item.retired) retired.add(`${dimension}/${item.id}`);
    }
  }
}

/** The label of an entry; its id while the taxonomy is not there. */
export const label = (dimension, id) => (id ? both(labels?.get(`${dimension}/${id}`)) || id : "");

/** What may be chosen of a dimension, as [id, label], in the taxonomy's own order. */
export const entries = (dimension) => [...labels ?? []]
  .filter(([key]) => key.startsWith(`${dimension}/`) && !retired.has(key))
  .map(([key, words]) => [key.slice(dimension.length + 1), both(words)]);

/** The labels of the entries, one after the other. */
export const listed = (dimension, ids) => ids.map((id) => label(dimension, id)).join(", ");
