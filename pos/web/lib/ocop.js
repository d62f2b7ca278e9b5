// What a certificate is worth today, in the cashier's terms.

/** @typedef {import('./bill.js').Ocop} Ocop */
/** @typedef {'good' | 'expiring' | 'grace' | 'expired' | 'suspended' | 'withdrawn' | 'recalled' | 'unknown'} Standing */

/** From here on a certificate is told to be near its end, as docs/manager.md says. */
const SOON_DAYS = 90;
const VIETNAM_MS = 7 * 3600_000;
const DAY_MS = 86_400_000;

/** Days since 1970 in Vietnam. @param {number} now milliseconds */
export function vietnamDay(now) {
  return Math.floor((now + VIETNAM_MS) / DAY_MS);
}

/** "2027-03-04" -> "04/03/2027". @param {string | null | undefined} date */
export function formatDate(date) {
  return (date ?? '').split('-').reverse().join('/');
}

/**
 * `days` counts from today to the last day, which is still good.
 * @param {Ocop | null | undefined} ocop
 * @param {number} now milliseconds
 * @param {boolean} [tooOld] the list is too old to be believed
 * @returns {{standing: Standing, stars: number, days: number} | null}
 */
export function standing(ocop, now, tooOld = false) {
  if (!ocop) return null;
  const last = ocop.valid_until ? Date.parse(ocop.valid_until + 'T00:00:00Z') / DAY_MS : Infinity;
  const days = last - vietnamDay(now);
  const judged = judge(ocop, days);
  const shown = tooOld && (judged === 'good' || judged === 'expiring') ? 'unknown' : judged;
  return { standing: shown, stars: ocop.stars, days };
}

/** The status is as the daemon judged it. @param {Ocop} ocop @param {number} days @returns {Standing} */
function judge({ status, recall = 'none' }, days) {
  switch (status) {
    case 'in_force':
      if (days < 0) return 'expired'; // the page has been open past midnight
      return days <= SOON_DAYS ? 'expiring' : 'good';
    case 'grace':
      return 'grace';
    case 'expired':
    case 'superseded':
      return 'expired';
    case 'suspended':
      return 'suspended';
    case 'withdrawn':
      return recall === 'none' ? 'withdrawn' : 'recalled';
    default:
      return 'unknown';
  }
}
