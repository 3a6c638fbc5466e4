/* Share: the address of exactly this view, frozen or live, short, as a frame, a picture or a code to scan. */

import { getJson, postJson } from "./api.js";
import { copy } from "./copying.js";
import { el, put } from "./dom.js";
import { downloads } from "./downloads.js";
import { t } from "./i18n.js";

export class Share {
  constructor(atlas, store, boot) {
    Object.assign(this, { atlas, store, boot, frozen: store.state.edition !== null });
    this.dialog = el("dialog", { class: "dialog share", "aria-labelledby": "share-title" });
    document.body.append(this.dialog);
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  open() {
    this.draw();
    this.dialog.showModal();
  }

  /** The query that is shared: with year and language, and the edition where the figures are to stay as they are. */
  query() {
    const edition = this.frozen ? this.atlas.data.edition : null;
    return this.store.query({ edition, embed: false }, { share: true });
  }

  draw() {
    const alone = Boolean(this.boot.inline);
    const query = this.query();
    const origin = location.href.split(/[?#]/)[0];
    const address = `${origin}${alone ? "#" : "?"}${query}`;
    put(this.dialog,
      el("header", { class: "dialog-head" }, el("h2", { id: "share-title", text: t("Share this view") }), el("button", { class: "close", type: "button", "aria-label": t("Close"), text: "×", onclick: () => this.dialog.close() })),
      this.copyField("share-link", t("Link"), address, { focus: true }),
      this.frozenChoice(),
      el("div", { class: "share-row" },
        navigator.share && el("button", { type: "button", class: "button", text: t("Send…"), onclick: () => navigator.share({ title: document.title, url: address }).catch(() => {}) }),
        !alone && el("button", { type: "button", class: "button", id: "share-short", text: t("Make a short link"), onclick: (event) => this.shorten(event.target, query) }),
        !alone && el("a", { class: "button", href: `/map.png?${query}&width=1600`, download: "qamtu.png", text: t("Picture (PNG)") }),
        !alone && el("a", { class: "button", href: `/map.svg?${query}`, download: "qamtu.svg", text: t("Drawing (SVG)") }),
        el("button", { type: "button", class: "button", text: t("Print"), onclick: () => { this.dialog.close(); window.print(); } })),
      el("div", { id: "share-more", "aria-live": "polite" }),
      !alone && this.copyField("share-embed", t("Frame for a web page"), frameCode(`${origin}?${query}&embed=1`)),
      !alone && this.citation(query),
      !alone && downloads(this.atlas, this.store.state, this.frozen ? this.atlas.data.edition : null),
      !alone && el("figure", { class: "qr" },
        el("img", { src: `/qr.svg?${query}`, width: 148, height: 148, alt: t("Code to scan: opens this view on a phone"), onerror: (event) => { event.target.closest("figure").hidden = true; } }),
        el("figcaption", { class: "hint" }, t("Scan to open this view on a phone"),
          el("span", { class: "share-row" }, ["png", "svg"].map((kind) => el("a", { href: `/qr.${kind}?${query}`, download: `qamtu-qr.${kind}`, text: kind.toUpperCase() }))))));
  }

  frozenChoice() {
    const edition = this.atlas.data.edition;
    const option = (value, label, hint) => el("label", { class: "choice" },
      el("input", { type: "radio", name: "frozen", checked: this.frozen === value, onchange: () => { this.frozen = value; this.draw(); } }),
      el("span", {}, el("strong", { text: label }), el("span", { class: "hint", text: hint })));
    return el("fieldset", { class: "choices" }, el("legend", { class: "visually-hidden", text: t("Which figures the link shows") }),
      option(false, t("Live"), t("shows newer figures once they are published")),
      option(true, t("Frozen"), t("keeps the figures of edition %(edition)s", { edition })));
  }

  copyField(id, label, value, { focus = false } = {}) {
    const input = el("input", { id, type: "text", readonly: true, value, onfocus: (event) => event.target.select(), autofocus: focus });
    const button = el("button", { type: "button", class: "button primary", text: t("Copy"), onclick: () => copy(input, button) });
    return el("div", { class: "field" }, el("label", { for: id, text: label }), el("div", { class: "copy" }, input, button));
  }

  /** A reference with the edition pinned and today's date, once the server has written it. */
  citation(query) {
    const holder = el("div", {});
    getJson(`/api/v1/citation?${query}`)
      .then((texts) => put(holder, this.copyField("share-citation", t("How to cite it"), texts[this.boot.lang])))
      .catch(() => holder.remove());
    return holder;
  }

  async shorten(button, query) {
    button.disabled = true;
    const more = this.dialog.querySelector("#share-more");
    try {
      const answer = await postJson("/api/v1/links", { query });
      const address = answer.url ?? answer.address ?? `${location.origin}/s/${answer.id}`;
      put(more, this.copyField("share-short-link", t("Short link"), new URL(address, location.href).href));
    } catch {
      put(more, el("p", { class: "hint", text: t("A short link could not be made now; the long one works.") }));
      button.disabled = false;
    }
  }
}

function frameCode(address) {
  const safe = address.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe src="${safe}" width="100%" height="520" loading="lazy" title="Qamtu"></iframe>`;
}
