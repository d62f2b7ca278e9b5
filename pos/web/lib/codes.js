// What the daemon answers to a scan: one product, or several to choose from.

/** @typedef {import('./bill.js').Product} Product */
/** @typedef {{product: Product, milli: number, lot?: string}} Pick */

/** @param {any} body @returns {Pick[]} */
export function readPicks(body) {
  const found = Array.isArray(body?.items) ? body.items : body ? [body] : [];
  return found.flatMap((/** @type {any} */ one) => {
    const product = one?.product ?? one;
    if (typeof product?.id !== 'string') return [];
    const milli = Math.round(Number(one.qty ?? 1) * 1000) || 1000;
    return [one.lot ? { product, milli, lot: String(one.lot) } : { product, milli }];
  });
}

/** Digits alone are a code, not a name to search for. @param {string} text */
export function looksLikeCode(text) {
  return /^\d{6,}$/.test(text);
}

/** Lines of `price_changed`, as news about products. @param {any} lines
 * @returns {Map<string, {price: number}>} */
export function newPrices(lines) {
  const news = new Map();
  for (const l of Array.isArray(lines) ? lines : []) {
    if (typeof l?.product === 'string' && Number.isSafeInteger(l.price)) news.set(l.product, { price: l.price });
  }
  return news;
}
