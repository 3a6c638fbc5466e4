/* The regions as polygons: geometry once, restyled for every view. The first layer's classes are the fill. */

import { classColours, hue, texture } from "./colour.js";
import { figure, name, t } from "./i18n.js";
import { togetherWords } from "./outlines.js";
import { polygon } from "./polygons.js";

/** One Leaflet layer of all regions; `on` has select(id), hover(id, point) and leave(). */
export function makeShapes(L, shapes, pane, on) {
  const layer = L.featureGroup();
  layer.byRegion = {};
  for (const feature of shapes.features) {
    const { id } = feature;
    const path = polygon(L, feature, { pane, weight: 1, className: "region" });
    layer.byRegion[id] = path;
    path.on({
      click: (event) => {
        L.DomEvent.stopPropagation(event);
        on.select(id);
      },
      mousemove: (event) => on.hover(id, event.originalEvent),
      mouseout: () => on.leave(id),
    });
    layer.addLayer(path);
  }
  return layer;
}

/** Makes the polygons focusable, in reading order, once they are on the map. */
export function makeFocusable(layer, on) {
  for (const [id, path] of Object.entries(layer.byRegion)) {
    const node = path.getElement();
    node.setAttribute("tabindex", "0");
    node.setAttribute("role", "button");
    node.dataset.region = id;
    node.addEventListener("focus", () => on.hover(id, null));
    node.addEventListener("blur", () => on.leave(id));
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      on.select(id);
    });
  }
}

/** Paints every region for the view; gives the cells, so that labels and the tooltip need not ask again. */
export function paint(layer, atlas, state) {
  const first = state.layers[0];
  const colours = first ? classColours(atlas, state, first) : [];
  const cells = {};
  for (const [id, path] of Object.entries(layer.byRegion)) {
    const cell = first ? atlas.cell(state, first, id) : null;
    cells[id] = cell;
    const style = cell ? look(cell, state.styles[first], colours, first) : { fillColor: "var(--land)", fillOpacity: 1 };
    path.setStyle(style);
    const node = path.getElement();
    if (node) {
      node.setAttribute("aria-label", spoken(atlas, state, id));
      node.setAttribute("aria-pressed", String(state.place === id));
      node.dataset.kind = cell?.kind ?? "land";
    }
  }
  return cells;
}

/** Fill and opacity of one cell. */
export function look(cell, style, colours, layer) {
  const faded = style.filter.length > 0 && !style.filter.includes(cell.level + 1);
  if (faded) return { fillColor: "var(--land)", fillOpacity: 1 };
  const fillOpacity = style.opacity / 100;
  switch (cell.kind) {
    case "value":
      return { fillColor: colours[cell.level], fillOpacity };
    case "planned":
      return { fillColor: texture("planned", colours[cell.level]), fillOpacity };
    case "together":
      return { fillColor: texture("together", hue(layer)), fillOpacity };
    case "other":
      return { fillColor: texture("other", hue(layer)), fillOpacity };
    default:
      return { fillColor: texture("none", "land"), fillOpacity: 1 };
  }
}

/** A region's name and figures in one breath, for those who hear the map. */
export function spoken(atlas, state, id) {
  const parts = state.layers.map((layer) => `${name(atlas.layer(layer).label)}: ${said(atlas, state, layer, id)}`);
  return [name(atlas.region[id].name), ...parts].join(". ");
}

/** A cell in words: «88,9 % (2025), plan 100 % (2026)». */
export function said(atlas, state, layer, id, year = state.year) {
  const cell = atlas.cell(state, layer, id, year);
  const indicator = atlas.indicator(cell.code);
  const parts = [];
  if (cell.actual) parts.push(t("%(value)s (%(year)s)", { value: figure(cell.actual.figure, indicator), year: cell.actual.year }));
  if (cell.plan) {
    const value = figure(cell.plan.figure, indicator);
    parts.push(cell.plan.year ? t("plan %(value)s (%(year)s)", { value, year: cell.plan.year }) : t("plan %(value)s", { value }));
  }
  if (parts.length) return parts.join(", ");
  if (cell.kind === "together") {
    const value = figure(cell.together.figure, indicator);
    return t("%(value)s (%(year)s)", { value, year: atlas.yearOf(cell.together.id) }) + ", " + togetherWords(atlas, cell.together);
  }
  return cell.kind === "other" ? t("only another measure") : t("no data");
}
