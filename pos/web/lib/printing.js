// What a page says of printers, and of what they were given to print.

/** @typedef {{id: string, state: string, roles?: string[], till?: number, queue?: number, unknown?: number, [more: string]: any}} Printer */
/** @typedef {{id: string, kind: string, printer?: string, receipt_no: string | null, state: string, level: string | null,
 *   asked?: boolean, [more: string]: any}} Job */
/** @typedef {{printer: string, state: string, queue: number, job: Job | null}} News what the event `printer` tells */

/** States in which nothing comes out until somebody does something. */
const TROUBLE = new Set(['offline', 'paper_out', 'cover_open', 'cutter', 'failed', 'gone']);
/** What a cashier waits for; labels are the manager's. */
const COUNTER = ['receipt', 'copy', 'drawer'];

/** @param {Printer} printer */
export function inTrouble({ state }) {
  return TROUBLE.has(state);
}

/** The printers of this till that print nothing now. @param {Printer[]} printers @param {string} till */
export function troublesAt(printers, till) {
  const mine = (/** @type {Printer} */ p) => (!p.roles || p.roles.some(r => COUNTER.includes(r)))
    && (!p.till || String(p.till) === till);
  return printers.filter(p => mine(p) && inTrouble(p));
}

/** @param {Printer[]} printers @param {News} news */
export function learnNews(printers, { printer, state, queue }) {
  return printers.map(p => (p.id === printer ? { ...p, state, queue } : p));
}

/** The receipts a cashier is asked about, oldest first: was it printed? @param {Job[]} jobs */
export function questions(jobs) {
  return jobs.filter(j => j.asked !== false && j.state === 'unknown' && (j.kind === 'receipt' || j.kind === 'copy'))
    .sort((a, b) => Number(a.id.slice(2)) - Number(b.id.slice(2)));
}

/** The name of the sentence about a job: "printed" is said only of what the printer confirmed.
 * @param {Job} job */
export function wordFor({ state, level }) {
  if (state === 'confirmed') return level === 'accepted' ? 'accepted' : 'confirmed';
  return state === 'sent' ? 'sending' : state;
}
