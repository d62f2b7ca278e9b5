// What the till knows, as signals. Actions stand in the files beside this one.

import { batch, computed, effect, signal } from '@preact/signals';
import { openBill, totalOf } from '../lib/bill.js';
import { packKept, unpackKept } from '../lib/kept.js';
import { parseEntry, roundTo, tender } from '../lib/money.js';
import { uuid7 } from '../lib/uuid7.js';
import { say } from '../lib/words.js';
import { till as vi } from '../vi.json';
import { till as en } from '../en.json';

/** @typedef {import('../lib/bill.js').Product} Product */
/** @typedef {import('../lib/keymap.js').Mode} Mode */
/** @typedef {{name?: string, values?: Record<string, string | number>, text?: string, kind?: 'bad' | 'warn'}} Note */
/** @typedef {{code: string, picks: import('../lib/codes.js').Pick[], times: number}} Choice */

const WORDS = { vi, en };
const KEPT_BILL = 'ocop.till.bill';
const KEPT_LANG = 'ocop.till.lang';

/** A browser may refuse to keep anything; then the till works until it is reloaded. */
const store = {
  /** @param {string} name */
  read(name) {
    try { return localStorage.getItem(name); } catch { return null; }
  },
  /** @param {string} name @param {string} text */
  write(name, text) {
    try { localStorage.setItem(name, text); } catch { /* see above */ }
  },
};

export function newBill() {
  return openBill(uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10))));
}

const kept = unpackKept(store.read(KEPT_BILL));

// --- who, where, and whether the daemon is there
export const lang = signal(/** @type {'vi' | 'en'} */ (store.read(KEPT_LANG) === 'en' ? 'en' : 'vi'));
/** undefined: not asked yet; null: nobody is signed in */
export const staff = signal(/** @type {any} */ (undefined));
export const till = signal('1');
/** The daemon knows this browser as a till's. */
export const enrolled = signal(true);
/** undefined: not asked yet; null: the till has no open shift */
export const shift = signal(/** @type {any} */ (undefined));
/** Cash is rounded to this, as the shop has set; 0 not at all. */
export const cashRounding = signal(0);
/** How old the list of certificates is. */
export const list = signal(/** @type {{state: string, date: string | null}} */ ({ state: 'none', date: null }));
/** As the daemon tells them; none in a shop without one. */
export const printers = signal(/** @type {import('../lib/printing.js').Printer[]} */ ([]));
/** Receipts of which nobody knows whether they were printed. */
export const asked = signal(/** @type {import('../lib/printing.js').Job[]} */ ([]));
/** The receipt that was just paid. */
export const printing = signal(/** @type {import('../lib/printing.js').Job | null} */ (null));
export const link = signal(/** @type {'up' | 'lost' | 'readonly'} */ ('up'));

// --- finding
export const query = signal('');
/** `q` is the text that `items` answer. */
export const hits = signal({ q: '', items: /** @type {Product[]} */ ([]), more: false });
export const active = signal(-1);
export const choice = signal(/** @type {Choice | null} */ (null));
export const chosen = signal(0);

// --- selling
export const bill = signal(kept?.bill ?? newBill());
export const selected = signal(0);
export const note = signal(/** @type {Note | null} */ (null));
export const step = signal(/** @type {Mode} */ ('sell'));

// --- paying
export const typed = signal('');
export const paying = signal(kept?.paying ?? null);
export const tries = signal(0);
export const sale = signal(kept?.sale ?? null);
/** @type {import('@preact/signals').Signal<{name: string, old: number, price: number}[]>} */
export const repriced = signal([]);
export const refusal = signal('');
/** The stable code of the refusal, which says whether a manager may let it pass. */
export const refusedFor = signal('');
/** Exceptions of the open bill that a manager lets pass, or is asked to. */
export const exceptions = signal(/** @type {string[]} */ ([]));
/** The manager's number and PIN for this one sale: in memory, never kept. */
export const approval = signal(/** @type {{staff: string, pin: string} | null} */ (null));
/** The goods that nobody may sell, and what is to be done with them. */
export const stopped = signal(/** @type {{name: string, recall: string} | null} */ (null));
export const closing = signal(/** @type {any} */ (null));

export const entry = computed(() => parseEntry(query.value));
export const total = computed(() => totalOf(bill.value));
/** What the customer pays in cash. */
export const due = computed(() => roundTo(total.value, cashRounding.value));
export const tooOld = computed(() => list.value.state === 'too_old');
export const isManager = computed(() => ['manager', 'owner'].includes(staff.value?.role));
export const cash = computed(() => tender(due.value, typed.value));

/** Which keys mean what now; the screen follows. */
export const mode = computed(() => {
  if (staff.value === undefined) return 'start';
  if (staff.value === null) return enrolled.value ? 'signin' : 'enrol';
  if (closing.value?.done) return 'closed';
  if (shift.value === undefined) return 'start';
  if (shift.value === null) return 'shift';
  if (closing.value) return 'close';
  if (sale.value) return 'done';
  return step.value;
});

/** Beside the change only the receipt that was just paid is asked about. */
export const question = computed(() => {
  const no = sale.value?.receipt_no;
  return no ? asked.value.find(j => j.receipt_no === no) : asked.value[0];
});

/** @param {string} name @param {Record<string, string | number>} [values] */
export function t(name, values) {
  return say(WORDS[lang.value], name, values);
}

/** @param {string} name @param {Note['values']} [values] */
export function tell(name, values) {
  note.value = { name: 'note.' + name, values };
}

/** @param {string} name @param {Note['values']} [values] */
export function warn(name, values) {
  note.value = { name: 'note.' + name, values, kind: 'bad' };
}

/** The daemon's own sentence, when it gave one. @param {import('../lib/api.js').Answer} answer */
export function warnAnswer({ status, problem }) {
  if (problem?.detail) note.value = { text: problem.detail, kind: 'bad' };
  else warn(status === 0 ? 'unanswered' : 'failed');
}

let adopting = false;

/** A second tab on the same till follows the first, and does not write back what it
 * was told: the first may be a step further. */
function followOtherTab() {
  window.addEventListener('storage', e => {
    const other = e.key === KEPT_BILL ? unpackKept(e.newValue) : null;
    if (!other) return;
    adopting = true;
    batch(() => {
      bill.value = other.bill;
      paying.value = other.paying;
      sale.value = other.sale;
    });
    adopting = false;
  });
}

/** Keeps the bill and the payment from the first change on. An effect runs before the
 * line that changed a signal returns, so a payment is kept before it is sent. */
export function keepState() {
  effect(() => {
    const text = packKept({ bill: bill.value, paying: paying.value, sale: sale.value });
    if (!adopting) store.write(KEPT_BILL, text);
  });
  effect(() => {
    store.write(KEPT_LANG, lang.value);
    document.documentElement.lang = lang.value;
    document.title = t('title') + ' · ' + t('till', { till: till.value });
  });
  followOtherTab();
}
