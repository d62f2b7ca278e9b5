// Which product of the shop belongs to which certificate.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { findRecords, loadLinks, setLink } from '../load.js';
import { PLACES, chosen, goods, note, t, warnAnswer } from '../state.js';
import { Goods } from './goods.jsx';
import { Status, heldOf } from './parts.jsx';
import { Record } from './record.jsx';

/** @typedef {import('../state.js').Good} Good */

/** Looks for another certificate by its name. @param {{product: Good, linked: Set<string>, change: (id: string, on: boolean) => unknown}} props */
function Other({ product, linked, change }) {
  const q = useSignal('');
  const found = useSignal(/** @type {any[] | null} */ (null));
  const ask = async (/** @type {SubmitEvent} */ e) => {
    e.preventDefault();
    const answer = await findRecords({ q: q.value.trim() || product.name, status: '' });
    if (answer.status === 200) found.value = answer.body.items;
    else warnAnswer(answer);
  };
  return (
    <section aria-labelledby="other">
      <h3 id="other">{t('links.other')}</h3>
      <form class="ask" role="search" aria-label={t('links.other')} onSubmit={ask}>
        <label class="grow">{t('list.q')}
          <input type="search" maxLength={100} autocomplete="off" value={q} placeholder={product.name}
            onInput={e => { q.value = e.currentTarget.value; }} /></label>
        <button>{t('links.find')}</button>
      </form>
      {found.value?.length === 0 && <p class="quiet">{t('links.notFound')}</p>}
      <ul class="records">{found.value?.filter(r => !linked.has(r.id)).map(r => (
        <Record key={r.id} record={r}>
          <button type="button" onClick={() => change(r.id, true)}>{t('links.link')}<span class="hidden"> {r.name}</span></button>
        </Record>))}</ul>
    </section>
  );
}

/** What the daemon knows of the product's certificates. @param {string} id */
function useLinks(id) {
  const known = useSignal(/** @type {{links: any[], suggestions: any[]} | null} */ (null));
  const load = async () => {
    const answer = await loadLinks(id);
    if (answer.status !== 200) return warnAnswer(answer);
    if (chosen.peek() === id) known.value = answer.body;
  };
  useEffect(() => { known.value = null; load(); }, [id, goods.value]);
  const change = async (/** @type {string} */ registry, /** @type {boolean} */ on) => {
    note.value = null;
    await setLink(id, registry, on);
    await load();
    document.getElementById('chosen')?.focus(); // the button that was pressed is gone
  };
  return { known, change };
}

/** One that is on no list any more tells only its id. @param {{link: any, change: (id: string, on: boolean) => unknown}} props */
function Linked({ link, change }) {
  const name = link.name ?? link.registry_id;
  const how = (
    <p class="how"><span>{t('how.' + link.how)}</span>
      <button type="button" class="plain" onClick={() => change(link.registry_id, false)}>{t('links.unlink')}<span class="hidden"> {name}</span></button></p>
  );
  if (link.listed === false) return <li class="record"><p class="unlisted"><strong>{name}</strong> {t('links.unlisted')}</p>{how}</li>;
  return <Record record={link}>{how}</Record>;
}

/** @param {{product: Good}} props */
function Chosen({ product }) {
  const { known, change } = useLinks(product.id);
  const { links = [], suggestions = [] } = known.value ?? {};
  const linked = new Set(links.map(l => l.registry_id));
  return (
    <section class="chosen" aria-labelledby="chosen">
      <a class="back" href={'#' + PLACES.links}>← {t('links.back')}</a>
      <h2 id="chosen" tabIndex={-1}>{product.name}</h2>
      <p class="quiet">{product.sku} · {heldOf(product)} · {(product.barcodes ?? []).join(' ') || t('links.noCode')}</p>
      {!known.value && <p class="quiet">{t('reading')}</p>}
      {known.value && links.length === 0 && <p>{t('links.nothing')}</p>}
      <ul class="records">{links.map(l => <Linked key={l.registry_id} link={l} change={change} />)}</ul>
      {suggestions.length > 0 && <h3>{t('links.suggested')}</h3>}
      <ul class="records">{suggestions.map(s => (
        <Record key={s.registry_id} record={s}>
          <p class="how"><span>{t('why.' + s.why)}</span>
            <button type="button" class="mild" onClick={() => change(s.registry_id, true)}>{t('links.link')}<span class="hidden"> {s.name}</span></button></p>
        </Record>))}</ul>
      <Other product={product} linked={linked} change={change} />
    </section>
  );
}

/** @param {Good} good */
function certificateOf({ ocop }) {
  return ocop ? <Status status={ocop.status} recall={ocop.recall} /> : <span class="status none">{t('links.none')}</span>;
}

export function Links() {
  const product = goods.value?.items.find(g => g.id === chosen.value);
  return (<>
    <h1>{t('links.title')}</h1>
    <div class={'pair' + (product ? ' has' : '')}>
      <Goods of="links" only={{ name: t('links.open'), fits: g => !g.ocop }} tail={certificateOf} />
      {product ? <Chosen key={product.id} product={product} /> : <p class="chosen quiet empty">{t('links.choose')}</p>}
    </div>
  </>);
}
