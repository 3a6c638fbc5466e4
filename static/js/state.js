/* The one view of the page: read from the address, changed by `set`, written back to the address. */

import { debounce } from "./dom.js";
import { defaultView, parseView, printView, sameViewport, viewport } from "./links.js";

export class Store {
  /** `alone` is a map saved to disk: its view lives behind the #, where files may keep it. */
  constructor(atlas, grammar, lang, { alone = false } = {}) {
    Object.assign(this, { atlas, grammar, lang, alone, listeners: [], pushed: false });
    this.defaults = defaultView(atlas.data, grammar);
    this.read();
    this.write = debounce(() => this.toAddress("replaceState"), 150);
    addEventListener("popstate", () => this.comeBack());
    addEventListener("pagehide", () => this.write.now());
    if (alone) addEventListener("hashchange", () => this.comeBack());
  }

  read() {
    const query = this.alone && location.hash.length > 1 ? location.hash.slice(1) : location.search;
    const { state, notices } = parseView(query, this.atlas.data, this.grammar);
    this.state = { ...state, lang: this.lang };
    this.notices = notices;
  }

  /** Changes the view. `push` adds a history entry (opening a panel); all else replaces the current one. */
  set(patch, { push = false } = {}) {
    const before = this.state;
    const changed = Object.keys(patch).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(patch[key]));
    if (!changed.length) return;
    if (push) this.write.now();
    this.state = { ...before, ...patch };
    if (push) {
      this.toAddress("pushState");
      this.pushed = true;
    } else this.write();
    this.tell(new Set(changed));
  }

  /** Changes how one layer is drawn. */
  style(layer, patch) {
    const style = { ...this.state.styles[layer], ...patch };
    this.set({ styles: { ...this.state.styles, [layer]: style } });
  }

  /** Closes a panel: goes back over the entry that opening it added, so that history stays short. */
  goBack(patch) {
    if (this.pushed && history.state?.panel) {
      this.pushed = false;
      history.back();
    } else this.set(patch);
  }

  /** `run(state, changed)` now and after every change; `changed` holds the keys of the state. */
  subscribe(run) {
    this.listeners.push(run);
    run(this.state, new Set(Object.keys(this.state)));
  }

  /** The query string of the view with `patch`, as Share or a link writes it. */
  query(patch = {}, options = {}) {
    const version = this.grammar.defaults.current;
    return printView({ ...this.state, ...patch }, this.defaults, { ...options, version });
  }

  /** The address of the view with `patch`. */
  address(patch = {}, options = {}) {
    const query = this.query(patch, options);
    const base = location.href.split(/[?#]/)[0];
    if (!query) return base;
    return base + (this.alone ? "#" : "?") + query;
  }

  /** Keeps the map's centre and zoom without telling anybody: the map knows already. */
  look(zoom, lat, lon) {
    const view = zoom === null ? null : viewport(zoom, lat, lon);
    if (sameViewport(view, this.state.view)) return; // opening a link does not change it
    this.state = { ...this.state, view };
    this.write();
  }

  tell(changed) {
    for (const run of this.listeners) run(this.state, changed);
  }

  comeBack() {
    this.write.now = () => {};
    this.write = debounce(() => this.toAddress("replaceState"), 150);
    this.pushed = false;
    this.read();
    this.tell(new Set(Object.keys(this.state)));
  }

  toAddress(method) {
    try {
      const panel = method === "pushState" ? { panel: true } : history.state;
      history[method](panel, "", this.address());
    } catch {
      // a sandboxed frame may not rewrite its address: the view lives on in the page
    }
  }
}
