// The line to the daemon: calls, whether it is there, and what it says by itself.

import { effect } from '@preact/signals';
import { makeApi } from '../lib/api.js';
import { enrolled, lang, link, staff, till } from './state.js';

const PROBE_MS = 1000;

export const api = makeApi(window.fetch.bind(window));
effect(() => { api.lang = lang.value; });

/** Looks at every answer for what it says about the line and the sign-in.
 * @param {Promise<import('../lib/api.js').Answer>} asked */
export async function heard(asked) {
  const answer = await asked;
  if (answer.status === 0) lost();
  else if (answer.status === 401) staff.value = null;
  return answer;
}

let probing = false;

/** The line may be lost: makes sure, says so, and tries until it is back. */
export async function lost() {
  if (probing) return;
  probing = true;
  for (;;) {
    const { status } = await api.get('/healthz', { timeout: 3000 });
    if (status === 200) break;
    link.value = status === 503 ? 'readonly' : 'lost';
    await new Promise(resume => setTimeout(resume, PROBE_MS));
  }
  probing = false;
  link.value = 'up';
}

/** Resolves after `ms`, or as soon as a lost line is back. @param {number} ms */
export function pause(ms) {
  return /** @type {Promise<void>} */ (new Promise(resume => {
    let was = link.peek();
    const timer = setTimeout(done, ms);
    const stop = link.subscribe(now => {
      if (was !== 'up' && now === 'up') done();
      was = now;
    });
    function done() {
      clearTimeout(timer);
      queueMicrotask(() => stop());
      resume();
    }
  }));
}

/** The session as the daemon knows it; null, and nobody is signed in here either, when
 * it knows none. Asks until it is answered. */
export async function askSession() {
  for (;;) {
    const { status, body, problem } = await heard(api.get('/api/v1/session'));
    enrolled.value = problem?.code !== 'device_unknown';
    if (problem?.args?.till) till.value = problem.args.till; // which till this is, before anybody signs in
    if (status === 200) {
      api.csrf = body.csrf;
      return body;
    }
    if (status === 401 || status === 403) {
      staff.value = null;
      return null;
    }
    await pause(1000);
  }
}

/** @type {EventSource | null} */
let events = null;

/**
 * Follows the daemon's events while somebody is signed in.
 * @param {{onStock: () => void, onList: () => void, onShift: () => void,
 *   onPrinter: (e: MessageEvent) => void, onBack: () => void}} hear stock or products changed; a list came in;
 *   a shift opened or closed; what a printer does; the events are back after they were away
 */
export function followEvents({ onStock, onList, onShift, onPrinter, onBack }) {
  let away = false;
  const open = () => {
    events?.close();
    events = new EventSource('/api/v1/events');
    events.onopen = () => {
      if (away) onBack();
      away = false;
    };
    events.onerror = () => {
      away = true;
      // The browser retries a broken line by itself, but gives up on any answer but 200.
      if (events?.readyState !== EventSource.CLOSED) lost();
      else setTimeout(() => staff.value && open(), 2000);
    };
    for (const kind of ['stock', 'sale', 'sync', 'reset']) events.addEventListener(kind, onStock);
    for (const kind of ['sync', 'reset']) events.addEventListener(kind, onList);
    events.addEventListener('shift', onShift);
    events.addEventListener('printer', onPrinter);
  };
  effect(() => {
    if (staff.value) open();
    else { events?.close(); events = null; }
  });
}
