// What a manager must know of the goods on the shelves each morning, out of the catalogue.

import { standing } from './ocop.js';

/** @typedef {import('./bill.js').Product & {registry_id?: string | null, retired?: boolean}} Good */
/** @typedef {'recalled' | 'withdrawn' | 'suspended' | 'expired' | 'grace'} Trouble */
/** @typedef {{good: Good, kind: Trouble}} Task */
/** @typedef {{good: Good, days: number}} Ending */

/** The worst first. @type {Trouble[]} */
const WORST = ['recalled', 'withdrawn', 'suspended', 'expired', 'grace'];
const MONTH_DAYS = 30;

/** What is left to sell; a service counts as nothing on a shelf. @param {Good} good */
export function held(good) {
  return Math.max(0, good.stock ?? 0);
}

/** @param {Task} a @param {Task} b */
function worseFirst(a, b) {
  return WORST.indexOf(a.kind) - WORST.indexOf(b.kind) || held(b.good) - held(a.good);
}

/**
 * @param {Good[]} goods the catalogue
 * @param {number} now milliseconds
 */
export function morning(goods, now) {
  const tasks = /** @type {Task[]} */ ([]);
  const soon = /** @type {Ending[]} */ ([]);
  let certified = 0;
  let linkless = 0;
  for (const good of goods) {
    const judged = good.retired ? null : standing(good.ocop, now);
    if (!good.retired && !good.ocop) linkless++;
    if (!judged) continue;
    const kind = /** @type {Trouble} */ (judged.standing);
    if (WORST.includes(kind)) tasks.push({ good, kind });
    else certified++;
    if (judged.standing === 'expiring') soon.push({ good, days: judged.days });
  }
  soon.sort((a, b) => a.days - b.days || held(b.good) - held(a.good));
  const within30 = soon.filter(e => e.days <= MONTH_DAYS).length;
  return { tasks: tasks.sort(worseFirst), soon, within30, certified, linkless };
}
