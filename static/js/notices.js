/* What a link asked for and did not get, and what went wrong, named in words; what was typed is shown as text. */

import { byId, el, put } from "./dom.js";
import { frozenLine } from "./frozen.js";
import { t } from "./i18n.js";

export function showNotices(holder, notices, boot) {
  const lines = notices.map(wording);
  const frozen = frozenLine(boot);
  holder.hidden = !lines.length && !frozen;
  if (holder.hidden) return;
  put(holder, el("div", { class: "notice", role: "status" },
    el("ul", {}, lines.map((text) => el("li", { text })), frozen),
    el("button", { class: "close", type: "button", "aria-label": t("Close"), text: "×", onclick: () => { holder.hidden = true; } })));
}

/** Says what went wrong above the map, with a way to try again. */
export function complain(error, retry) {
  const place = byId("notices");
  place.hidden = false;
  put(place, failure(error, () => {
    place.hidden = true;
    put(place);
    retry();
  }));
}

/** What went wrong, in words, with a way to try again. */
export function failure(error, retry) {
  const words = {
    offline: t("The figures could not be fetched: there is no connection."),
    timeout: t("The server did not answer in time."),
    server: t("The server met an error while answering."),
    refused: t("The server refused this request: %(message)s", { message: error.message }),
  };
  return el("div", { class: "failure", role: "alert" },
    el("p", { text: words[error.kind] ?? t("Something went wrong on this page.") }),
    el("button", { type: "button", class: "button", text: t("Try again"), onclick: retry }));
}

function wording({ code, key, value, used }) {
  switch (code) {
    case "unknown_key":
      return t("The link says “%(key)s”, which Qamtu does not know; it was left out.", { key });
    case "out_of_range":
      return t("“%(value)s” is outside what “%(key)s” allows; %(used)s is shown.", { key, value, used });
    case "repeated":
      return t("The link gives “%(key)s” twice; the last one is used.", { key });
    case "renamed":
      return t("“%(value)s” is called “%(used)s” today.", { value, used });
    default:
      return t("There is no “%(value)s” for “%(key)s”; the usual is shown.", { key, value });
  }
}
