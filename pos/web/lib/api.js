// One call to the daemon. Never throws: what was not answered has status 0.

/**
 * @typedef {{code?: string, detail?: string, [more: string]: any}} Problem
 * @typedef {{status: number, body: any, problem: Problem | null}} Answer
 * @typedef {{body?: unknown, raw?: string, key?: string, timeout?: number, signal?: AbortSignal}} Ask
 */

const TIMEOUT_MS = 8000;
const UNANSWERED = { status: 0, body: null, problem: null };

/** @param {typeof fetch} send the browser's fetch */
export function makeApi(send) {
  const api = {
    csrf: '',
    lang: 'vi',
    /** @param {string} path @param {Ask} [ask] */
    get: (path, ask) => call('GET', path, ask),
    /** @param {string} path @param {Ask} [ask] */
    post: (path, ask) => call('POST', path, ask),
    /** @param {string} path @param {Ask} [ask] */
    put: (path, ask) => call('PUT', path, ask),
    /** @param {string} path @param {Ask} [ask] */
    remove: (path, ask) => call('DELETE', path, ask),
  };

  /** @param {string} method @param {Ask} ask @param {string | undefined} raw */
  function headers(method, ask, raw) {
    /** @type {Record<string, string>} */
    const out = { Accept: 'application/json', 'Accept-Language': api.lang };
    if (method !== 'GET' && api.csrf) out['X-CSRF-Token'] = api.csrf;
    if (raw !== undefined) out['Content-Type'] = 'application/json';
    if (ask.key) out['Idempotency-Key'] = ask.key;
    return out;
  }

  /** @param {string} method @param {string} path @param {Ask} [ask] @returns {Promise<Answer>} */
  async function call(method, path, ask = {}) {
    const raw = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
    const giveUp = new AbortController();
    const stop = () => giveUp.abort();
    const timer = setTimeout(stop, ask.timeout ?? TIMEOUT_MS);
    ask.signal?.addEventListener('abort', stop);
    try {
      const init = { method, headers: headers(method, ask, raw), body: raw, signal: giveUp.signal };
      const reply = await send(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
      return read(reply.status, await reply.text());
    } catch {
      return UNANSWERED;
    } finally {
      clearTimeout(timer);
      ask.signal?.removeEventListener('abort', stop);
    }
  }
  return api;
}

/** An answer cut short is no answer. @param {number} status @param {string} text @returns {Answer} */
export function read(status, text) {
  /** @type {any} */
  let body = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    if (status < 400) return UNANSWERED;
  }
  return { status, body, problem: status >= 400 ? (body ?? {}) : null };
}
