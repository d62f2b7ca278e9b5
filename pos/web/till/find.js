// Finding goods: what is typed, what is scanned, what is chosen.

import { batch } from '@preact/signals';
import { looksLikeCode, readPicks } from '../lib/codes.js';
import { api, heard } from './server.js';
import { add } from './sell.js';
import { active, bill, choice, chosen, entry, hits, note, query, step, warn, warnAnswer } from './state.js';
import { learn } from '../lib/bill.js';
import { complain, lowTone } from './sound.js';

const LIMIT = 40;
const TYPING_MS = 40; // longer than a scanner's gap, so that a scan costs no search

let typing = 0;
/** @type {AbortController | null} */
let asking = null;

/** What was typed is searched for once the typing rests. @param {string} text */
export function typeQuery(text) {
  query.value = text;
  clearTimeout(typing);
  typing = window.setTimeout(() => search(entry.value.text), TYPING_MS);
}

/** @param {string} q @param {number} limit */
function searchPath(q, limit) {
  return `/api/v1/products?limit=${limit}&q=${encodeURIComponent(q)}`;
}

/** Answers whether `hits` is of `q` now. @param {string} q */
export async function search(q) {
  clearTimeout(typing);
  asking?.abort();
  const mine = asking = new AbortController();
  const answer = await api.get(searchPath(q, LIMIT), { signal: mine.signal, timeout: 4000 });
  if (mine !== asking) return false;
  asking = null;
  if (answer.status !== 200) {
    await heard(Promise.resolve(answer));
    return false;
  }
  const items = answer.body.items ?? [];
  const again = q === hits.value.q;
  batch(() => {
    hits.value = { q, items, more: Boolean(answer.body.cursor) };
    active.value = again ? Math.min(active.value, items.length - 1) : firstOf(q, items.length);
  });
  if (!again) toTop();
  return true;
}

/** What is highlighted at first: nothing, until something was typed. @param {string} q @param {number} n */
function firstOf(q, n) {
  return q === '' || n === 0 ? -1 : 0;
}

/** The same search again, and the open bill's goods, after somebody sold or received. */
export async function refresh() {
  if (asking || entry.value.text !== hits.value.q) return; // a newer answer is on its way
  if (!await search(hits.value.q)) return;
  const news = new Map(hits.value.items.map(p => [p.id, { stock: p.stock, ocop: p.ocop }]));
  bill.value = learn(bill.value, news);
}

/** The goods on the open bill as the daemon judges them now. */
export async function refreshBill() {
  const ids = [...new Set(bill.value.lines.map(l => l.product.id))];
  const news = new Map();
  for (const id of ids) {
    const { status, body } = await heard(api.get('/api/v1/products/' + encodeURIComponent(id)));
    if (status === 200) news.set(id, { stock: body.stock, ocop: body.ocop });
  }
  if (news.size) bill.value = learn(bill.value, news);
}

/** @param {number} by */
export function moveActive(by) {
  const last = hits.value.items.length - 1;
  active.value = Math.max(Math.min(0, last), Math.min(last, active.value + by));
  document.getElementById('hit' + active.value)?.scrollIntoView({ block: 'nearest' });
}

export function clearQuery() {
  query.value = '';
  if (hits.value.q !== '') search('');
  active.value = -1;
  toTop();
}

function toTop() {
  document.querySelector('.results')?.scrollTo(0, 0);
}

// Scans and Enters are worked off in the order in which they came.
let turn = Promise.resolve();
/** @param {() => unknown} work */
export function inTurn(work) {
  turn = turn.then(work).then(() => {}, console.error);
  return turn;
}

/** Enter in the search field. The field is free for the next word at once. */
export function enter() {
  const { milli, text } = entry.value;
  const shown = hits.value.q === text ? hits.value.items[active.value] : undefined;
  if (text === '' && !shown) return;
  const typedText = query.value;
  query.value = '';
  inTurn(async () => {
    if (shown) add(shown, milli ?? 1000);
    else if (looksLikeCode(text)) await addCode(text, milli);
    else await addFirst(text, milli, typedText);
    if (query.value === '') clearQuery();
  });
}

/** What the list would show first, asked for apart from it: the next word may be in the field already.
 * @param {string} text @param {number | null} milli @param {string} typedText */
async function addFirst(text, milli, typedText) {
  const answer = await heard(api.get(searchPath(text, 1), { timeout: 4000 }));
  const first = answer.body?.items?.[0];
  if (first) return add(first, milli ?? 1000);
  if (answer.status === 200) complain('nothing', { text });
  else complain('notAdded', { what: text });
  if (query.value !== '') return;
  typeQuery(typedText);
  /** @type {HTMLInputElement | null} */ (document.getElementById('find'))?.select();
}

/** @param {string} code @param {boolean} garbled */
export function scanned(code, garbled) {
  const { milli, text } = entry.value;
  if (garbled) return complain('garbled');
  if (milli !== null && text === '') query.value = '';
  inTurn(() => addCode(code, text === '' ? milli : null));
}

/** @param {string} code @param {number | null} milli how often, when typed before */
async function addCode(code, milli) {
  const path = '/api/v1/products/by-code/' + encodeURIComponent(code);
  const answer = await heard(api.get(path, { timeout: 4000 }));
  if (answer.status === 0) return complain('notAdded', { what: code });
  if (answer.status !== 200) {
    lowTone();
    if (answer.problem?.code === 'not_found') warn('unknown', { code });
    else warnAnswer(answer);
    return;
  }
  const picks = readPicks(answer.body);
  const times = (milli ?? 1000) / 1000;
  if (picks.length === 0) complain('unknown', { code });
  else if (picks.length === 1) addPick(picks[0], times);
  else batch(() => { choice.value = { code, picks, times }; chosen.value = 0; step.value = 'choose'; note.value = null; });
}

/** @param {import('../lib/codes.js').Pick} pick @param {number} times */
function addPick(pick, times) {
  add(pick.product, Math.round(pick.milli * times), pick.lot);
}

/** @param {number} [n] the highlighted one when not said */
export function take(n = chosen.value) {
  const asked = choice.value;
  const pick = asked?.picks[n];
  if (!asked || !pick) return;
  leaveChoice();
  addPick(pick, asked.times);
}

export function leaveChoice() {
  batch(() => { choice.value = null; step.value = 'sell'; });
}

/** @param {number} by */
export function moveChoice(by) {
  const last = (choice.value?.picks.length ?? 1) - 1;
  chosen.value = Math.max(0, Math.min(last, chosen.value + by));
}

/** Takes back what a scan typed into the field. @param {string} text */
export function restoreQuery(text) {
  clearTimeout(typing);
  query.value = text;
}
