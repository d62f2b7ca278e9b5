// The line to the daemon: who is signed in, what is asked for, what it says by itself.

import { effect } from '@preact/signals';
import { makeApi } from '../lib/api.js';
import { enrolled, isManager, lang, link, note, warnAnswer, who } from './state.js';

const PROBE_MS = 2000;

export const api = makeApi(window.fetch.bind(window));
effect(() => { api.lang = lang.value; });

let probing = false;

/** Says that the line is lost, and tries until it is back. */
async function lost() {
  if (probing) return;
  probing = true;
  while ((await api.get('/healthz', { timeout: 3000 })).status === 0) {
    link.value = 'lost';
    await new Promise(resume => setTimeout(resume, PROBE_MS));
  }
  probing = false;
  if (link.value === 'up') return;
  link.value = 'up';
  start();
}

/** Looks at every answer for what it says about the line and the sign-in.
 * @param {Promise<import('../lib/api.js').Answer>} asked */
export async function heard(asked) {
  const answer = await asked;
  if (answer.status === 0) lost();
  else if (answer.status === 401) who.value = null;
  return answer;
}

/** @param {any} body of the session */
function welcome(body) {
  api.csrf = body.csrf;
  note.value = null;
  who.value = { staff: body.staff, name: body.name, role: body.role };
}

/** Are we signed in already? */
export async function start() {
  const { status, body, problem } = await heard(api.get('/api/v1/session'));
  enrolled.value = problem?.code !== 'device_unknown';
  if (status === 200) welcome(body);
  else if (status !== 0) who.value = null;
}

/** @param {string} number @param {string} pin */
export async function signIn(number, pin) {
  note.value = null;
  const answer = await api.post('/api/v1/session', { body: { staff: number.trim(), pin } });
  if (answer.status === 201) welcome(answer.body);
  else warnAnswer(answer);
  return answer.status === 201;
}

export async function signOut() {
  const answer = await api.remove('/api/v1/session');
  if (answer.status !== 0 && answer.status < 500) who.value = null;
  else warnAnswer(answer);
}

/** @type {EventSource | null} */
let events = null;

/** Follows the daemon's events while a manager is signed in.
 * @param {{onSync: () => void, onGoods: () => void, onPrinter: () => void}} hear a list came in; goods changed;
 *   a printer did something */
export function followEvents({ onSync, onGoods, onPrinter }) {
  const open = () => {
    events = new EventSource('/api/v1/events');
    for (const kind of ['sync', 'reset']) events.addEventListener(kind, onSync);
    for (const kind of ['stock', 'sale']) events.addEventListener(kind, onGoods);
    for (const kind of ['printer', 'reset']) events.addEventListener(kind, onPrinter);
    events.onerror = () => {
      // The browser retries a broken line by itself, but gives up on any answer but 200.
      if (events?.readyState === EventSource.CLOSED) setTimeout(() => isManager.value && open(), 3000);
      else lost();
    };
  };
  effect(() => {
    events?.close();
    events = null;
    if (isManager.value) open();
  });
}
