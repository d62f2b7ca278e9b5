// Printers and what they print: what is wrong, whether the receipt came out, and the question when nobody knows.
// Nothing here ever stands in the way of a scan.

import { batch, effect } from '@preact/signals';
import { learnNews, questions } from '../lib/printing.js';
import { api, heard } from './server.js';
import { asked, printers, printing, question, sale, staff, warnAnswer } from './state.js';

/** @typedef {import('../lib/printing.js').News} News */

export async function lookAtPrinters() {
  if (!staff.value) return;
  const { status, body } = await heard(api.get('/api/v1/printers'));
  if (status === 200) printers.value = body.items;
  if (printers.value.length) await lookAtAsked();
}

async function lookAtAsked() {
  const { status, body } = await heard(api.get('/api/v1/print-jobs?state=unknown&limit=50'));
  if (status === 200) asked.value = questions(body.items);
}

/** @param {MessageEvent} e the event `printer` */
export function hearPrinter(e) {
  const news = /** @type {News} */ (JSON.parse(e.data));
  const { job } = news;
  batch(() => {
    printers.value = learnNews(printers.value, news);
    if (job && isOurs(job)) printing.value = { ...job, printer: news.printer };
  });
  if (job && (job.state === 'unknown' || asked.value.some(j => j.id === job.id))) lookAtAsked();
}

/** The receipt of the sale that was just paid. @param {import('../lib/printing.js').Job | null} job */
function isOurs(job) {
  return job?.kind === 'receipt' && job.receipt_no === sale.value?.receipt_no;
}

/** How the receipt fares; what an event told meanwhile is newer. @param {string} no */
async function lookAtJob(no) {
  const { status, body } = await heard(api.get('/api/v1/print-jobs?limit=10&receipt_no=' + encodeURIComponent(no)));
  const job = status === 200 ? body.items.find(isOurs) : null;
  if (job && !printing.value) printing.value = job;
}

export function followReceipt() {
  effect(() => {
    const no = sale.value?.receipt_no;
    printing.value = null;
    if (no && printers.peek().length) lookAtJob(no);
  });
}

let answering = false;

/** What the cashier sees on the counter. @param {boolean} printed */
export async function answerQuestion(printed) {
  const job = question.value;
  if (!job || answering) return;
  answering = true;
  const answer = await heard(api.post(`/api/v1/print-jobs/${encodeURIComponent(job.id)}/answer`, { body: { printed } }));
  answering = false;
  if (answer.status !== 200 && answer.status !== 409) return warnAnswer(answer); // 409: answered elsewhere
  asked.value = asked.value.filter(j => j.id !== job.id);
  lookAtAsked();
}
