/* Districts of the owner's own file, as a level over the regions: filled where a district has the figure shown. */

import { getJson } from "./api.js";
import { classColours } from "./colour.js";
import { byId, el, put } from "./dom.js";
import { figure, name, t } from "./i18n.js";

const PANES = { districts: 310 };
const PLANS = new Set(["planned", "target", "underway"]);

/** Puts a switch beside the zoom buttons; the outlines are fetched when it is first used. Nothing without a file. */
export function offerDistricts({ L, view, store, atlas, on }, address) {
  if (!address) return;
  const button = el("button", { id: "districts", type: "button", class: "districts-switch", "aria-pressed": "false" }, t("Districts"));
  document.querySelector(".zoom").before(button);
  let level = null;
  button.addEventListener("click", async () => {
    const wanted = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(wanted));
    try {
      level ??= makeLevel({ L, view, store, atlas, on }, await getJson(address));
    } catch (error) {
      button.setAttribute("aria-pressed", "false");
      const notices = byId("notices");
      notices.hidden = false;
      put(notices, el("div", { class: "notice", role: "alert" }, el("p", { text: t("The districts could not be fetched; try again.") })));
      if (error.kind !== "offline" && error.kind !== "timeout") throw error;
      return;
    }
    level.show(wanted);
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

function makeLevel({ L, view, store, atlas, on }, topology) {
  const { map } = view;
  map.createPane("districts").style.zIndex = String(PANES.districts);
  const [object] = Object.values(topology.objects);
  const shapes = window.topojson.feature(topology, object);
  const bare = L.geoJSON(shapes, { pane: "districts", interactive: false, style: { className: "district", fill: false, weight: 0.8 } });
  const filled = L.layerGroup();
  let shown = false;

  const draw = (state) => {
    filled.clearLayers();
    const [layer] = state.layers;
    if (!shown || !layer) return;
    const code = atlas.code(state, layer);
    const colours = classColours(atlas, state, layer);
    for (const shape of shapes.features) {
      const { id, ...names } = shape.properties;
      const held = districtFigure(atlas, id, code, state.year, state.show === "plan" ? "plan" : "actual");
      if (!held) continue;
      const label = `${name({ kk: names.name_kk, ru: names.name_ru, en: names.name_en })}: ${figure(held.figure, atlas.indicator(code))} (${held.year})`;
      filled.addLayer(polygon(shape, colours[atlas.level(state, layer, held.figure.v)], label, () => on.select(id)));
    }
  };

  const polygon = (shape, colour, label, choose) => {
    const path = L.geoJSON(shape, { pane: "districts", style: { className: "district told", fillColor: colour, fillOpacity: 1, weight: 1.6 } });
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

  store.subscribe((state, changed) => {
    if (["layers", "styles", "year", "show"].some((key) => changed.has(key))) draw(state);
  });
  document.documentElement.addEventListener("themechange", () => draw(store.state));
  return {
    show(wanted) {
      shown = wanted;
      for (const part of [bare, filled]) map[wanted ? "addLayer" : "removeLayer"](part);
      draw(store.state);
    },
  };
}
