// The words of the trade, from the API, by dimension and id.

import { get } from "./api.js";
import { both } from "./text.js";

let labels = null;

export async function loadTaxonomy() {
  if (labels) return;
  const { dimensions } = await get("/taxonomy");
  labels = new Map();
  for (const [dimension, { items }] of Object.entries(dimensions)) {
    for (const item of items) labels.set(`${dimension}/${item.id}`, item.labels);
  }
}

/** The label of an entry; its id while the taxonomy is not there. */
export const label = (dimension, id) => (id ? both(labels?.get(`${dimension}/${id}`)) || id : "");
