// What the manager's page knows, as signals. Actions stand in the files beside this one.

import { computed, effect, signal } from '@preact/signals';
import { morning } from '../lib/morning.js';
import { say } from '../lib/words.js';
import { manager as vi } from '../vi.json';
import { manager as en } from '../en.json';

/** @typedef {import('../lib/morning.js').Good} Good */
/** @typedef {{staff: number, name: string, role: string}} Who */
/** @typedef {{id: string, name: string, qty?: number, qty_milli?: number, product: string | number, recall?: string,
 *   stars?: number, was_stars?: number, what: string}} Held */
/** @typedef {{seq: number, at: string, kind?: string, held: Held[], [count: string]: any}} Change */
/** @typedef {{registry_url: string | null, state: 'none' | 'fresh' | 'stale' | 'too_old', list_date: string | null,
 *   checked_at: string | null, changed_at: string | null, next_at: string | null, running: boolean, records: number,
 *   error: {code: string, detail: string} | null, last_change: Change | null, lists: any[]}} Sync */
/** @typedef {'today' | 'changes' | 'list' | 'links' | 'labels' | 'printers'} View */

const WORDS = { vi, en };
const KEPT_LANG = 'ocop.till.lang'; // one language for both pages
export const VIEWS = /** @type {View[]} */ (['today', 'changes', 'list', 'links', 'labels', 'printers']);
/** What stands after # in the address. */
export const PLACES = { today: 'hom-nay', changes: 'thay-doi', list: 'danh-sach', links: 'lien-ket', labels: 'tem',
  printers: 'may-in' };

/** @param {string} name */
function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

export const lang = signal(/** @type {'vi' | 'en'} */ (kept(KEPT_LANG) === 'en' ? 'en' : 'vi'));
/** undefined: not asked yet; null: nobody is signed in. */
export const who = signal(/** @type {Who | null | undefined} */ (undefined));
/** The daemon knows this browser as one of the shop's. */
export const enrolled = signal(true);
export const link = signal(/** @type {'up' | 'lost'} */ ('up'));
export const note = signal(/** @type {{text: string, kind?: 'bad'} | null} */ (null));
export const view = signal(/** @type {View} */ ('today'));
/** The product chosen on the page of links, after the / in the address. */
export const chosen = signal('');

/** undefined: not asked yet. */
export const sync = signal(/** @type {Sync | undefined} */ (undefined));
export const asking = signal(false);
/** `whole`: all of the catalogue was read; undefined: not yet read. */
export const goods = signal(/** @type {{items: Good[], whole: boolean} | undefined} */ (undefined));
export const changes = signal(/** @type {{items: Change[], cursor: string | null} | undefined} */ (undefined));
/** The printers, what waits at them, and what nobody knows; undefined: not yet read. */
export const printers = signal(/** @type {{items: import('../lib/printing.js').Printer[],
 *   queued: import('../lib/printing.js').Job[], unknown: import('../lib/printing.js').Job[]} | undefined} */ (undefined));

export const isManager = computed(() => who.value?.role === 'manager' || who.value?.role === 'owner');
export const today = computed(() => (goods.value ? morning(goods.value.items, Date.now()) : null));

/** @param {string} name @param {Record<string, string | number>} [values] */
export function t(name, values) {
  return say(WORDS[lang.value], name, values);
}

/** Is there a sentence of this name? @param {string} name */
export function has(name) {
  return t(name) !== name;
}

/** The daemon's own sentence, when it gave one. @param {import('../lib/api.js').Answer} answer */
export function warnAnswer({ status, problem }) {
  note.value = { text: problem?.detail || t(status === 0 ? 'note.unanswered' : 'note.failed'), kind: 'bad' };
}

export function switchLang() {
  lang.value = lang.value === 'vi' ? 'en' : 'vi';
}

/** Which page the address names: "#lien-ket/p_17". */
function readPlace() {
  const [place, product = ''] = location.hash.slice(1).split('/');
  view.value = VIEWS.find(v => PLACES[v] === place) ?? 'today';
  chosen.value = product;
  note.value = null;
}

export function keepState() {
  window.addEventListener('hashchange', readPlace);
  readPlace();
  effect(() => {
    try { localStorage.setItem(KEPT_LANG, lang.value); } catch { /* then it is asked again */ }
    document.documentElement.lang = lang.value;
    document.title = t('nav.' + view.value) + ' · ' + t('title');
  });
}
