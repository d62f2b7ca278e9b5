// Days and times as a shop speaks of them. The daemon's times all stand at +07:00.

import { formatDate, vietnamDay } from './ocop.js';

const DAY_MS = 86_400_000;

/** The day of "2026-11-22T07:42:00+07:00" or "2026-11-22", counted from 1970. @param {string} at */
function dayOf(at) {
  return Date.parse(at.slice(0, 10) + 'T00:00:00Z') / DAY_MS;
}

/**
 * @param {string | null | undefined} at RFC 3339 of the daemon
 * @param {number} now milliseconds
 * @returns {{date: string, time: string, daysAgo: number} | null} "22/11/2026", "07:42", 0
 */
export function when(at, now) {
  if (!at) return null;
  return { date: formatDate(at.slice(0, 10)), time: at.slice(11, 16), daysAgo: vietnamDay(now) - dayOf(at) };
}

/** Whole days from today to a date; 0 is today, below it is past. @param {string} date @param {number} now */
export function daysTo(date, now) {
  return dayOf(date) - vietnamDay(now);
}
