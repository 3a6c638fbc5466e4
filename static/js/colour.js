/* Colours of classes and the textures of what is not a plain value. Colours come from palettes.json. */

import { byId, rootSize, svg } from "./dom.js";

const made = new Map();
let grain = 1;
let palettes = { layers: {}, palettes: {} };

export function usePalettes(data) {
  palettes = data;
}

export const paletteNames = () => Object.keys(palettes.palettes);
export const palette = (id) => palettes.palettes[id];
const isDark = () => document.documentElement.dataset.theme === "dark";

/** The layer's own colour on the paper of now. */
export function hue(layer) {
  const own = palettes.layers[layer];
  return isDark() ? own.dark : own.colour;
}

/** `count` colours of a palette, weakest first; fewer than three are the strongest of three. */
export function ramp(id, count) {
  const chosen = palettes.palettes[id] ?? Object.values(palettes.palettes)[0];
  const sets = isDark() ? chosen.dark : chosen.colours;
  const size = Math.min(7, Math.max(3, count));
  return sets[String(size)].slice(-Math.max(1, count));
}

/** The ramp that a layer wears in this view. */
export function classColours(atlas, state, layer) {
  const { palette: id } = state.styles[layer];
  return ramp(id, atlas.breaks(state, layer).length || Number(state.styles[layer].classes.at(-1)));
}

/** `url(#…)` of a texture in `colour`: none | other | planned | together. */
export function texture(kind, colour) {
  const id = `texture-${kind}-${colour.replace(/[^a-z0-9]/gi, "")}`;
  const key = `${id}`;
  if (!made.has(key)) {
    made.set(key, true);
    store().append(TEXTURES[kind](id, colour));
  }
  return `url(#${id})`;
}

/** Makes the textures anew, for shapes whose pixel is `scale` of their own units. */
export function useTextures(scale) {
  if (scale === grain) return;
  grain = scale;
  made.clear();
  store().replaceChildren();
}

/** A swatch of the legend: a square in a colour or texture. */
export function swatch(fill, { size = 16, ring = false, stroke = null } = {}) {
  const shape = ring
    ? svg("circle", { cx: size / 2, cy: size / 2, r: size / 2 - 3, fill: "none", stroke: fill, "stroke-width": 4 })
    : svg("rect", { x: 0.5, y: 0.5, width: size - 1, height: size - 1, rx: 2, fill, class: "swatch-edge", stroke });
  return svg("svg", { class: "swatch", width: size, height: size, "aria-hidden": "true" }, shape);
}

const TEXTURES = {
  none: (id) =>
    tile(id, 7, [svg("rect", { width: 7, height: 7, class: "paper-fill" }), line("M0 7 L7 0", "none-line", null, 0.7)]),
  other: (id, colour) =>
    tile(id, 8, [
      svg("rect", { width: 8, height: 8, class: "paper-fill" }),
      svg("circle", { cx: 2, cy: 2, r: 1.1, fill: colour, class: "other-dot" }),
      svg("circle", { cx: 6, cy: 6, r: 1.1, fill: colour, class: "other-dot" }),
    ]),
  planned: (id, colour) =>
    tile(id, 9, [
      svg("rect", { width: 9, height: 9, class: "paper-fill" }),
      line("M-2 2 L2 -2 M0 9 L9 0 M7 11 L11 7", null, colour, 2.6),
    ]),
  together: (id, colour) =>
    tile(id, 10, [
      svg("rect", { width: 10, height: 10, class: "paper-fill" }),
      line("M5 0 V10 M0 5 H10", null, colour, 0.9),
    ]),
};

function tile(id, size, parts) {
  const grown = (grain * rootSize()) / 16; // on very large screens, with the letters
  return svg("pattern", { id, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: grown === 1 ? null : `scale(${grown})` }, parts);
}

function line(path, name, colour, width) {
  return svg("path", { d: path, class: name, stroke: colour, "stroke-width": width, fill: "none" });
}

function store() {
  const found = byId("textures");
  if (found) return found.firstElementChild;
  const holder = svg("svg", { id: "textures", width: 0, height: 0, "aria-hidden": "true", class: "textures" }, svg("defs"));
  document.body.append(holder);
  return holder.firstElementChild;
}
