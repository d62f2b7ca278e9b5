// The open bill: adding, quantities, undo.

import { batch } from '@preact/signals';
import { addLine, clearLines, findLine, setQty, undo } from '../lib/bill.js';
import { parseQty } from '../lib/money.js';
import { standing } from '../lib/ocop.js';
import { complain, lowTone } from './sound.js';
import { bill, note, sale, selected, step, stopped, newBill, tell, tooOld, warn } from './state.js';

/** @typedef {import('../lib/bill.js').Product} Product */

/** @param {Product} product @param {number} milli @param {string} [lot] */
export function add(product, milli, lot) {
  if (product.price === null) return complain('noPrice', { name: product.name });
  if (standingOf(product) === 'recalled') return stopFor(product);
  batch(() => {
    bill.value = addLine(bill.value, product, milli, lot);
    selected.value = findLine(bill.value, product.id, lot);
    note.value = certificateNote(product);
  });
}

/** @param {Product} product */
export function standingOf(product) {
  return standing(product.ocop, Date.now(), tooOld.value)?.standing;
}

/** Nobody may sell this: the cashier is told what to do with it, and no line is added.
 * @param {Pick<Product, 'name' | 'ocop'>} product */
export function stopFor({ name, ocop }) {
  lowTone();
  batch(() => { stopped.value = { name, recall: ocop?.recall ?? 'stop_sale' }; step.value = 'stop'; note.value = null; });
}

export function leaveStop() {
  batch(() => { stopped.value = null; step.value = 'sell'; note.value = null; });
}

/** What the cashier must know of a certificate that is not good. @param {Product} product */
function certificateNote(product) {
  const now = standingOf(product);
  if (!now || now === 'good' || now === 'expiring') return null;
  return /** @type {const} */ ({ name: 'ocop.' + now, kind: 'warn' });
}

/** @param {number} at @param {number} milli */
export function changeQty(at, milli) {
  const line = bill.value.lines[at];
  if (!line) return;
  batch(() => {
    bill.value = setQty(bill.value, at, milli);
    note.value = null;
    if (milli <= 0) tell('removed', { name: line.product.name });
    stayInside();
  });
}

function stayInside() {
  selected.value = Math.max(0, Math.min(selected.value, bill.value.lines.length - 1));
}

/** One unit more or less. @param {number} by @param {number} [at] */
export function stepQty(by, at = selected.value) {
  const line = bill.value.lines[at];
  if (!line) return;
  selected.value = at;
  changeQty(at, line.milli + by * 1000);
}

export function removeSelected() {
  changeQty(selected.value, 0);
}

/** @param {number} by */
export function moveLine(by) {
  const last = bill.value.lines.length - 1;
  selected.value = Math.max(0, Math.min(last, selected.value + by));
}

export function undoLast() {
  if (bill.value.past.length === 0) return;
  batch(() => {
    bill.value = undo(bill.value);
    stayInside();
    tell('undone');
  });
}

export function clearBill() {
  if (bill.value.lines.length === 0) return;
  if (bill.value.maybeSold) {
    bill.value = newBill(); // no undo: these lines under another key might be sold twice
    return;
  }
  batch(() => { bill.value = clearLines(bill.value); selected.value = 0; tell('cleared'); });
}

/** @param {number} [at] */
export function editQty(at = selected.value) {
  if (!bill.value.lines[at]) return;
  batch(() => { selected.value = at; step.value = 'qty'; note.value = null; });
}

/** @param {string} text */
export function setTypedQty(text) {
  const milli = parseQty(text);
  if (milli === null) return warn('badQty', { text });
  batch(() => { step.value = 'sell'; changeQty(selected.value, milli); });
}

export function leaveQty() {
  if (step.value === 'qty') step.value = 'sell';
}

/** The receipt was seen: the next customer. */
export function nextBill() {
  batch(() => {
    if (sale.value) bill.value = newBill();
    sale.value = null;
    selected.value = 0;
    step.value = 'sell';
    note.value = null;
  });
}
