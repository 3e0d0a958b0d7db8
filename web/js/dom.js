/** An element with attributes and children. Text is always text: nothing here reads HTML. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      if (value) element.addEventListener(key.slice(2), value);
    } else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** Says it to whoever listens to the page rather than looks at it. */
export function announce(words) {
  document.getElementById("status").textContent = words;
}

/** A choice among [value, label], or [group, [[value, label], …]]; `first`: what stands there before anything is chosen. */
export function choice(id, label, options, { first, required = false, value = "", onchange } = {}) {
  const option = ([one, words]) => h("option", { value: one, selected: one === value }, words);
  return [
    h("label", { for: id }, label),
    h("select", { id, name: id, required, onchange },
      first !== undefined && h("option", { value: "" }, first),
      options.map(([one, words]) => (Array.isArray(words) ? h("optgroup", { label: one }, words.map(option)) : option([one, words])))),
  ];
}
