// Keyboard and scanner: which action a key means in which mode stands in lib/keymap.js,
// what the action does stands here.

import { effect } from '@preact/signals';
import { actionFor } from '../lib/keymap.js';
import { SCAN_GAP_MS, makeScanReader } from '../lib/scanner.js';
import * as approve from './approve.js';
import * as find from './find.js';
import * as pay from './pay.js';
import { answerQuestion } from './printing.js';
import * as sell from './sell.js';
import * as session from './session.js';
import { complain } from './sound.js';
import { lang, mode, query, typed } from './state.js';

export function switchLang() {
  lang.value = lang.value === 'vi' ? 'en' : 'vi';
}

function findField() {
  return /** @type {HTMLInputElement | null} */ (document.getElementById('find'));
}

export function focusFind() {
  findField()?.focus();
  findField()?.select();
}

/** @param {number} by */
function scrollReceipt(by) {
  document.querySelector('.paper')?.scrollBy({ top: by * 240, behavior: 'smooth' });
}

const PRINTED = { printed: () => answerQuestion(true), printAgain: () => answerQuestion(false) };

/** @type {Record<string, Record<string, (n: number) => unknown>>} */
export const ACTIONS = {
  sell: {
    ...PRINTED,
    clear: sell.clearBill, qty: () => sell.editQty(), find: focusFind,
    pay: () => find.inTurn(pay.openPayment), remove: sell.removeSelected, undo: sell.undoLast,
    lock: session.lock, close: session.askClose, add: find.enter, escape: find.clearQuery,
    up: () => find.moveActive(-1), down: () => find.moveActive(1),
    lineUp: () => sell.moveLine(-1), lineDown: () => sell.moveLine(1),
    more: () => sell.stepQty(1), less: () => sell.stepQty(-1),
  },
  choose: {
    take: () => find.take(), takeNth: n => find.take(n), back: find.leaveChoice,
    up: () => find.moveChoice(-1), down: () => find.moveChoice(1),
  },
  pay: {
    settle: pay.settle, back: pay.leavePayment, erase: pay.eraseDigit, wipe: pay.wipeDigits,
    thousand: () => pay.typeDigits('000'), digit: n => pay.typeDigits(String(n)),
    tender: n => pay.quickTender(n),
  },
  price: { accept: pay.acceptPrices, back: pay.leavePayment },
  approve: { back: pay.leavePayment },
  stop: { back: sell.leaveStop },
  refused: { back: pay.leavePayment, approve: approve.askAfterRefusal },
  fault: { again: pay.resumePayment, back: pay.leavePayment },
  done: { ...PRINTED, next: sell.nextBill, up: () => scrollReceipt(-1), down: () => scrollReceipt(1) },
  close: { back: session.leaveClose },
  closed: { next: session.afterClose },
};

/** @param {EventTarget | null} target */
function isField(target) {
  return target instanceof HTMLInputElement;
}

/** A button that was reached by Tab means itself. @param {KeyboardEvent} e */
function pressesButton(e) {
  return (e.key === 'Enter' || e.key === ' ') && e.target instanceof HTMLButtonElement
    && e.target.matches(':focus-visible');
}

/** @param {KeyboardEvent} e */
function onKey(e) {
  if (e.isComposing || pressesButton(e)) return;
  const now = mode.value;
  const found = actionFor(now, e, query.value === '');
  if (found || e.key === 'Escape') e.preventDefault(); // Esc never closes a dialog by itself
  if (found?.action === 'lang') switchLang();
  else if (found) ACTIONS[now]?.[found.action]?.(found.n ?? 0);
  else if (now === 'sell' && e.key.length === 1 && !e.ctrlKey && !e.metaKey && !isField(e.target)) findField()?.focus();
}

/** @param {string} text @param {boolean} garbled */
function onScan(text, garbled) {
  switch (mode.value) {
    case 'done':
      sell.nextBill(); // the next customer's goods are already here
      return find.scanned(text, garbled);
    case 'qty':
      sell.leaveQty();
      return find.scanned(text, garbled);
    case 'sell':
      return find.scanned(text, garbled);
    case 'choose':
      return complain('scanChoosing');
    case 'stop':
      return complain('scanStopped');
    default:
      return complain('scanPaying');
  }
}

/** In forms a fast typist is a typist. */
const NO_SCANS = new Set(['start', 'enrol', 'signin', 'shift', 'approve', 'close', 'closed']);

function listenForScans() {
  const read = makeScanReader();
  let last = -Infinity;
  let before = { query: '', typed: '' };
  window.addEventListener('keydown', e => {
    if (NO_SCANS.has(mode.value)) return;
    if (e.timeStamp - last >= SCAN_GAP_MS) before = { query: query.value, typed: typed.value };
    last = e.timeStamp;
    const scan = read(e);
    if (!scan) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    find.restoreQuery(before.query); // what the scan typed on its way is taken back
    typed.value = before.typed;
    onScan(scan.text, scan.garbled);
  }, true);
}

export function listen() {
  listenForScans();
  window.addEventListener('keydown', onKey);
  // A finger wants no on-screen keyboard to jump up; a keyboard wants to type at once.
  const fingers = window.matchMedia('(pointer: coarse)').matches;
  effect(() => {
    if (mode.value === 'sell' && !fingers) requestAnimationFrame(focusFind);
  });
}
