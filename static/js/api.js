/* Requests to this server only. A failure says what happened and can be tried again. */

export class RequestError extends Error {
  constructor(kind, message, status = 0) {
    super(message);
    this.kind = kind; // offline | timeout | refused | server
    this.status = status;
  }
}

const kept = new Map();

/** JSON of an address; answers are kept for the life of the page, failures are not. */
export function getJson(address, { timeout = 15000, keep = true } = {}) {
  if (keep && kept.has(address)) return kept.get(address);
  const answer = begun(address, timeout).then((there) => there ?? ask(address, { headers: { Accept: "application/json" } }, timeout));
  if (keep) {
    kept.set(address, answer);
    answer.catch(() => kept.delete(address));
  }
  return answer;
}

/** What begin.js has asked for already, once; null where it has not, or got no answer in time. */
function begun(address, timeout) {
  const answer = globalThis.qamtuEarly?.[address] ?? null;
  if (answer) delete globalThis.qamtuEarly[address];
  return answer ? Promise.race([answer, new Promise((done) => setTimeout(done, timeout, null))]) : Promise.resolve(null);
}

/** Sends JSON, gives JSON. */
export function postJson(address, value) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return ask(address, { method: "POST", headers, body: JSON.stringify(value) }, 15000);
}

async function ask(address, options, timeout) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  try {
    const response = await fetch(address, { ...options, signal: stop.signal, credentials: "same-origin" });
    if (!response.ok) throw new RequestError(response.status >= 500 ? "server" : "refused", await reason(response), response.status);
    return await response.json();
  } catch (error) {
    if (error instanceof RequestError) throw error;
    const kind = stop.signal.aborted ? "timeout" : error instanceof SyntaxError ? "server" : "offline";
    throw new RequestError(kind, error.message);
  } finally {
    clearTimeout(timer);
  }
}

async function reason(response) {
  try {
    return (await response.json()).error.message;
  } catch {
    return response.statusText;
  }
}
