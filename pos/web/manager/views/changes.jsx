// What every new list changed, newest first.

import { useEffect } from 'preact/hooks';
import { formatQty } from '../../lib/money.js';
import { loadChanges } from '../load.js';
import { PLACES, changes, goods, has, t } from '../state.js';
import { dayOf, whenOf } from './parts.jsx';

/** @typedef {import('../state.js').Change} Change */
/** @typedef {import('../state.js').Held} Held */

/** What concerns people most, first. */
const COUNTS = ['withdrawn', 'suspended', 'downgraded', 'dropped', 'reinstated', 'upgraded', 'new', 'changed'];
const WORSE = new Set(['withdrawn', 'suspended', 'downgraded', 'dropped']);

/** @param {Held} h */
function productOf(h) {
  const id = typeof h.product === 'number' ? 'p_' + h.product : h.product;
  return { id, good: goods.value?.items.find(g => g.id === id) };
}

/** @param {Held} h "37 hũ" as it was then */
function qtyOf(h) {
  const milli = h.qty_milli ?? Math.round((h.qty ?? 0) * 1000);
  return formatQty(milli) + ' ' + (productOf(h).good?.unit ?? '');
}

/** @param {Held} h */
function newsOf(h) {
  const values = { stars: h.stars ?? 0, was: h.was_stars ?? 0 };
  const name = h.what === 'withdrawn' && h.recall && h.recall !== 'none' ? 'recalled' : h.what;
  return has('news.' + name) ? t('news.' + name, values) : name;
}

/** @param {Held} a @param {Held} b */
function worseFirst(a, b) {
  return COUNTS.indexOf(a.what) - COUNTS.indexOf(b.what);
}

/** @param {{h: Held}} props */
function Touched({ h }) {
  return (
    <li><a href={`#${PLACES.links}/${productOf(h).id}`}>{h.name}</a> <span class={WORSE.has(h.what) ? 'worse' : ''}>{newsOf(h)}</span>
      {' · '}{t('changes.held', { qty: qtyOf(h) })}</li>
  );
}

/** The sentence of a list, and under it the goods of this shop that it touches; a first list touches all.
 * @param {{change: Change, most?: number}} props */
export function Summary({ change, most = 12 }) {
  const counted = COUNTS.filter(c => change[c] > 0);
  const touched = [...change.held ?? []].sort(worseFirst);
  const rest = touched.slice(most);
  return (<>
    <p class="counts">{counted.length === 0 ? t('changes.nothing') : counted.map(c => (
      <span key={c} class={WORSE.has(c) ? 'worse' : ''}>{t('count.' + c, { n: formatQty(change[c] * 1000) })}</span>))}</p>
    {touched.length > 0 && <ul class="held">{touched.slice(0, most).map((h, i) => <Touched key={i} h={h} />)}</ul>}
    {rest.length > 0 && (
      <details class="rest"><summary>{t('changes.rest', { n: rest.length })}</summary>
        <ul class="held">{rest.map((h, i) => <Touched key={i} h={h} />)}</ul></details>)}
  </>);
}

/** A certificate of ours that comes near its end. @param {{change: Change}} props */
function Notice({ change }) {
  const over = change.days === 0;
  return (
    <li><a href={`#${PLACES.links}/${change.product}`}>{change.name}</a>: <span class={over ? 'worse' : ''}>
      {t(over ? 'changes.over' : 'changes.notice', { n: change.days, date: dayOf(change.valid_until) })}</span></li>
  );
}

/** What was said one after the other on one day stands together. @param {Change[]} items @returns {Change[][]} */
function together(items) {
  const groups = /** @type {Change[][]} */ ([]);
  for (const c of items) {
    const last = groups.at(-1)?.[0];
    const joins = last?.kind === 'notice' && c.kind === 'notice' && last.at.slice(0, 10) === c.at.slice(0, 10);
    if (joins) groups.at(-1)?.push(c);
    else groups.push([c]);
  }
  return groups;
}

export function Changes() {
  useEffect(() => { loadChanges(); }, []);
  const now = changes.value;
  return (<>
    <h1>{t('changes.title')}</h1>
    {!now && <p class="quiet">{t('reading')}</p>}
    {now?.items.length === 0 && <p class="quiet">{t('changes.none')}</p>}
    {now && (
      <ol class="history">{together(now.items).map(group => (
        <li key={group[0].seq}>
          <h2>{whenOf(group[0].at)}</h2>
          {group[0].kind === 'notice' ? <ul class="held">{group.map(c => <Notice key={c.seq} change={c} />)}</ul>
            : <div><Summary change={group[0]} /></div>}
        </li>))}</ol>)}
    {now?.cursor && <button type="button" onClick={() => loadChanges(true)}>{t('more')}</button>}
  </>);
}
