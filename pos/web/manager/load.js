// What the page asks the daemon for, and what it asks it to do.

import { labelOrder, openLots } from '../lib/labels.js';
import { api, heard } from './server.js';
import { asking, changes, goods, note, printers, sync, view, warnAnswer } from './state.js';

/** @typedef {import('./state.js').Good} Good */

const PAGE = 200;
const GOODS_MAX = 5000; // a showroom keeps some 400; more than this is not read in one go
const LOOK_MS = 1500; // a first list of a whole country takes its time
const SYNC_MS = 30_000; // the daemon answers within 25 s, done or still at it

export async function loadSync() {
  const answer = await heard(api.get('/api/v1/sync'));
  if (answer.status === 200) sync.value = answer.body;
  else warnAnswer(answer);
}

let reading = 0;

/** The catalogue with its certificates and stock, a page after the other. */
export async function loadGoods() {
  const mine = ++reading;
  const items = /** @type {Good[]} */ ([]);
  let cursor = '';
  do {
    const answer = await heard(api.get(`/api/v1/products?q=&limit=${PAGE}${cursor && '&cursor=' + cursor}`));
    if (mine !== reading) return; // asked again meanwhile
    if (answer.status !== 200) return warnAnswer(answer);
    items.push(...answer.body.items);
    cursor = answer.body.cursor ?? '';
  } while (cursor && items.length < GOODS_MAX);
  goods.value = { items, whole: !cursor };
}

/** The history, newest first; `more`: what came before what is shown. @param {boolean} [more] */
export async function loadChanges(more = false) {
  const cursor = more ? changes.value?.cursor : null;
  const answer = await heard(api.get('/api/v1/sync/changes?limit=20' + (cursor ? '&cursor=' + cursor : '')));
  if (answer.status !== 200) return warnAnswer(answer);
  const before = more ? changes.value?.items ?? [] : [];
  changes.value = { items: [...before, ...answer.body.items], cursor: answer.body.cursor };
}

/** Asks the registry now. What went wrong there stands in `sync.error`. */
export async function syncNow() {
  if (asking.value) return;
  asking.value = true;
  note.value = null;
  let answer = await heard(api.post('/api/v1/sync', { timeout: SYNC_MS }));
  while ((answer.status === 200 || answer.status === 202) && answer.body.running) {
    sync.value = answer.body;
    await new Promise(resume => setTimeout(resume, LOOK_MS));
    answer = await heard(api.get('/api/v1/sync'));
  }
  asking.value = false;
  if (answer.status !== 200 && answer.status !== 202) return warnAnswer(answer);
  sync.value = answer.body;
  loadGoods();
}

/** Records of the list. @param {{q: string, status: string, cursor?: string | null}} ask */
export async function findRecords({ q, status, cursor }) {
  const words = new URLSearchParams({ q, limit: '30' });
  if (status) words.set('status', status);
  if (cursor) words.set('cursor', cursor);
  return heard(api.get('/api/v1/certified?' + words));
}

/** @param {string} product */
export function loadLinks(product) {
  return heard(api.get(`/api/v1/products/${encodeURIComponent(product)}/certificates`));
}

/** @param {string} product @param {string} id of the registry @param {boolean} on */
export async function setLink(product, id, on) {
  const path = `/api/v1/products/${encodeURIComponent(product)}/certificates/${encodeURIComponent(id)}`;
  const answer = await heard(on ? api.put(path) : api.remove(path));
  if (answer.status >= 400 || answer.status === 0) warnAnswer(answer);
  else loadGoods();
  return answer;
}

/** @param {string} state @returns {Promise<import('../lib/printing.js').Job[]>} */
async function jobsIn(state) {
  const answer = await heard(api.get('/api/v1/print-jobs?limit=100&state=' + state));
  return answer.status === 200 ? answer.body.items : [];
}

/** The printers, what waits, and what is asked about. What went wrong is said where they are looked at. */
export async function loadPrinters() {
  const answer = await heard(api.get('/api/v1/printers'));
  if (answer.status !== 200) return view.value === 'printers' && warnAnswer(answer);
  const [queued, unknown] = await Promise.all([jobsIn('queued'), jobsIn('unknown')]);
  printers.value = { items: answer.body.items, queued: queued.reverse(), unknown: unknown.filter(j => j.asked).reverse() };
}

/** Does it, says what went wrong, and looks again. @param {Promise<import('../lib/api.js').Answer>} asked */
async function thenLook(asked) {
  note.value = null;
  const answer = await heard(asked);
  if (answer.status >= 400 || answer.status === 0) warnAnswer(answer);
  await loadPrinters();
  return answer;
}

/** @param {string} id of the printer; the job's id when it is on its way */
export async function testPrinter(id) {
  const { body } = await thenLook(api.post(`/api/v1/printers/${encodeURIComponent(id)}/test`));
  return body?.job;
}

/** @param {string} id @param {boolean} printed */
export function answerJob(id, printed) {
  return thenLook(api.post(`/api/v1/print-jobs/${encodeURIComponent(id)}/answer`, { body: { printed } }));
}

/** @param {string} id */
export function cancelJob(id) {
  return thenLook(api.remove('/api/v1/print-jobs/' + encodeURIComponent(id)));
}

/** Lots of a product that may get a price tag. @param {string} product @returns {Promise<import('../lib/labels.js').Lot[]>} */
export async function loadLots(product) {
  const answer = await heard(api.get(`/api/v1/stock?limit=${PAGE}&product=${encodeURIComponent(product)}`));
  return answer.status === 200 ? openLots(answer.body.items, Date.now()) : [];
}

/** Are they on their way? @param {import('../lib/labels.js').Ask} ask @param {number} qty */
export async function printLabels(ask, qty) {
  note.value = null;
  const answer = await heard(api.post('/api/v1/labels', { body: labelOrder(ask, qty) }));
  if (answer.status === 202) loadPrinters();
  else warnAnswer(answer);
  return answer.status === 202;
}
