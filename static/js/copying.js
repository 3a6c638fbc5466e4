/* The text of a field to the clipboard, said on the button and to screen readers. */

import { announce } from "./dom.js";
import { t } from "./i18n.js";

export async function copy(input, button) {
  try {
    await navigator.clipboard.writeText(input.value);
  } catch {
    input.select();
    document.execCommand("copy");
  }
  const before = t("Copy");
  button.textContent = t("Copied");
  announce(t("Copied"));
  setTimeout(() => (button.textContent = before), 1600);
}
