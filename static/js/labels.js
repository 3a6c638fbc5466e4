/* Names and figures on the map. No two labels touch: what finds no room is left out, the most telling ones first. */

import { svg } from "./dom.js";
import { figure, name } from "./i18n.js";

const LINE = 1.23; // em
const AROUND = [[0, 0], ...[10, 20, 30, 42, 56, 72].flatMap((far) => [[0, -1], [1, 0], [-1, 0], [0, 1], [0.7, -0.7], [-0.7, -0.7], [0.7, 0.7], [-0.7, 0.7]].map(([x, y]) => [x * far, y * far]))]; // px
const widths = new Map(); // text measured in a font is the same every time
const canvas = document.createElement("canvas").getContext("2d");
const KIND = /\s*(?<![\p{L}])(облысы|қаласы|область|город|Region|City|region|city)(?![\p{L}])\s*/gu;

/** Measures anew: another font has arrived. */
export const forgetWidths = () => widths.clear();

/** A region's name without the word for its kind, as maps write it. */
export function brief(names) {
  return name(names).replace(KIND, " ").trim();
}

/**
 * Places labels for regions: `items` are {id, area, x, y, cell, selected, row: {width, height} | null}.
 * `taken` holds rectangles that are in use; it grows. Gives SVG nodes.
 */
export function placeLabels(items, atlas, taken, { family, size, frame }) {
  const order = [...items].sort((a, b) => rank(b) - rank(a) || b.area - a.area);
  const nodes = [];
  for (const item of order) {
    const lines = linesOf(item, atlas);
    const found = spot(item, lines, taken, { family, size, frame }) ?? (lines.length > 1 ? spot(item, lines.slice(0, 1), taken, { family, size, frame }) : null);
    if (!found) continue;
    taken.push(found.box);
    nodes.push(draw(found, item));
  }
  return nodes;
}

/** Whether a rectangle [left, top, right, bottom] overlaps any of `taken`. */
export function collides([left, top, right, bottom], taken) {
  return taken.some(([l, u, r, b]) => left < r && right > l && top < b && bottom > u);
}

/** The nearest place around (x, y) where a box of this size covers nothing of `taken`; else where it covers least. */
export function roomFor(x, y, width, height, taken) {
  let best = null;
  for (const [dx, dy] of AROUND) {
    const box = [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2];
    const covered = taken.reduce((sum, other) => sum + shared(box, other), 0);
    if (!covered) return { x: x + dx, y: y + dy, box };
    if (!best || covered < best.covered) best = { x: x + dx, y: y + dy, box, covered };
  }
  return best;
}

/** Square pixels that two rectangles have in common. */
function shared([left, top, right, bottom], [l, u, r, b]) {
  return Math.max(0, Math.min(right, r) - Math.max(left, l)) * Math.max(0, Math.min(bottom, b) - Math.max(top, u));
}

function rank({ selected, cell }) {
  if (selected) return 3;
  if (cell?.shown) return 2;
  return cell?.kind === "together" ? 1 : 0;
}

function linesOf({ id, cell }, atlas) {
  const lines = [{ text: brief(atlas.region[id].name), kind: "name" }];
  if (!cell?.shown) return lines;
  const indicator = atlas.indicator(cell.code);
  const parts = [];
  if (cell.actual) parts.push({ text: figure(cell.actual.figure, indicator, { brief: true }), kind: cell.actual.old ? "value old" : "value" });
  if (cell.plan) {
    const text = figure(cell.plan.figure, indicator, { brief: true });
    const due = cell.plan.year ? ` · ${cell.plan.year}` : "";
    parts.push({ text: `${cell.actual ? " → " : "→ "}${text}${due}`, kind: "plan" });
  }
  return [...lines, { parts, text: parts.map(({ text }) => text).join(""), kind: "figures" }];
}

function spot(item, lines, taken, { family, size, frame }) {
  const width = Math.max(...lines.map((line) => measure(line, family, size))) + 6;
  const height = lines.length * LINE * size + 2;
  const gap = item.row ? item.row.height / 2 + 2 : 0;
  const side = (item.row?.width ?? 12) / 2 + width / 2 + 2;
  const tries = item.row || item.city
    ? [[0, -gap - height / 2 - (item.city ? 6 : 0)], [0, gap + height / 2 + (item.city ? 6 : 0)], [side, 0], [-side, 0],
        ...[-1, 1].flatMap((down) => [[-width / 3, down * (gap + height / 2)], [width / 3, down * (gap + height / 2)]])]
    : [[0, 0], [0, -height * 0.7], [0, height * 0.7], [width * 0.3, 0], [-width * 0.3, 0]];
  for (const [dx, dy] of tries) {
    const [x, y] = inward(item.x + dx, item.y + dy, width, height, item, frame);
    const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    if (!collides(box, taken)) return { box, x, y, lines, height, line: LINE * size };
  }
  return null;
}

/** Pushes a label back into the window, if its region's own point is in it. */
function inward(x, y, width, height, item, [left, top, right, bottom]) {
  if (item.x < left || item.x > right || item.y < top || item.y > bottom) return [x, y];
  return [Math.min(Math.max(x, left + width / 2), right - width / 2), Math.min(Math.max(y, top + height / 2), bottom - height / 2)];
}

function measure({ text, kind }, family, size) {
  const font = `${kind === "name" ? 500 : 600} ${size}px ${family}`;
  const key = `${font}|${text}`;
  if (!widths.has(key)) {
    canvas.font = font;
    widths.set(key, canvas.measureText(text).width);
  }
  return widths.get(key);
}

function draw({ x, y, lines, height, line: step }, item) {
  const group = svg("g", { class: `label${item.selected ? " selected" : ""}`, "aria-hidden": "true" });
  lines.forEach((line, index) => {
    const at = { x, y: y - height / 2 + 1 + step * (index + 0.76), "text-anchor": "middle", class: `label-${line.kind}` };
    const text = line.parts ? svg("text", at, line.parts.map((part) => svg("tspan", { class: `label-${part.kind}`, text: part.text }))) : svg("text", { ...at, text: line.text });
    group.append(text);
  });
  return group;
}
