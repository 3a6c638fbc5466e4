/* Lines and points of a layer: pipelines, roads with masts, zones. Their line style says how far they are. */

import { hue } from "./colour.js";
import { svg } from "./dom.js";
import { name, t } from "./i18n.js";

const PLANNED = new Set(["planned", "target", "needed"]);

/** One layer's features as a Leaflet group, redrawn by `draw(atlas, state)`; `on` has select, hover and leave. */
export function makeFeatures(L, layer, group, on) {
  return {
    draw(atlas, state) {
      group.clearLayers();
      if (!state.layers.includes(layer)) return;
      for (const feature of atlas.featuresOf(state, layer)) {
        for (const part of partsOf(L, feature, state)) {
          wire(L, part, feature, on, atlas);
          group.addLayer(part);
        }
      }
    },
  };
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

function partsOf(L, feature, state) {
  const { type, coordinates } = feature.geometry;
  const colour = hue(feature.layer);
  const opacity = state.styles[feature.layer].opacity / 100;
  if (type === "Point") return [pin(L, feature, coordinates, colour)];
  if (type !== "LineString") return [];
  const points = coordinates.map(([lon, lat]) => [lat, lon]);
  const planned = PLANNED.has(feature.status);
  const dash = feature.schematic ? (planned ? "2 7" : "10 6") : planned ? "6 6" : null;
  const common = { pane: "features", interactive: false, lineCap: planned ? "round" : "butt" };
  const parts = [
    L.polyline(points, { ...common, color: "var(--halo)", weight: 7, opacity: 0.85 * opacity }),
    L.polyline(points, { ...common, color: colour, weight: 3, dashArray: dash, opacity, interactive: true, className: "feature-line" }),
    // a finger needs more than three pixels
    L.polyline(points, { ...common, color: colour, weight: 22, opacity: 0, interactive: true, className: "feature-touch" }),
  ];
  if (feature.kind === "mast" || feature.kind === "road") parts.push(...spread(points, 4).map((at) => mast(L, at, colour)));
  return parts;
}

/** A square for zones, a diamond for special economic zones, a dot for other places; hollow when only planned. */
function pin(L, feature, [lon, lat], colour) {
  const planned = PLANNED.has(feature.status);
  const shape = { class: "pin-shape", fill: planned ? "var(--halo)" : colour, stroke: planned ? colour : "var(--halo)", "stroke-width": planned ? 2 : 1.5 };
  const dash = feature.approximate ? { "stroke-dasharray": "2.5 2" } : {};
  const drawn = {
    zone: () => svg("rect", { x: 6, y: 6, width: 12, height: 12, rx: 1, ...shape, ...dash }),
    sez: () => svg("path", { d: "M12 3.5 20.5 12 12 20.5 3.5 12Z", ...shape, ...dash }),
  };
  const mark = drawn[feature.kind]?.() ?? svg("circle", { cx: 12, cy: 12, r: 6, ...shape, ...dash });
  const icon = svg("svg", { width: 24, height: 24, viewBox: "0 0 24 24", "aria-hidden": "true" }, mark);
  return L.marker([lat, lon], {
    pane: "features",
    keyboard: true,
    icon: L.divIcon({ className: `pin pin-${feature.kind}`, html: icon, iconSize: [24, 24] }),
  });
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

function wire(L, part, feature, on, atlas) {
  if (part.options.interactive === false) return;
  part.on({
    click: (event) => {
      L.DomEvent.stopPropagation(event);
      on.select(feature.place ?? feature.regions[0], feature);
    },
    mousemove: (event) => on.hoverFeature(feature, event.originalEvent),
    mouseover: (event) => on.hoverFeature(feature, event.originalEvent),
    mouseout: () => on.leave(feature.id),
    add: () => {
      const node = part.getElement();
      if (!node || part.options.className === "feature-touch") return;
      const isLine = part instanceof L.Polyline;
      node.setAttribute("aria-label", spokenFeature(feature));
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "0");
      node.dataset.feature = feature.id;
      node.addEventListener("focus", () => on.hoverFeature(feature, null));
      node.addEventListener("blur", () => on.leave(feature.id));
      if (isLine) {
        node.addEventListener("keydown", (event) => {
          if (event.key === "Enter") on.select(feature.place ?? feature.regions[0], feature);
        });
      }
    },
  });
}
