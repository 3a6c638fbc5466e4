/* Two maps in step, side by side or one over the other with a slider between them: another year of the same layers, or
   another layer in the same year. */

import { byId, closeMore, el, popover, put } from "./dom.js";
import { name, t } from "./i18n.js";
import { MapView, secondMap } from "./map.js";
import { comparedView } from "./model.js";

const MIDDLE = 50; // percent, where the slider begins

export class Compare {
  /** `make`: what MapView needs besides its map ({atlas, shapes, on}), `extras` that every map gets, `goHome()`. */
  constructor(L, button, first, store, make) {
    Object.assign(this, { L, button, first, store, make, second: null });
    this.holder = byId("second");
    this.slider = el("input", { id: "swipe", class: "swipe", type: "range", min: 0, max: 100, hidden: true, "aria-label": t("Where the two maps meet"),
      oninput: ({ target }) => {
        target.value = Math.min(95, Math.max(5, Number(target.value))); // as far as a link can say
        store.set({ swipe: Number(target.value) });
      } });
    this.holder.after(this.slider);
    this.menu(button);
    store.subscribe((state, changed) => {
      if (changed.has("compare") || changed.has("swipe")) this.turn(state, changed);
      if (this.second) this.draw(state, changed);
    });
    document.documentElement.addEventListener("themechange", () => this.second?.draw(comparedView(store.state)));
  }

  menu(button) {
    const body = el("div", { class: "menu compare-menu", role: "group", "aria-label": t("Compare") });
    const { close, toggle } = popover(button, body, { onOpen: () => put(body, this.choices(() => close({ focus: true }))), onClick: false });
    this.toggleMenu = toggle;
  }

  choices(done) {
    const { atlas } = this.make;
    const { state } = this.store;
    let { swipe } = state;
    const pick = (compare) => {
      this.store.set({ compare, swipe: compare ? swipe : null });
      done();
      closeMore();
    };
    const way = (label, value) => el("label", { class: "segment" },
      el("input", { type: "radio", name: "compare-way", checked: (swipe === null) === (value === null), onchange: () => {
        swipe = value;
        if (state.compare) this.store.set({ swipe });
      } }), el("span", { text: label }));
    const years = atlas.data.years.filter((year) => year !== state.year);
    const before = years.filter((year) => year < state.year).at(-1) ?? years[0];
    const chosen = state.compare?.startsWith("year:") ? Number(state.compare.slice(5)) : before;
    const select = el("select", { id: "compare-year" }, years.map((year) => el("option", { value: year, selected: year === chosen, text: year })));
    return [
      el("fieldset", { class: "segments" }, el("legend", { class: "visually-hidden", text: t("How the maps lie") }),
        way(t("Side by side"), null), way(t("With a slider"), swipe ?? MIDDLE)),
      el("div", { class: "field" }, el("label", { for: "compare-year", text: t("With another year") }),
        el("div", { class: "copy" }, select, el("button", { type: "button", class: "button primary", text: t("Compare"), onclick: () => pick(`year:${select.value}`) }))),
      el("p", { class: "field-label", id: "compare-layers", text: t("With another layer") }),
      el("ul", { class: "menu-list", "aria-labelledby": "compare-layers" }, atlas.layers.filter(({ id }) => id !== state.layers[0]).map(({ id, label }) =>
        el("li", {}, el("button", { type: "button", class: `menu-item hue-${id}`, "aria-pressed": String(state.compare === id), onclick: () => pick(id) }, el("span", { class: "hue-dot", "aria-hidden": "true" }), name(label))))),
      state.compare && el("button", { type: "button", class: "button", text: t("Stop comparing"), onclick: () => pick(null) }),
    ];
  }

  /** Begins or ends, lays the maps, and moves the slider. */
  turn({ compare, swipe }, changed) {
    const sliding = Boolean(compare) && swipe !== null;
    const laid = changed.has("compare") || document.body.classList.contains("swiping") !== sliding;
    this.slider.value = swipe ?? MIDDLE;
    this.slider.setAttribute("aria-valuetext", `${this.slider.value} %`);
    byId("maps").style.setProperty("--swipe", this.slider.value / 100);
    if (!laid) return;
    this.slider.hidden = !sliding;
    this.button.classList.toggle("on", Boolean(compare));
    document.body.classList.toggle("comparing", Boolean(compare));
    document.body.classList.toggle("swiping", sliding);
    this.holder.hidden = !compare;
    if (compare && !this.second) this.begin();
    else if (!compare && this.second) this.end();
    this.first.map.invalidateSize({ animate: false });
    this.second?.map.invalidateSize({ animate: false });
    if (!this.store.state.view) this.make.goHome();
    this.caption(byId("first-caption"), this.store.state);
  }

  begin() {
    const { map, layers } = secondMap(this.L, this.first.map, this.holder);
    this.second = new MapView(this.L, { ...this.make, map, layers });
    this.make.on.views.push(this.second);
    for (const add of this.make.extras) add(this.second);
    this.follow(this.first.map, map);
    this.follow(map, this.first.map);
  }

  end() {
    this.first.map.off("move", this.first.map.follower);
    this.make.on.views.pop();
    this.second.remove();
    this.second = null;
    put(this.holder, byId("second-caption") ?? "");
  }

  /** Keeps `other` where `map` is; the flag stops the echo. */
  follow(map, other) {
    map.follower = () => {
      if (this.following) return;
      this.following = true;
      other.setView(map.getCenter(), map.getZoom(), { animate: false });
      this.following = false;
    };
    map.on("move", map.follower);
  }

  draw(state, changed) {
    const other = comparedView(state);
    this.second.draw(other, changed.has("compare") ? null : changed);
    this.caption(byId("second-caption"), other);
    this.caption(byId("first-caption"), state);
  }

  caption(node, state) {
    node.hidden = !this.store.state.compare;
    node.textContent = [state.layers.map((layer) => name(this.make.atlas.layer(layer)?.label)).join(", "), state.year].join(" · ");
  }
}
