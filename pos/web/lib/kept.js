// What survives a reload, a crash of the browser and a power cut: the open bill, the
// payment that was sent and not yet answered, and the receipt on the screen.

/** @typedef {import('./bill.js').Bill} Bill */
/** The bytes that were sent, so that a repeat is the same to the byte. A PIN is never kept: what was
 * `approved` is sent again only after it was typed again.
 * @typedef {{key: string, raw: string, total: number, tendered: number, approved?: boolean}} Paying */
/** @typedef {{bill: Bill, paying: Paying | null, sale: any}} Kept */

const VERSION = 1;

/** @param {Kept} kept */
export function packKept({ bill, paying, sale }) {
  return JSON.stringify({ version: VERSION, bill: { ...bill, past: [] }, paying, sale });
}

/** Null when there is nothing, or nothing this version can read. @param {string | null} text
 * @returns {Kept | null} */
export function unpackKept(text) {
  try {
    const { version, bill, paying, sale } = JSON.parse(text ?? '');
    if (version !== VERSION || typeof bill.key !== 'string') return null;
    if (!Array.isArray(bill.lines) || !bill.lines.every(isLine)) return null;
    return { bill: { ...bill, past: [] }, paying: paying ?? null, sale: sale ?? null };
  } catch {
    return null;
  }
}

/** @param {any} line */
function isLine(line) {
  const { product, milli } = line ?? {};
  return typeof product?.id === 'string' && Number.isSafeInteger(product.price) && Number.isSafeInteger(milli);
}
