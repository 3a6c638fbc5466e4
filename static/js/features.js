/* Lines and points of a layer: pipelines, roads with masts, zones. Their line style says how far they are. */

import { hue } from "./colour.js";
import { rootSize, svg } from "./dom.js";
import { name, t } from "./i18n.js";

const PLANNED = new Set(["planned", "target", "needed"]);

const onMap = new WeakMap(); // map → what is drawn on it: {key: {coverage, parts}}
const APART = 25; // px at the usual size of letters between the middles of two pins, so that a finger hits the one it means

/**
 * Draws the lines and points of every layer that is on into its coverage; points that would touch become one pin with
 * their number. What is drawn already stays. `on` has select, hoverFeature, leave. Gives the pins' pixel boxes, for
 * labels to keep off.
 */
export function drawFeatures(L, map, layers, atlas, state, on) {
  const before = onMap.get(map) ?? new Map();
  const now = new Map();
  const pins = [];
  const apart = (APART * rootSize()) / 16;
  const keep = (features, make) => {
    const [{ layer }] = features;
    const key = JSON.stringify([layer, hue(layer), state.styles[layer].opacity, features.map(({ id }) => id)]);
    if (before.has(key)) return now.set(key, before.get(key));
    const { coverage } = layers[layer];
    const parts = make();
    for (const part of parts) add(L, coverage, part, features, on);
    return now.set(key, { coverage, parts });
  };
  for (const layer of state.layers) {
    const features = atlas.featuresOf(state, layer);
    for (const feature of features.filter(({ geometry }) => geometry.type === "LineString")) {
      keep([feature], () => lineParts(L, feature, state));
    }
    for (const feature of features.filter(({ geometry }) => geometry.type === "Point").sort((a, b) => weight(b) - weight(a))) gather(map, feature, pins, apart);
  }
  for (const { features } of pins) keep(features, () => [pin(L, features, features[0].geometry.coordinates)]);
  for (const [key, { coverage, parts }] of before) {
    if (!now.has(key)) for (const part of parts) coverage.removeLayer(part);
  }
  onMap.set(map, now);
  return pins.map(({ x, y, features }) => {
    const half = ((features.length > 1 ? 11 : 8) * rootSize()) / 16;
    return [x - half, y - half, x + half, y + half];
  });
}

/** Zones before other places, so that a zone gives its shape to the pin. */
const weight = ({ kind, status }) => (kind === "sez" ? 4 : kind === "zone" ? 2 : 0) + (PLANNED.has(status) ? 0 : 1);

function gather(map, feature, pins, apart) {
  const [lon, lat] = feature.geometry.coordinates;
  const { x, y } = map.latLngToLayerPoint([lat, lon]);
  const near = pins.find((other) => Math.abs(other.x - x) < apart && Math.abs(other.y - y) < apart);
  if (near) near.features.push(feature);
  else pins.push({ features: [feature], x, y });
}

/** What a screen reader hears of a feature. */
export function spokenFeature(feature) {
  const parts = [name(feature.name), kindWord(feature.kind), statusWord(feature.status)];
  if (feature.schematic) parts.push(t("drawn as a schematic line"));
  else if (feature.approximate) parts.push(t("place is approximate"));
  return parts.filter(Boolean).join(", ");
}

export function kindWord(kind) {
  const words = {
    zone: t("industrial zone"), sez: t("special economic zone"), pipeline: t("pipeline"), road: t("road section"),
    mast: t("masts"), place: t("place"), station: t("station"), settlement: t("settlement"), city: t("city"),
    district: t("district"), region: t("region"), country: t("country"), group: t("several regions"),
  };
  return words[kind] ?? "";
}

export function statusWord(status) {
  const words = {
    actual: t("actual"), underway: t("under way"), planned: t("planned"), target: t("target"), needed: t("needed"),
  };
  return words[status] ?? "";
}

function lineParts(L, feature, state) {
  const colour = hue(feature.layer);
  const opacity = state.styles[feature.layer].opacity / 100;
  const points = feature.geometry.coordinates.map(([lon, lat]) => [lat, lon]);
  const planned = PLANNED.has(feature.status);
  const dash = feature.schematic ? (planned ? "2 7" : "10 6") : planned ? "6 6" : null;
  const common = { pane: "features", interactive: false, lineCap: planned ? "round" : "butt" };
  const parts = [
    L.polyline(points, { ...common, color: "var(--halo)", weight: 7, opacity: 0.85 * opacity }),
    L.polyline(points, { ...common, color: colour, weight: 3, dashArray: dash, opacity, interactive: true, className: "feature-line" }),
    // a finger needs more than three pixels
    L.polyline(points, { ...common, color: colour, weight: 24, opacity: 0, interactive: true, className: "feature-touch" }),
  ];
  if (feature.kind === "mast" || feature.kind === "road") parts.push(...spread(points, 4).map((at) => mast(L, at, colour)));
  return parts;
}

/** A square for zones, a diamond for special economic zones, a dot for other places; hollow when only planned. */
function pin(L, features, [lon, lat]) {
  const [feature] = features;
  const colour = hue(feature.layer);
  const planned = features.every(({ status }) => PLANNED.has(status));
  const shape = {
    class: feature.approximate ? "pin-shape approximate" : "pin-shape",
    fill: planned ? "var(--halo)" : colour, stroke: planned ? colour : "var(--halo)", "stroke-width": planned ? 2 : 1.5,
  };
  const many = features.length > 1;
  const marks = {
    zone: () => svg("rect", many ? { x: 4, y: 4, width: 16, height: 16, rx: 2, ...shape } : { x: 6, y: 6, width: 12, height: 12, rx: 1, ...shape }),
    sez: () => svg("path", { d: many ? "M12 1 23 12 12 23 1 12Z" : "M12 3.5 20.5 12 12 20.5 3.5 12Z", ...shape }),
  };
  const mark = marks[feature.kind]?.() ?? svg("circle", { cx: 12, cy: 12, r: many ? 9 : 6, ...shape });
  const count = many && svg("text", { x: 12, y: 16, "text-anchor": "middle", class: planned ? "symbol-number" : "symbol-number on-hue", text: features.length });
  const icon = svg("svg", { width: 24, height: 24, viewBox: "0 0 24 24", "aria-hidden": "true" }, mark, count);
  // above the lines, which lie in the same pane: a line over a pin takes its clicks
  return L.marker([lat, lon], { pane: "features", keyboard: true, zIndexOffset: 1000, icon: L.divIcon({ className: `pin pin-${feature.kind}`, html: icon, iconSize: [24, 24] }) });
}

function mast(L, at, colour) {
  const icon = svg("svg", { width: 12, height: 16, viewBox: "0 0 12 16", "aria-hidden": "true" },
    svg("path", { d: "M6 1 L10 15 M6 1 L2 15 M3.6 9.5 H8.4 M4.6 6 H7.4", stroke: colour, "stroke-width": 1.6, fill: "none" }));
  return L.marker(at, { pane: "features", interactive: false, keyboard: false, icon: L.divIcon({ className: "mast", html: icon, iconSize: [12, 16], iconAnchor: [6, 15] }) });
}

/** `count` points spread evenly along a line of [lat, lon]. */
function spread(points, count) {
  const lengths = points.slice(1).map(([lat, lon], index) => Math.hypot(lat - points[index][0], lon - points[index][1]));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const at = (distance) => {
    let index = 0;
    while (index < lengths.length - 1 && distance > lengths[index]) distance -= lengths[index++];
    const share = lengths[index] ? distance / lengths[index] : 0;
    const [from, to] = [points[index], points[index + 1]];
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  };
  return Array.from({ length: count }, (_, index) => at((total * (index + 0.5)) / count));
}

function add(L, group, part, features, on) {
  group.addLayer(part);
  if (part.options.interactive === false) return;
  const choose = () => (features.length > 1 ? on.gather(features) : on.select(features[0].place ?? features[0].regions[0]));
  const name_ = features[0].id;
  part.on({
    click: (event) => {
      L.DomEvent.stopPropagation(event);
      choose();
    },
    mousemove: (event) => on.hoverFeature(features, event.originalEvent),
    mouseout: () => on.leave(name_),
  });
  part.on("add", () => wire(part, features, on, choose));
  if (part.getElement?.()) wire(part, features, on, choose);
}

/** What a keyboard and a screen reader need of a line or pin. */
function wire(part, features, on, choose) {
  const node = part.getElement();
  if (!node || node.dataset.feature || part.options.className === "feature-touch") return;
  const spoken = features.map(spokenFeature).join("; ");
  node.setAttribute("aria-label", features.length > 1 ? `${features.length}: ${spoken}` : spoken); // what is written on it comes first
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "0");
  node.dataset.feature = features[0].id;
  node.addEventListener("focus", () => on.hoverFeature(features, null));
  node.addEventListener("blur", () => on.leave(features[0].id));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && part.options.className === "feature-line") choose();
  });
}
