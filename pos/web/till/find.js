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

/** Answers whether `hits` is of `q` now. @param {string} q */
export async function search(q) {
  clearTimeout(typing);
  asking?.abort();
  const mine = asking = new AbortController();
  const path = `/api/v1/products?limit=${LIMIT}&q=${encodeURIComponent(q)}`;
  const answer = await api.get(path, { signal: mine.signal, timeout: 4000 });
  if (mine !== asking) return false;
  asking = null;
  if (answer.status !== 200) {
    await heard(Promise.resolve(answer));
    return false;
  }
  const items = answer.body.items ?? [];
  if (q !== hits.value.q) toTop();
  batch(() => {
    hits.value = { q, items, more: Boolean(answer.body.cursor) };
    active.value = q === '' ? -1 : Math.min(0, items.length - 1);
  });
  return true;
}

/** The same search again, and the open bill's goods, after somebody sold or received. */
export async function refresh() {
  const at = active.value;
  if (asking || entry.value.text !== hits.value.q) return; // a newer answer is on its way
  if (!await search(hits.value.q)) return;
  active.value = Math.min(at, hits.value.items.length - 1);
  const news = new Map(hits.value.items.map(p => [p.id, { stock: p.stock, ocop: p.ocop }]));
  bill.value = learn(bill.value, news);
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

/** @param {string} text @param {number | null} milli @param {string} typedText */
async function addFirst(text, milli, typedText) {
  const current = hits.value.q === text || await search(text);
  const first = current ? hits.value.items[0] : undefined;
  if (first) add(first, milli ?? 1000);
  else if (!current) warn('notAdded', { what: text });
  if (!first && query.value === '') query.value = typedText;
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
