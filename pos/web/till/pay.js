// Paying in cash. What was sent and not answered is sent again, the same bytes under
// the same key, until it is answered: see lib/outcome.js.

import { batch } from '@preact/signals';
import { learn, saleBody } from '../lib/bill.js';
import { newPrices } from '../lib/codes.js';
import { MONEY_MAX, formatVnd, quickTenders } from '../lib/money.js';
import { outcome, waitBefore } from '../lib/outcome.js';
import { api, askSession, lost, pause } from './server.js';
import { complain } from './sound.js';
import { bill, cash, due, note, paying, refusal, repriced, sale, shift, step, till, tries, typed,
  warn } from './state.js';

/** @typedef {import('../lib/kept.js').Paying} Paying */

export function openPayment() {
  if (bill.value.lines.length === 0) return warn('emptyBill');
  batch(() => { typed.value = ''; step.value = 'pay'; note.value = null; });
}

export function leavePayment() {
  batch(() => { paying.value = null; step.value = 'sell'; note.value = null; });
}

/** @param {string} digits "5", or "000" */
export function typeDigits(digits) {
  const next = (typed.value + digits).replace(/^0+(?=.)/, '');
  if (Number(next) <= MONEY_MAX) batch(() => { typed.value = next; note.value = null; });
}

export function eraseDigit() {
  typed.value = typed.value.slice(0, -1);
}

export function wipeDigits() {
  typed.value = '';
}

/** @param {number} n */
export function quickTender(n) {
  const amount = quickTenders(due.value)[n];
  if (amount !== undefined) batch(() => { typed.value = String(amount); note.value = null; });
}

export function settle() {
  if (cash.value.missing > 0) return complain('short', { amount: formatVnd(cash.value.missing) });
  const { tendered } = cash.value;
  const raw = JSON.stringify(saleBody(till.value, bill.value, tendered));
  paying.value = { key: bill.value.key, raw, total: due.value, tendered };
  resumePayment();
}

/** @type {Paying | null} */
let sending = null;

/** Sends what is kept until it is answered; also after a reload or a new sign-in. */
export async function resumePayment() {
  const mine = paying.value;
  if (!mine || sending?.key === mine.key) return;
  sending = mine;
  step.value = 'sending';
  tries.value = 1;
  // Another tab may have had the answer meanwhile: then `paying` is another one.
  while (paying.value?.key === mine.key) {
    const answer = await api.post('/api/v1/sales', { raw: mine.raw, key: mine.key });
    if (paying.value?.key !== mine.key) break;
    if (answer.status === 0) lost();
    if (settled(answer, mine)) break;
    if (needsSession(answer) && !await askSession()) break; // signing in resumes
    await pause(waitBefore(tries.value));
    tries.value++;
  }
  sending = null;
}

/** @param {import('../lib/api.js').Answer} answer */
function needsSession({ status, problem }) {
  return outcome(status, problem?.code) === 'session';
}

/** What the answer means for the page; false: send again.
 * @param {import('../lib/api.js').Answer} answer @param {Paying} mine */
function settled({ status, body, problem }, mine) {
  switch (outcome(status, problem?.code)) {
    case 'repeat':
    case 'session':
      return false;
    case 'done':
      batch(() => { sale.value = { ...body, tendered: mine.tendered }; paying.value = null; step.value = 'sell'; });
      return true;
    case 'price':
      return priceChanged(problem ?? {});
    case 'shift':
      batch(() => { paying.value = null; step.value = 'sell'; shift.value = null; });
      return true;
    case 'fault':
      refuse('fault', problem, true);
      return true;
    default:
      paying.value = null;
      refuse('refused', problem, status === 422);
      return true;
  }
}

/** `maybeSold`: the key may have made a sale, so a bill emptied gets another one.
 * @param {'fault' | 'refused'} to @param {import('../lib/api.js').Problem | null} problem
 * @param {boolean} maybeSold */
function refuse(to, problem, maybeSold) {
  batch(() => {
    refusal.value = problem?.detail ?? '';
    step.value = to;
    if (maybeSold) bill.value = { ...bill.value, maybeSold };
  });
}

/** Old and new prices are shown side by side, and the bill learns the new ones.
 * @param {import('../lib/api.js').Problem} problem */
function priceChanged(problem) {
  const news = newPrices(problem.lines);
  const rows = bill.value.lines.flatMap(({ product }) => {
    const price = news.get(product.id)?.price;
    return price === undefined || price === product.price ? [] : [{ name: product.name, old: product.price, price }];
  });
  batch(() => {
    paying.value = null;
    repriced.value = rows;
    refusal.value = problem.detail ?? '';
    bill.value = learn(bill.value, news);
    step.value = rows.length ? 'price' : 'refused';
  });
  return true;
}

/** Enter on the new prices: back to the money, with the new total. */
export function acceptPrices() {
  step.value = 'pay';
}
