/* What stands on a region besides its fill: ring gauges for shares, proportional circles for counts. */

import { hue } from "./colour.js";
import { svg } from "./dom.js";
import { amount } from "./i18n.js";

const RING = { outer: 17, step: 6, width: 4 };
const LARGEST = 26; // px, radius of the largest circle
const SMALLEST = 4;

/** Whether a layer is drawn as a ring in this view: shares are; counts, and industry always, are circles. */
export function isRing(atlas, state, layer) {
  return layer !== "industry" && atlas.indicator(atlas.code(state, layer)).kind === "share";
}

/** The symbols of one region, side by side: [{width, height, node(x, y)}]. */
export function symbolsOf(atlas, state, place, scale) {
  const overlays = state.layers.slice(1);
  const cells = overlays.map((layer) => [layer, atlas.cell(state, layer, place)]);
  const shown = cells.filter(([layer, cell]) => cell.shown && passes(state.styles[layer], cell));
  const rings = shown.filter(([layer]) => isRing(atlas, state, layer));
  const circles = shown.filter(([layer]) => !isRing(atlas, state, layer));
  const parts = circles.map(([layer, cell]) => circle(atlas, state, layer, cell, scale));
  if (rings.length) {
    const slots = overlays.filter((layer) => isRing(atlas, state, layer));
    parts.unshift(gauge(atlas, state, slots, Object.fromEntries(rings), scale));
  }
  return parts;
}

function passes({ filter }, cell) {
  return !filter.length || filter.includes(cell.level + 1);
}

/** Nested rings, one a layer, always in the same order from outside in; a faint track where a layer is silent. */
function gauge(atlas, state, slots, cells, scale) {
  const outer = RING.outer * scale;
  const size = outer * 2 + 4;
  return {
    width: size,
    height: size,
    node(x, y) {
      const group = svg("g", { class: "gauge", transform: `translate(${x} ${y})` });
      group.append(svg("circle", { r: outer + 3, class: "gauge-paper" }));
      slots.forEach((layer, index) => {
        const radius = outer - index * RING.step * scale;
        const width = RING.width * scale;
        group.append(svg("circle", { r: radius, class: "gauge-track", "stroke-width": cells[layer] ? width : 1 }));
        if (cells[layer]) group.append(...arcs(cells[layer], radius, width, hue(layer), state.styles[layer].opacity / 100));
      });
      if (slots.length === 1 && outer > 14) group.append(inside(atlas, cells[slots[0]]));
      return group;
    },
  };
}

function arcs(cell, radius, width, colour, opacity) {
  const from = cell.actual?.figure.v ?? 0;
  const to = cell.plan?.figure.v ?? from;
  const drawn = [];
  if (to > from) {
    drawn.push(arc(radius, from, to, { stroke: colour, "stroke-width": width, opacity }));
    drawn.push(arc(radius, from, to, { class: "gauge-plan", "stroke-width": Math.max(1, width - 2) }));
  }
  if (cell.actual) drawn.push(arc(radius, 0, from, { stroke: colour, "stroke-width": width, opacity }));
  if (cell.plan && to <= from) {
    const angle = (Math.min(to, 100) / 100) * 2 * Math.PI;
    const [x, y] = [Math.sin(angle), -Math.cos(angle)];
    const [near, far] = [radius - width, radius + width];
    drawn.push(svg("path", { d: `M${x * near} ${y * near}L${x * far} ${y * far}`, class: "gauge-tick" }));
  }
  return drawn;
}

function arc(radius, from, to, props) {
  const length = 2 * Math.PI * radius;
  const [start, end] = [Math.max(0, from) / 100, Math.min(100, to) / 100];
  return svg("circle", {
    r: radius,
    fill: "none",
    "stroke-dasharray": `${Math.max(0, end - start) * length} ${length}`,
    transform: `rotate(${start * 360 - 90})`,
    ...props,
  });
}

function inside(atlas, cell) {
  const value = amount(cell.shown.figure.v, atlas.indicator(cell.code), { brief: true }).replace(/[\s\u00a0]*%$/, "");
  const attributes = { class: "symbol-number", "text-anchor": "middle", dy: "0.35em" };
  return svg("text", { ...attributes, text: value });
}

/** Radius in px of a value, area in proportion. */
export function radiusOf(value, peak, scale = 1) {
  return Math.max(SMALLEST, LARGEST * scale * Math.sqrt(Math.max(0, value) / (peak || 1)));
}

/** A filled circle for what is so; an outlined one around it for what is planned. */
function circle(atlas, state, layer, cell, scale) {
  const peak = atlas.peak(cell.code);
  const now = cell.actual ? radiusOf(cell.actual.figure.v, peak, scale) : 0;
  const then = cell.plan ? radiusOf(cell.plan.figure.v, peak, scale) : 0;
  const radius = Math.max(now, then);
  const colour = hue(layer);
  return {
    width: radius * 2 + 4,
    height: radius * 2 + 4,
    node(x, y) {
      const group = svg("g", { class: "circle", transform: `translate(${x} ${y})` });
      if (now) {
        const opacity = 0.82 * (state.styles[layer].opacity / 100);
        group.append(svg("circle", { r: now, fill: colour, "fill-opacity": opacity, class: "circle-edge" }));
      }
      if (then) group.append(svg("circle", { r: then, fill: "none", stroke: colour, class: "circle-plan" }));
      if (radius >= 9) {
        const text = amount((cell.actual ?? cell.plan).figure.v, atlas.indicator(cell.code), { brief: true });
        const name = now >= 9 && text.length * 3.4 < now * 2 ? "symbol-number on-hue" : "symbol-number haloed";
        group.append(svg("text", { class: name, "text-anchor": "middle", dy: "0.35em", text }));
      }
      return group;
    },
  };
}
