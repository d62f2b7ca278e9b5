// What a page asks for when it prints labels.

/** @typedef {{lot: string, lot_code: string | null, expires: string | null, accounts?: {shelf: number}}} Lot */
/** @typedef {{product: string, kind: 'shelf' | 'price', lot: string, printer: string}} Ask `lot`, `printer`: "" = none chosen */

const VIETNAM_MS = 7 * 3600_000;

/** Where the daemon draws it. @param {Ask} ask */
export function labelPicture({ product, kind, lot, printer }) {
  const words = new URLSearchParams({ kind });
  if (lot) words.set('lot', lot);
  if (printer) words.set('printer', printer);
  return `/api/v1/products/${encodeURIComponent(product)}/label.png?${words}`;
}

/** The body of POST /api/v1/labels. @param {Ask} ask @param {number} qty */
export function labelOrder({ product, kind, lot, printer }, qty) {
  return { kind, printer: printer || null, items: [{ product, lot: lot || null, qty }] };
}

/** Printers that labels go to; the first is the one meant when none is named. @param {{id: string, roles?: string[]}[]} printers */
export function labelPrinters(printers) {
  return printers.filter(p => p.roles?.includes('label'));
}

/** Lots that stand on the shelf and are not past their last day. @param {Lot[]} lots @param {number} now milliseconds */
export function openLots(lots, now) {
  const today = new Date(now + VIETNAM_MS).toISOString().slice(0, 10);
  return lots.filter(l => (l.accounts?.shelf ?? 0) > 0 && (!l.expires || l.expires >= today));
}
