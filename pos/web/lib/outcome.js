// What to do after a sale was sent. A request that was not answered is repeated with
// the same key and the same bytes until it is: the daemon answers a repeated key with
// the receipt it already made, so repeating never sells twice.

/**
 * done     the receipt is here
 * repeat   not answered, or "try again": send the same bytes again
 * session  nothing was written; sign in, then send the same bytes again
 * price    nothing was written; the total is another one now
 * shift    nothing was written; the till has no open shift
 * approval nothing was written; a manager may let it pass, or the PIN of one was wrong
 * recalled nothing was written; nobody may let it pass, and the goods leave the shelf
 * refused  nothing was written, and the sentence says why
 * fault    the daemon failed; perhaps written. The cashier decides when to send again,
 *          and even a changed bill keeps its key, so a first one is never doubled
 * @typedef {'done' | 'repeat' | 'session' | 'price' | 'shift' | 'approval' | 'recalled' | 'refused'
 *   | 'fault'} Outcome
 */

const NOT_ANSWERED = new Set([0, 408, 425, 429, 502, 503, 504]);

/** What a manager must say before the goods go; `locked` is the PIN's, not the daemon's. */
const NEEDS_MANAGER = new Set(['withdrawn', 'pin_wrong', 'locked']);

/** Exceptions that a manager may let pass, when the cashier asks for it. */
export const MAY_PASS = new Set(['stock_short', 'lot_expired', 'withdrawn']);

/** @param {number} status HTTP's, 0 when nothing came back @param {string} [code] the problem's
 * @returns {Outcome} */
export function outcome(status, code) {
  if (status === 200 || status === 201) return 'done';
  if (code && NEEDS_MANAGER.has(code)) return 'approval';
  if (code === 'recalled') return 'recalled';
  if (status === 401 || code === 'csrf') return 'session';
  if (NOT_ANSWERED.has(status)) return 'repeat';
  if (status >= 500) return 'fault';
  if (code === 'price_changed') return 'price';
  if (code === 'shift_closed') return 'shift';
  return 'refused';
}

/** Milliseconds to wait before try number `n`, counted from 1. @param {number} n */
export function waitBefore(n) {
  return Math.min(250 * 2 ** (n - 1), 3000);
}
