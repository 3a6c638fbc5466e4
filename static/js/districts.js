/* Districts of the owner's own file, as a level over the regions: filled where a district has the figure shown. */

import { getJson } from "./api.js";
import { classColours } from "./colour.js";
import { byId, el, put } from "./dom.js";
import { look } from "./fill.js";
import { figure, name, t } from "./i18n.js";
import { featuresOf } from "./topology.js";

const PANES = { districts: 310 };
const PLANS = new Set(["planned", "target", "underway"]);

/** Puts a switch beside the zoom buttons; the outlines are fetched when the view first wants them. Nothing without a file. */
export function offerDistricts(parts, address, toEveryMap) {
  if (!address) return;
  const { store } = parts;
  const button = el("button", { id: "districts", type: "button", class: "districts-switch", onclick: () => store.set({ districts: !store.state.districts }) }, t("Districts"));
  document.querySelector(".zoom").before(button);
  let asked = false;
  const begin = async () => {
    if (asked) return;
    asked = true;
    try {
      const shapes = featuresOf(await getJson(address));
      toEveryMap(parts, (view) => addLevel(parts, view, shapes));
    } catch (error) {
      asked = false;
      store.set({ districts: false });
      const notices = byId("notices");
      notices.hidden = false;
      put(notices, el("div", { class: "notice", role: "alert" }, el("p", { text: t("The districts could not be fetched; try again.") })));
      if (error.kind !== "offline" && error.kind !== "timeout") throw error;
    }
  };
  store.subscribe(({ districts }, changed) => {
    if (!changed.has("districts")) return;
    button.setAttribute("aria-pressed", String(districts));
    if (districts) begin();
  });
}

/** The newest figure of a district that holds in `year`: {id, figure, year}; null where it has none of this measure. */
export function districtFigure(atlas, district, code, year, show) {
  const found = Object.entries(atlas.observations)
    .filter(([, { i, p, s }]) => i === code && p === district && (show === "plan" ? PLANS.has(s) : !PLANS.has(s)))
    .map(([id, entry]) => ({ id, figure: entry, year: atlas.yearOf(id) }))
    .filter((one) => (show === "plan" ? one.year >= year : one.year <= year))
    .sort((a, b) => (show === "plan" ? a.year - b.year : b.year - a.year));
  return found[0] ?? null;
}

/** Districts on one map: thin outlines of all, and filled those that have the figure of the first layer. */
function addLevel({ L, atlas, on }, view, shapes) {
  const { map } = view;
  map.createPane("districts").style.zIndex = String(PANES.districts);
  const bare = L.geoJSON(shapes, { pane: "districts", interactive: false, style: { className: "district", fill: false, weight: 0.8 } });
  const filled = L.layerGroup();
  const level = {
    draw(state, touches) {
      if (touches("districts")) for (const part of [bare, filled]) map[state.districts ? "addLayer" : "removeLayer"](part);
      if (touches("districts", "layers", "styles", "year", "show")) fill(state);
    },
  };

  const fill = (state) => {
    filled.clearLayers();
    const [layer] = state.layers;
    if (!state.districts || !layer) return;
    const code = atlas.code(state, layer);
    const colours = classColours(atlas, state, layer);
    for (const shape of shapes.features) {
      const { id, ...names } = shape.properties;
      const own = (which) => districtFigure(atlas, id, code, state.year, which);
      const actual = state.show === "plan" ? null : own("actual");
      const plan = state.show === "actual" ? null : own("plan");
      const held = actual ?? plan;
      if (!held) continue;
      const cell = { kind: actual ? "value" : "planned", level: atlas.level(state, layer, held.figure.v) };
      const label = `${name({ kk: names.name_kk, ru: names.name_ru, en: names.name_en })}: ${words({ actual, plan }, atlas.indicator(code))}`;
      filled.addLayer(polygon(shape, look(cell, state.styles[layer], colours, layer), label, () => on.select(id)));
    }
  };

  const polygon = (shape, style, label, choose) => {
    const path = L.geoJSON(shape, { pane: "districts", style: { className: "district told", ...style, weight: 1.6 } });
    path.bindTooltip(label, { sticky: true, className: "district-tip" });
    path.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      choose();
    });
    path.on("add", () => path.eachLayer((part) => {
      const node = part.getElement();
      for (const [key, value] of Object.entries({ tabindex: "0", role: "button", "aria-label": label, "data-district": shape.properties.id })) node?.setAttribute(key, value);
      node?.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        choose();
      });
    }));
    return path;
  };

  view.levels.push(level);
  if (view.state) level.draw(view.state, () => true);
}

/** What a district has, in words: «47.9% (2025), plan 60% (2027)». */
function words({ actual, plan }, indicator) {
  const said = ({ figure: found, year }) => ({ value: figure(found, indicator), year });
  return [actual && t("%(value)s (%(year)s)", said(actual)), plan && t("plan %(value)s (%(year)s)", said(plan))].filter(Boolean).join(", ");
}
