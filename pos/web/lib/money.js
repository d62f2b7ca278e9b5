// Dong are whole numbers, always. Quantities are whole thousandths of the unit.

const groups = new Intl.NumberFormat('vi-VN');
const parts = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 3 });

/** The largest amount the books hold, as base/money.h. */
export const MONEY_MAX = 2 ** 40 - 1;
/** The largest quantity typed on one line: 9999 of the unit. */
export const MILLI_MAX = 9_999_000;

/** 1234567 -> "1.234.567 ₫", with a space that does not break. @param {number} dong */
export function formatVnd(dong) {
  return groups.format(dong) + '\u00a0₫';
}

/** 1500 -> "1,5". @param {number} milli */
export function formatQty(milli) {
  return parts.format(milli / 1000);
}


/**
 * "1,5" or "1.5" -> 1500; "2" -> 2000; null when it is no quantity above zero
 * with at most three decimals.
 * @param {string} text
 */
export function parseQty(text) {
  const m = /^(\d{1,4})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  if (!m) return null;
  const milli = Number(m[1]) * 1000 + Number((m[2] ?? '').padEnd(3, '0'));
  return milli > 0 && milli <= MILLI_MAX ? milli : null;
}

/**
 * What stands in the search field: "5*mien" is five of what "mien" finds.
 * @param {string} text
 * @returns {{milli: number | null, text: string}}
 */
export function parseEntry(text) {
  const m = /^\s*([\d.,]+)\s*\*(.*)$/s.exec(text);
  const milli = m ? parseQty(m[1]) : null;
  if (!m || milli === null) return { milli: null, text: text.trim() };
  return { milli, text: m[2].trim() };
}

/**
 * Money as people type it: "50k", "50.000", "50000". Null when it is not money.
 * @param {string} text
 */
export function parseMoney(text) {
  const m = /^(\d+|\d{1,3}(?:[.,\s]\d{3})+)\s*(k?)$/i.exec(text.trim());
  if (!m) return null;
  const dong = Number(m[1].replace(/\D/g, '')) * (m[2] ? 1000 : 1);
  return dong <= MONEY_MAX ? dong : null;
}

/** The nearest multiple of `step`, half up; as it is when `step` is 0. @param {number} dong
 * @param {number} step */
export function roundTo(dong, step) {
  return step > 0 ? Math.floor((dong + step / 2) / step) * step : dong;
}

// Notes that customers hand over.
const NOTES = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000];

/**
 * Amounts worth a button when a customer pays cash: the total itself, then the
 * total rounded up to each note, without repeats.
 * @param {number} total
 * @param {number} [most]
 * @returns {number[]}
 */
export function quickTenders(total, most = 6) {
  if (total <= 0) return [];
  const offers = new Set([total]);
  for (const note of NOTES) offers.add(Math.ceil(total / note) * note);
  return [...offers].sort((a, b) => a - b).slice(0, most);
}

/**
 * What the digits typed at payment mean: nothing typed is the exact amount.
 * @param {number} due
 * @param {string} typed digits only
 */
export function tender(due, typed) {
  const tendered = typed === '' ? due : Number(typed);
  return { tendered, change: Math.max(0, tendered - due), missing: Math.max(0, due - tendered) };
}
