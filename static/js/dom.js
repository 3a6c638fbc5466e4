/* Elements from text, never from markup: whatever a document says stays a text node. */

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. `props`: class, text, on<event>, dataset, aria/other attributes; null and false are left out. */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element, same arguments. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Replaces all children of `node`. */
export function put(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** The JSON of a `<script type="application/json" id=…>` block; null where the page has none. */
export function jsonBlock(id) {
  const block = byId(id);
  return block ? JSON.parse(block.textContent) : null;
}

export function debounce(run, wait) {
  let timer = 0;
  const later = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
  later.now = (...args) => {
    clearTimeout(timer);
    run(...args);
  };
  return later;
}

export const lessMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const isPhone = () => matchMedia("(max-width: 47.9375em)").matches;
export const PANEL = 26.25; // rem, width of the panel beside the map
/** Wide enough for legend and story card to lie beside the country. */
export const isWide = () => matchMedia("(min-width: 73.76em)").matches;
/** Pixels of one rem: more on very large screens and for readers of large text. */
export const rootSize = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

/** Closes the page's menu, in which the tools stand on a phone. */
export const closeMore = () => byId("more")?.closest("details")?.removeAttribute("open");

/** Says `text` to screen readers without showing it. */
export function announce(text) {
  const live = byId("live");
  if (live) live.textContent = text;
}

/**
 * A button that opens `body` under it; Escape and a click outside close it. Gives {root, open, close, toggle}.
 * `onClick` false: the caller toggles it.
 */
export function popover(button, body, { onOpen, onClick = true } = {}) {
  body.hidden = true;
  button.setAttribute("aria-expanded", "false");
  const root = el("div", { class: "popover-root" });
  button.replaceWith(root);
  root.append(button, body);
  const outside = (event) => {
    if (!root.contains(event.target)) close();
  };
  const open = () => {
    body.hidden = false;
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", outside, true);
    onOpen?.();
  };
  const close = ({ focus = false } = {}) => {
    if (body.hidden) return;
    body.hidden = true;
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) button.focus();
  };
  const toggle = () => (body.hidden ? open() : close());
  if (onClick) button.addEventListener("click", toggle);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || body.hidden) return;
    event.stopPropagation();
    close({ focus: true });
  });
  return { root, open, close, toggle };
}

function fill(node, props, children) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "text") node.textContent = value;
    else if (key === "class") node.setAttribute("class", value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else if (key === "value") node.value = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...flat(children));
  return node;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}
