/* The text of a query: pairs as a person meant them, and values as they are written; step by step as webapp/link_text.py. */

const MAX_QUERY = 8000;
const BLANK = "\t\n\v\f\r \u00a0\u200b\u200c\u200d\u2060\ufeff";
const OPENING = new Set(BLANK + "([{<\"'«“‘„?&");
const CLOSING = new Set(BLANK + ".,;:!?)]}>\"'»”’…*_~|\\&");
const UNESCAPED = new Set(new TextEncoder().encode(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/:",
));
const UNSAFE_TO_SHOW = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Pairs of [key, value] as a person meant them: decoded, trimmed, keys in lower case. */
export function splitQuery(query) {
  let text = Array.from(sound(query)).slice(0, MAX_QUERY).join("");
  text = before(text, "#");
  if (text.includes("?")) text = text.slice(text.indexOf("?") + 1);
  if (!text.includes("=")) text = decodeOnce(text, false);
  text = text.replace(/&(?:amp;)+/g, "&");
  const pairs = [];
  for (const part of text.split("&")) {
    const cut = part.indexOf("=");
    if (cut < 0) continue;
    const key = lower(trim(decode(part.slice(0, cut))));
    if (key) pairs.push([key, trim(decode(part.slice(cut + 1)))]);
  }
  return pairs;
}

export function escapeValue(text) {
  let printed = "";
  for (const byte of new TextEncoder().encode(text)) {
    printed += UNESCAPED.has(byte)
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return printed;
}

function decode(text) {
  text = decodeOnce(text, true);
  for (let round = 0; round < 2; round += 1) {
    const again = decodeOnce(text, false);
    if (again === text) break;
    text = again;
  }
  return text;
}

function decodeOnce(text, plus) {
  if (plus) text = text.replaceAll("+", " ");
  if (!text.includes("%")) return text;
  const bytes = [];
  const raw = new TextEncoder().encode(text);
  for (let index = 0; index < raw.length; index += 1) {
    const hex = raw[index] === 0x25 ? String.fromCharCode(...raw.slice(index + 1, index + 3)) : "";
    if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
      bytes.push(Number.parseInt(hex, 16));
      index += 2;
    } else bytes.push(raw[index]);
  }
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
}

function trim(text) {
  const letters = Array.from(text);
  let start = 0;
  let end = letters.length;
  while (start < end && OPENING.has(letters[start])) start += 1;
  while (end > start && CLOSING.has(letters[end - 1])) end -= 1;
  return letters.slice(start, end).join("");
}

export function showable(text) {
  const letters = Array.from(text.replace(UNSAFE_TO_SHOW, ""));
  return letters.length <= 60 ? letters.join("") : `${letters.slice(0, 59).join("")}…`;
}

export function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function sound(text) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

function before(text, mark) {
  const cut = text.indexOf(mark);
  return cut < 0 ? text : text.slice(0, cut);
}

export function parts(text) {
  return text.split(/[~,|; ]+/).filter(Boolean);
}
