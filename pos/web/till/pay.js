// Paying in cash. What was sent and not answered is sent again, the same bytes under
// the same key, until it is answered: see lib/outcome.js.

import { batch } from '@preact/signals';
import { learn, saleBody } from '../lib/bill.js';
import { newPrices } from '../lib/codes.js';
import { MONEY_MAX, formatVnd, quickTenders } from '../lib/money.js';
import { MAY_PASS, outcome, waitBefore } from '../lib/outcome.js';
import { standingOf, stopFor } from './sell.js';
import { api, askSession, lost, pause } from './server.js';
import { complain } from './sound.js';
import { approval, bill, cash, due, exceptions, note, paying, refusal, refusedFor, repriced, sale, shift, step, till,
  tries, typed, warn } from './state.js';

/** @typedef {import('../lib/kept.js').Paying} Paying */

/** What stands in the way of selling is said before the customer's money is on the counter. */
export function openPayment() {
  if (bill.value.lines.length === 0) return warn('emptyBill');
  const goods = bill.value.lines.map(l => l.product);
  const recalled = goods.find(p => standingOf(p) === 'recalled');
  if (recalled) return stopFor(recalled);
  if (goods.some(p => standingOf(p) === 'withdrawn')) return askManager(['withdrawn']);
  openMoney();
}

export function openMoney() {
  batch(() => { typed.value = ''; step.value = 'pay'; note.value = null; });
}

/** What a manager let pass counts for the bill as it was then. */
export function leavePayment() {
  batch(() => {
    paying.value = null;
    approval.value = null;
    exceptions.value = [];
    refusal.value = '';
    refusedFor.value = '';
    step.value = 'sell';
    note.value = null;
  });
}

/** @param {string[]} codes of exceptions, beside those asked for before
 * @param {import('../lib/api.js').Problem | null} [problem] why a manager is asked again */
export function askManager(codes, problem) {
  batch(() => {
    exceptions.value = [...new Set([...exceptions.value, ...codes.filter(c => MAY_PASS.has(c))])];
    approval.value = null;
    note.value = problem?.detail ? { text: problem.detail, kind: 'bad' } : null;
    step.value = 'approve';
  });
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
  send(tendered);
}

/** @param {number} tendered */
export function send(tendered) {
  const raw = JSON.stringify(saleBody(till.value, bill.value, tendered, exceptions.value));
  paying.value = { key: bill.value.key, raw, total: due.value, tendered, approved: approval.value !== null };
  resumePayment();
}

/** What is sent: the manager's PIN is in nothing that is kept. @param {Paying} mine */
function bytesOf(mine) {
  return mine.approved ? mine.raw.slice(0, -1) + ',"approval":' + JSON.stringify(approval.value) + '}' : mine.raw;
}

/** @type {Paying | null} */
let sending = null;

/** Sends what is kept until it is answered; also after a reload or a new sign-in. */
export async function resumePayment() {
  const mine = paying.value;
  if (!mine || sending?.key === mine.key) return;
  if (mine.approved && !approval.value) return askManager(JSON.parse(mine.raw).override ?? []);
  sending = mine;
  step.value = 'sending';
  tries.value = 1;
  // Another tab may have had the answer meanwhile: then `paying` is another one.
  while (paying.value?.key === mine.key) {
    const answer = await api.post('/api/v1/sales', { raw: bytesOf(mine), key: mine.key });
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
      done(body, mine);
      return true;
    case 'approval':
      askManager([problem?.code ?? ''], problem?.code === 'withdrawn' ? null : problem);
      return true;
    case 'recalled':
      leavePayment();
      stopFor(recalledOf(problem));
      return true;
    case 'price':
      return priceChanged(problem ?? {});
    case 'shift':
      batch(() => { leavePayment(); shift.value = null; });
      return true;
    case 'fault':
      refuse('fault', problem, true);
      return true;
    default:
      if (mine.approved && problem?.code === 'forbidden') {
        askManager([], problem); // the number and PIN were not a manager's
        return true;
      }
      paying.value = null;
      refuse('refused', problem, status === 422);
      return true;
  }
}

/** @param {any} body the receipt @param {Paying} mine */
function done(body, mine) {
  batch(() => {
    sale.value = { ...body, tendered: mine.tendered };
    paying.value = null;
    approval.value = null;
    exceptions.value = [];
    note.value = null;
    step.value = 'sell';
  });
}

/** The goods a refusal speaks of. @param {import('../lib/api.js').Problem | null} problem */
function recalledOf(problem) {
  const name = problem?.args?.name ?? '';
  return bill.value.lines.find(l => l.product.name === name)?.product ?? { name, ocop: null };
}

/** `maybeSold`: the key may have made a sale, so a bill emptied gets another one.
 * @param {'fault' | 'refused'} to @param {import('../lib/api.js').Problem | null} problem
 * @param {boolean} maybeSold */
function refuse(to, problem, maybeSold) {
  batch(() => {
    refusal.value = problem?.detail ?? '';
    refusedFor.value = problem?.code ?? '';
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
    refusedFor.value = '';
    bill.value = learn(bill.value, news);
    step.value = rows.length ? 'price' : 'refused';
  });
  return true;
}

/** Enter on the new prices: back to the money, with the new total. */
export function acceptPrices() {
  step.value = 'pay';
}
