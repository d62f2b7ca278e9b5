// The left side: what can be sold. Rows are keyed by slot, so a search repaints text only.

import { computed } from '@preact/signals';
import { formatQty } from '../../lib/money.js';
import { inTurn, typeQuery } from '../find.js';
import { add } from '../sell.js';
import { active, entry, hits, query, t } from '../state.js';
import { focusFind } from '../keys.js';
import { Key, Stars, priceOf } from './parts.jsx';

const anyHits = computed(() => hits.value.items.length > 0);
const hitsId = computed(() => (anyHits.value ? 'hits' : undefined));
const chosenId = computed(() => (active.value < 0 ? undefined : 'hit' + active.value));

/** @param {{p: import('../../lib/bill.js').Product}} props */
function Left({ p }) {
  if (p.stock === null || p.stock === undefined) return null; // a service
  if (p.stock <= 0) return <span class="out">{t('find.out')}</span>;
  return <span>{t('find.left', { n: formatQty(Math.round(p.stock * 1000)), unit: p.unit })}</span>;
}

/** @param {{at: number}} props */
function Hit({ at }) {
  const p = hits.value.items[at];
  const pick = () => {
    const times = entry.value.milli ?? 1000;
    query.value = '';
    inTurn(() => add(p, times));
  };
  return (
    <li id={'hit' + at} role="option" aria-selected={at === active.value} class="row" onClick={pick}>
      <span class="name">{p.name}</span>
      <span class="meta"><Stars ocop={p.ocop} /><Left p={p} /><span class="sku">{p.sku}</span></span>
      <span class="price">{priceOf(p)}</span>
    </li>
  );
}

function Count() {
  const { q, items, more } = hits.value;
  const { milli } = entry.value;
  let text = q === '' ? t('find.popular') : t(more ? 'find.more' : 'find.found', { n: items.length });
  if (milli !== null) text = t('find.times', { qty: formatQty(milli) }) + ' ' + text;
  return <p class={'count' + (milli === null ? ' quiet' : '')} role="status">{text}</p>;
}

function Results() {
  const { q, items } = hits.value;
  if (items.length === 0) return <p class="nothing quiet">{q ? t('find.none', { text: q }) : t('find.empty')}</p>;
  return (
    <div class="results" tabIndex={0} role="group" aria-label={t('find.list')}>
      <ul id="hits" role="listbox" aria-label={t('find.list')}>
        {items.map((_, at) => <Hit key={at} at={at} />)}
      </ul>
    </div>
  );
}

function Field() {
  return (
    <div class="search">
      <label class="hidden" for="find">{t('find.label')}</label>
      <input id="find" type="search" role="combobox" list={undefined} autocomplete="off" spellcheck={false} maxLength={100}
        placeholder={t('find.label')} value={query} aria-expanded={anyHits}
        aria-controls={hitsId} aria-activedescendant={chosenId} onInput={e => typeQuery(e.currentTarget.value)} />
      <button type="button" class="plain" aria-label={t('keys.find') + ' F3'} onClick={focusFind}><Key name="F3" /></button>
    </div>
  );
}

export function Find() {
  return <section class="find panel" aria-label={t('keys.find')}><Field /><Count /><Results /></section>;
}
