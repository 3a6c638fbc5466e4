/* Two maps side by side, in step: another year of the same layers, or another layer in the same year. */

import { byId, el, popover, put } from "./dom.js";
import { name, t } from "./i18n.js";
import { MapView, secondMap } from "./map.js";

export class Compare {
  /** `make` gives what MapView needs besides its map: {atlas, shapes, on}. */
  constructor(L, button, first, store, make) {
    Object.assign(this, { L, button, first, store, make, second: null });
    this.holder = byId("second");
    this.menu(button);
    store.subscribe((state, changed) => {
      if (changed.has("compare")) this.turn(state);
      if (this.second) this.draw(state, changed);
    });
  }

  /** The backdrop, kept for the second map too. */
  addGround(data) {
    this.ground = data;
    this.second?.addGround(data);
  }

  menu(button) {
    const body = el("div", { class: "menu compare-menu", role: "group", "aria-label": t("Compare") });
    const { close, toggle } = popover(button, body, { onOpen: () => put(body, this.choices(() => close({ focus: true }))), onClick: false });
    this.toggleMenu = toggle;
  }

  choices(done) {
    const { atlas } = this.make;
    const { state } = this.store;
    const pick = (compare) => {
      this.store.set({ compare });
      done();
    };
    const years = atlas.data.years.filter((year) => year !== state.year);
    const before = years.filter((year) => year < state.year).at(-1) ?? years[0];
    const chosen = state.compare?.startsWith("year:") ? Number(state.compare.slice(5)) : before;
    const select = el("select", { id: "compare-year" }, years.map((year) => el("option", { value: year, selected: year === chosen, text: year })));
    return [
      el("div", { class: "field" }, el("label", { for: "compare-year", text: t("With another year") }),
        el("div", { class: "copy" }, select, el("button", { type: "button", class: "button primary", text: t("Compare"), onclick: () => pick(`year:${select.value}`) }))),
      el("p", { class: "field-label", id: "compare-layers", text: t("With another layer") }),
      el("ul", { class: "menu-list", "aria-labelledby": "compare-layers" }, atlas.layers.filter(({ id }) => id !== state.layers[0]).map(({ id, label }) =>
        el("li", {}, el("button", { type: "button", class: `menu-item hue-${id}`, "aria-pressed": String(state.compare === id), onclick: () => pick(id) }, el("span", { class: "hue-dot", "aria-hidden": "true" }), name(label))))),
      state.compare && el("button", { type: "button", class: "button", text: t("Stop comparing"), onclick: () => pick(null) }),
    ];
  }

  turn({ compare }) {
    this.button.classList.toggle("on", Boolean(compare));
    document.body.classList.toggle("comparing", Boolean(compare));
    this.holder.hidden = !compare;
    if (compare && !this.second) this.begin();
    else if (!compare && this.second) this.end();
    this.first.map.invalidateSize({ animate: false });
    this.second?.map.invalidateSize({ animate: false });
    if (!this.store.state.view) this.first.look(null);
    this.caption(byId("first-caption"), this.store.state);
  }

  begin() {
    const { map, layers } = secondMap(this.L, this.first.map, this.holder);
    this.second = new MapView(this.L, { ...this.make, map, layers });
    if (this.ground) this.second.addGround(this.ground);
    this.follow(this.first.map, map);
    this.follow(map, this.first.map);
  }

  end() {
    this.first.map.off("move", this.first.map.follower);
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
    const other = this.otherState(state);
    this.second.draw(other, changed.has("compare") ? null : changed);
    this.caption(byId("second-caption"), other);
    this.caption(byId("first-caption"), state);
  }

  otherState(state) {
    if (state.compare?.startsWith("year:")) return { ...state, year: Number(state.compare.slice(5)) };
    return { ...state, layers: [state.compare] };
  }

  caption(node, state) {
    node.hidden = !this.store.state.compare;
    node.textContent = [state.layers.map((layer) => name(this.make.atlas.layer(layer)?.label)).join(", "), state.year].join(" · ");
  }
}
