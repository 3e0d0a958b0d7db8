// As much of a browser as the site's own code uses: elements, their events, addresses, storage. Nothing is laid out.

class Node {
  constructor() { this.children = []; this.parent = null; }
  append(...nodes) { for (const one of nodes) this.#put(one, this.children.length); }
  prepend(...nodes) { nodes.reverse().forEach((one) => this.#put(one, 0)); }
  #put(one, at) {
    const node = one instanceof Node ? one : new Text(String(one));
    node.remove();
    node.parent = this;
    this.children.splice(at, 0, node);
  }
  remove() {
    if (this.parent) this.parent.children = this.parent.children.filter((one) => one !== this);
    this.parent = null;
  }
  replaceChildren(...nodes) { for (const one of [...this.children]) one.remove(); this.append(...nodes); }
  replaceWith(node) {
    const { parent } = this;
    const at = parent.children.indexOf(this);
    this.remove();
    parent.#put(node, at);
  }
  hasChildNodes() { return this.children.length > 0; }
  get textContent() { return this.children.map((one) => one.textContent).join(""); }
  set textContent(words) { this.replaceChildren(...(words === "" ? [] : [words])); }
}

class Text extends Node {
  constructor(words) { super(); this.words = words; }
  get textContent() { return this.words; }
}

class Element extends Node {
  constructor(name) { super(); this.name = name; this.attributes = new Map(); this.listeners = {}; this.typed = null; this.disabled = false; }
  setAttribute(key, value) { this.attributes.set(key, String(value)); }
  getAttribute(key) { return this.attributes.get(key) ?? null; }
  removeAttribute(key) { this.attributes.delete(key); }
  addEventListener(type, listener) { (this.listeners[type] ??= []).push(listener); }
  async fire(type) {
    await Promise.all((this.listeners[type] ?? []).map((one) => one({ preventDefault() {}, target: this })));
  }
  get all() { return this.children.filter((one) => one instanceof Element).flatMap((one) => [one, ...one.all]); }
  querySelectorAll(name) { return this.all.filter((one) => one.name === name); }
  querySelector(name) { return this.all.find((one) => one.name === name) ?? null; }
  get elements() { return Object.fromEntries(this.all.filter((one) => one.attributes.has("name")).map((one) => [one.getAttribute("name"), one])); }
  get options() { return this.all.filter((one) => one.name === "option"); }
  get value() {
    if (this.typed !== null) return this.typed;
    if (this.name !== "select") return this.getAttribute("value") ?? "";
    return (this.options.find((one) => one.attributes.has("selected")) ?? this.options[0])?.getAttribute("value") ?? "";
  }
  set value(words) { this.typed = String(words); }
  get open() { return this.attributes.has("open"); }
  set open(is) { if (is) this.setAttribute("open", ""); else this.removeAttribute("open"); this.fire("toggle"); }
  get checked() { return this.ticked ?? false; }
  get firstElementChild() { return this.children.find((one) => one instanceof Element) ?? null; }
  get previousElementSibling() { return this.parent?.children[this.parent.children.indexOf(this) - 1] ?? null; }
  focus() { document.activeElement = this; }
  click() { browser.clicked.push(this); return this.fire("click"); }
  setSelectionRange(start, end) { this.selected = this.value.slice(start, end); }
  getBoundingClientRect() { return { top: 0 }; }
}

const storage = () => {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
};

const named = Object.fromEntries(["main", "status", "nav", "foot", "skip"].map((id) => [id, new Element(id)]));
const onHash = [];
let hash = "";

export const browser = { ...named, clicked: [] };

globalThis.document = {
  createElement: (name) => new Element(name),
  getElementById: (id) => named[id],
  documentElement: {}, title: "", activeElement: null,
};
globalThis.window = {
  addEventListener: (type, listener) => type === "hashchange" && onHash.push(listener),
  scrollTo() {}, scrollBy() {},
};
globalThis.location = {
  get hash() { return hash; },
  set hash(to) { hash = to.startsWith("#") ? to : `#${to}`; for (const one of onHash) one(); },
};
globalThis.sessionStorage = storage();
globalThis.localStorage = storage();

// What a page puts off for long keeps nobody waiting.
const later = globalThis.setTimeout;
globalThis.setTimeout = (...given) => {
  const timer = later(...given);
  timer.unref();
  return timer;
};
