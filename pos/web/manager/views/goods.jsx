// The shop's goods to choose one from, on the left of a page.

import { useSignal } from '@preact/signals';
import { PLACES, chosen, goods, t } from '../state.js';

/** @typedef {import('../state.js').Good} Good */
/** @typedef {{name: string, fits: (good: Good) => boolean}} Only a box to tick: only those that fit */

const SHOWN = 200;

/** Without marks and case, as people type. @param {string} text */
function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[\u0111\u0110]/g, 'd').toLowerCase();
}

/** @param {{q: import('@preact/signals').Signal<string>, open: import('@preact/signals').Signal<boolean>, only?: Only}} props */
function Filter({ q, open, only }) {
  return (
    <form class="ask" role="search" aria-label={t('links.goods')} onSubmit={e => e.preventDefault()}>
      <label class="grow">{t('links.q')}
        <input type="search" maxLength={100} autocomplete="off" spellcheck={false} value={q}
          onInput={e => { q.value = e.currentTarget.value; }} /></label>
      {only && <label class="check"><input type="checkbox" checked={open} onChange={e => { open.value = e.currentTarget.checked; }} />
        {only.name}</label>}
    </form>
  );
}

/** `of`: the page whose address names the one that is chosen. `tail`: what stands at the end of its row.
 * @param {{of: 'links' | 'labels', only?: Only, tail: (good: Good) => any}} props */
export function Goods({ of, only, tail }) {
  const q = useSignal('');
  const open = useSignal(false);
  const words = plain(q.value).split(/\s+/).filter(Boolean);
  const all = goods.value?.items ?? [];
  const fits = (/** @type {Good} */ g) => !g.retired && !(open.value && only && !only.fits(g))
    && words.every(w => plain(`${g.name} ${g.sku}`).includes(w));
  const rows = all.filter(fits);
  return (
    <section class="goods" aria-label={t('links.goods')}>
      <Filter q={q} open={open} only={only} />
      <p class="quiet" role="status">{goods.value ? t('links.count', { n: rows.length }) : t('reading')}</p>
      <ul>{rows.slice(0, SHOWN).map(g => (
        <li key={g.id}><a href={`#${PLACES[of]}/${g.id}`} aria-current={g.id === chosen.value ? 'true' : undefined}>
          <span class="name">{g.name}</span>
          <span class="quiet">{g.sku}</span>
          {tail(g)}
        </a></li>))}</ul>
    </section>
  );
}
