// What tests ask of a page from within it. Put there before any script of the page's own.

(() => {
  let open = 0;
  const counted = (real) => function count(...given) {
    open += 1;
    return Promise.resolve(real.apply(this, given)).finally(() => { open -= 1; });
  };
  window.fetch = counted(window.fetch);
  for (const read of ["json", "text", "blob"]) Response.prototype[read] = counted(Response.prototype[read]);

  // Time stands still: what a page puts off for long waits until a test lets it happen.
  const LONG = 500;
  let waiting = [];
  const { setTimeout: real } = window;
  window.setTimeout = (what, delay = 0, ...given) => {
    if (delay < LONG) return real(what, delay, ...given);
    waiting.push(() => what(...given));
    return 0;
  };

  const drawn = () => new Promise((go) => { requestAnimationFrame(() => real(go, 0)); });

  const TABBABLE = "a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]";
  const canBeSeen = (one) => one.checkVisibility({ visibilityProperty: true });
  const canBeReached = (one) => one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]") && canBeSeen(one)
    && (one.localName !== "summary" || one.parentElement.querySelector("summary") === one);

  /** By what a reader would call it, and which one of those. */
  const named = (one) => {
    if (!one || one === document.body) return "nothing";
    const label = one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent || one.id;
    return `${one.localName} “${label.trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  };

  /** What the keyboard stays within: a dialog that is before everything else, or the page. */
  const stage = () => [...document.querySelectorAll("[aria-modal=true], dialog:modal")].filter(canBeSeen).at(-1) ?? document.body;

  const reached = () => {
    const every = [...stage().querySelectorAll(TABBABLE)].filter(canBeReached);
    // Of a group of radio buttons one is reached, and the arrows go to the others.
    const groups = new Set();
    return every.filter((one) => {
      if (one.type !== "radio") return true;
      const group = [...document.querySelectorAll(`input[type=radio][name="${one.name}"]`)];
      const stop = group.find((each) => each.checked) ?? group[0];
      if (one !== stop || groups.has(one.name)) return false;
      groups.add(one.name);
      return true;
    });
  };

  let steps = [];
  let resting = new Map();

  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor].join(" ");
  };

  /** What whoever sees the page and has only the keyboard could not make out. */
  const troubles = (one) => {
    const found = [];
    const box = one.getBoundingClientRect();
    // A date has stops of its own within it, and of the last one the browser tells the field only that it has the focus;
    // whether that is seen, the next line says.
    const inADate = one.type === "date" && one === document.activeElement;
    if (!one.matches(":focus-visible") && !inADate) found.push("the browser does not show that it has the focus");
    if (look(one) === resting.get(one)) found.push("it looks the same with the focus and without");
    if (box.width < 1 || box.height < 1) found.push("it has the focus and no size");
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    if (!inside) found.push("it has the focus outside of what is seen");
    else {
      const [line] = one.getClientRects();
      const x = Math.min(Math.max((line.left + line.right) / 2, 1), innerWidth - 1);
      const y = Math.min(Math.max((Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2, 1), innerHeight - 1);
      const top = document.elementFromPoint(x, y);
      if (top && !one.contains(top) && !top.contains(one)) found.push(`it has the focus behind ${named(top)}`);
    }
    return found;
  };

  addEventListener("focusin", ({ target }) => { steps.push({ name: named(target), faults: troubles(target) }); }, true);

  window.underTest = {
    named,

    keep(storages) {
      for (const name of ["sessionStorage", "localStorage"]) {
        window[name].clear();
        for (const [key, value] of Object.entries(storages[name] ?? {})) window[name].setItem(key, value);
      }
    },

    async quiet() {
      let calm = 0;
      let idle = 0;
      // A part that is still loading says so; one that says so until a long wait is over is shown as it is, unless it is the
      // code of a screen that is on its way.
      for (let turn = 0; calm < 2 && idle < 60 && turn < 600; turn += 1) {
        await drawn();
        const root = document.getElementById("root");
        const coming = (root && !root.childElementCount) || document.querySelector("#root [data-first], [data-coming]");
        const loading = document.querySelector("[aria-busy=true]");
        const still = open === 0 && document.readyState === "complete";
        calm = still && !coming && !loading ? calm + 1 : 0;
        idle = still && !coming && loading && waiting.length > 0 ? idle + 1 : 0;
      }
    },

    later() {
      const [now, rest] = [waiting, []];
      waiting = rest;
      for (const one of now) one();
    },

    async audit(only) {
      const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"], preload: false });
      return violations.flatMap((rule) => rule.nodes.map((node) =>
        `${rule.help} (${rule.id}, ${rule.helpUrl.replace(/\?.*/, "")}): ${node.html.slice(0, 160)} ${
          [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ").slice(0, 300)}`));
    },

    sideways() {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > clientWidth + 0.5);
      const least = wide.filter((one) => ![...one.children].some((child) => wide.includes(child)));
      return (least.length ? least : [document.body]).slice(0, 5).map(named);
    },

    /** The names of everything that Tab is to come to, in the order of the page. */
    start() {
      document.activeElement?.blur();
      const order = reached();
      resting = new Map(order.map((one) => [one, look(one)]));
      return order.map(named);
    },

    /** Puts the keyboard before the first thing of the page or of what is before it, or after the last. */
    from(end) {
      const mark = document.createElement("span");
      mark.tabIndex = -1;
      if (end === "start") stage().prepend(mark);
      else stage().append(mark);
      mark.focus();
      mark.remove();
      steps = [];
    },

    steps: () => steps,
  };
})();
