/* A frozen link: what has changed since its edition, figure by figure, and the way to the newest figures. */

import { getJson } from "./api.js";
import { el, put } from "./dom.js";
import { n, t } from "./i18n.js";

const MOST = 200; // lines of the list

/** The line of the notice for a frozen link, filled once the server has told the difference; null for any other. */
export function frozenLine(boot) {
  if (!boot.frozen || boot.current === boot.edition || boot.inline) return null;
  const line = el("li", { class: "frozen" }, el("p", { text: pinned(boot) }));
  tell(line, boot);
  return line;
}

async function tell(line, boot) {
  const live = el("p", {}, el("a", { class: "button", href: liveAddress(), text: t("Show the newest figures") }));
  try {
    const changes = await getJson(`/api/v1/changes?from=${boot.edition}&to=${boot.current}&lang=${boot.lang}`);
    const rows = [
      ...changes.changed.map(({ before, after }) => item(after, `${before.text} → ${after.text}`, t("changed"))),
      ...changes.added.map((figure) => item(figure, figure.text, t("new"))),
      ...changes.removed.map((figure) => item(figure, figure.text, t("taken out"))),
    ];
    put(line,
      el("p", { text: pinned(boot) }),
      el("details", {},
        el("summary", { text: n("%(num)s figure has changed since", "%(num)s figures have changed since", changes.total) }),
        el("ul", { class: "changes" }, rows.slice(0, MOST))),
      live);
  } catch {
    put(line, el("p", { text: pinned(boot) }), live);
  }
}

function pinned({ edition, current }) {
  return t("This link shows the figures of edition %(edition)s; the newest is %(current)s.", { edition, current });
}

function item(figure, text, what) {
  const where = [figure.place_label, ...(figure.where ?? [])].filter(Boolean).join(", ");
  const words = [where, figure.label, figure.when].filter(Boolean).join(" · ");
  return el("li", {}, el("span", { class: "hint", text: `${what}: ` }), el("span", { text: `${words}: ` }), el("strong", { text }));
}

/** This very address without its edition. */
function liveAddress() {
  const query = location.search.slice(1).split("&").filter((pair) => pair && !pair.startsWith("edition="));
  return `/?${query.join("&")}`;
}
