// Small pieces that several views use.

import { useEffect, useRef } from 'preact/hooks';
import { formatQty } from '../../lib/money.js';
import { formatDate } from '../../lib/ocop.js';
import { held } from '../../lib/morning.js';
import { when } from '../../lib/when.js';
import { has, note, t } from '../state.js';

/** A field that is ready to be typed into when it appears. */
export function useFocus() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  return field;
}

/** What went wrong; nothing when nothing did. */
export function Note() {
  const now = note.value;
  return <p class={'strip ' + (now?.kind ?? '')} role={now?.kind ? 'alert' : 'status'}>{now?.text ?? ''}</p>;
}

/** Gold only where they may be shown to a customer. @param {{n: number, past?: boolean}} props */
export function Stars({ n, past = false }) {
  return (
    <span class={past ? 'rank past' : 'rank'}>
      <span class="stars" aria-hidden="true">{'★'.repeat(n)}</span>
      <span class="hidden">{t('stars', { stars: n })}</span>
    </span>
  );
}

/** What a certificate is worth, in a word and a colour. @param {{status: string, recall?: string | null}} props */
export function Status({ status, recall }) {
  const name = status === 'withdrawn' && recall && recall !== 'none' ? 'recalled' : status;
  return <span class={'status ' + name}>{has('status.' + name) ? t('status.' + name) : status}</span>;
}

/** "37 hũ" that stand on the shelf. @param {import('../../lib/morning.js').Good} good */
export function heldOf(good) {
  return `${formatQty(Math.round(held(good) * 1000))} ${good.unit}`;
}

/** "07:42 hôm nay", "07:42 ngày 19/11/2026". @param {string | null | undefined} at */
export function whenOf(at) {
  const w = when(at, Date.now());
  if (!w) return '';
  if (w.daysAgo === 0) return t('when.today', { time: w.time });
  if (w.daysAgo === 1) return t('when.yesterday', { time: w.time });
  return t('when.day', { time: w.time, date: w.date });
}

/** @param {string | null | undefined} date "2026-11-22", or a time of that day */
export function dayOf(date) {
  return date ? formatDate(date.slice(0, 10)) : '–';
}
