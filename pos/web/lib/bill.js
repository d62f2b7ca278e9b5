// The open bill as plain data. Every change returns a new bill and remembers the
// lines before it, so undo is going back.

/**
 * @typedef {{id: string, cert: number, stars: number, status: string, valid_until: string | null,
 *   recall?: string}} Ocop
 * @typedef {{id: string, sku: string, name: string, unit: string, price: number,
 *   stock: number | null, barcodes?: string[], ocop?: Ocop | null}} Product
 * @typedef {{product: Product, milli: number, lot?: string}} Line
 * @typedef {{key: string, lines: Line[], past: Line[][], maybeSold?: boolean}} Bill
 */

const UNDO_STEPS = 50;

/** @param {string} key the Idempotency-Key of the sale this bill becomes @returns {Bill} */
export function openBill(key) {
  return { key, lines: [], past: [] };
}

/** @param {Bill} bill @param {Line[]} lines @returns {Bill} */
function changed(bill, lines) {
  return { ...bill, lines, past: [...bill.past, bill.lines].slice(-UNDO_STEPS) };
}

/** Where a product (and lot, when a code named one) stands, or -1. @param {Bill} bill
 * @param {string} id @param {string} [lot] */
export function findLine(bill, id, lot) {
  return bill.lines.findIndex(l => l.product.id === id && l.lot === lot);
}

/** The same product again adds to its line. @param {Bill} bill @param {Product} product
 * @param {number} milli @param {string} [lot] */
export function addLine(bill, product, milli, lot) {
  const at = findLine(bill, product.id, lot);
  if (at < 0) return changed(bill, [...bill.lines, lot ? { product, milli, lot } : { product, milli }]);
  return setQty(bill, at, bill.lines[at].milli + milli);
}

/** Nothing or less removes the line. @param {Bill} bill @param {number} at @param {number} milli */
export function setQty(bill, at, milli) {
  if (!bill.lines[at]) return bill;
  if (milli <= 0) return changed(bill, bill.lines.filter((_, i) => i !== at));
  return changed(bill, bill.lines.map((l, i) => (i === at ? { ...l, milli } : l)));
}

/** All lines away; undo brings them back. @param {Bill} bill */
export function clearLines(bill) {
  return bill.lines.length ? changed(bill, []) : bill;
}

/** @param {Bill} bill @returns {Bill} */
export function undo(bill) {
  const lines = bill.past.at(-1);
  return lines ? { ...bill, lines, past: bill.past.slice(0, -1) } : bill;
}

/**
 * New facts about products (a price, the stock) without a step of undo; the steps
 * learn them too, so going back does not bring an old price back.
 * @param {Bill} bill
 * @param {Map<string, Partial<Product>>} news by product id
 */
export function learn(bill, news) {
  const told = (/** @type {Line} */ l) => {
    const fresh = news.get(l.product.id);
    return fresh ? { ...l, product: { ...l.product, ...fresh } } : l;
  };
  return { ...bill, lines: bill.lines.map(told), past: bill.past.map(step => step.map(told)) };
}

/** @param {Line} line half a dong up, as the daemon computes it */
export function amountOf(line) {
  return Number((BigInt(line.product.price) * BigInt(line.milli) + 500n) / 1000n);
}

/** @param {Bill} bill */
export function totalOf(bill) {
  return bill.lines.reduce((sum, l) => sum + amountOf(l), 0);
}

/** @param {string} till @param {Bill} bill @param {number} tendered cash from the customer
 * @param {string[]} [override] exceptions that a manager lets pass */
export function saleBody(till, bill, tendered, override = []) {
  return {
    till,
    lines: bill.lines.map(l => ({ product: l.product.id, qty: l.milli / 1000, ...(l.lot && { lot: l.lot }) })),
    payments: [{ method: 'cash', tendered }],
    expected_total: totalOf(bill),
    ...(override.length > 0 && { override }),
  };
}
