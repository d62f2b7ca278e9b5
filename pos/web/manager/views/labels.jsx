// Shelf labels and price tags: choose a product, see its label as it will be printed, print it.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatVnd } from '../../lib/money.js';
import { labelPicture, labelPrinters } from '../../lib/labels.js';
import { loadLots, printLabels } from '../load.js';
import { PLACES, chosen, goods, printers, t } from '../state.js';
import { Goods } from './goods.jsx';
import { dayOf } from './parts.jsx';

/** @typedef {import('../state.js').Good} Good */
/** @typedef {import('../../lib/labels.js').Lot} Lot */

const COPIES_MAX = 100;

/** Lots of the product that may still be sold. @param {string} id */
function useLots(id) {
  const lots = useSignal(/** @type {Lot[]} */ ([]));
  useEffect(() => {
    let mine = true;
    lots.value = [];
    loadLots(id).then(found => { if (mine) lots.value = found; });
    return () => { mine = false; };
  }, [id, goods.value]);
  return lots;
}

/** @param {{lot: Lot}} props */
function lotName({ lot }) {
  const until = lot.expires ? t('labels.until', { date: dayOf(lot.expires) }) : t('labels.noDate');
  return [lot.lot_code, until].filter(Boolean).join(' · ');
}

/** The label as the printer draws it. @param {{path: string}} props */
function Picture({ path }) {
  const failed = useSignal('');
  return (
    <figure class="label">
      {failed.value === path ? <p class="quiet">{t('labels.noPicture')}</p>
        : <img src={path} alt={t('labels.picture')} onError={() => { failed.value = path; }} />}
    </figure>
  );
}

/** @param {{product: Good}} props */
function Form({ product }) {
  const lots = useLots(product.id);
  const kind = useSignal(/** @type {'shelf' | 'price'} */ ('shelf'));
  const lot = useSignal('');
  const printer = useSignal('');
  const qty = useSignal(1);
  const told = useSignal('');
  const able = labelPrinters(printers.value?.items ?? []);
  const ask = () => ({ product: product.id, kind: kind.value, lot: kind.value === 'price' ? lot.value : '',
    printer: printer.value });
  const print = async (/** @type {SubmitEvent} */ e) => {
    e.preventDefault();
    told.value = '';
    if (await printLabels(ask(), qty.value)) told.value = t('labels.queued', { n: qty.value });
  };
  return (<>
    <Picture path={labelPicture(ask())} />
    <form class="ask" onSubmit={print}>
      <label class="grow">{t('labels.kind')}
        <select name="kind" value={kind} onChange={e => { kind.value = e.currentTarget.value === 'price' ? 'price' : 'shelf'; }}>
          <option value="shelf">{t('labels.shelf')}</option>
          <option value="price">{t('labels.price')}</option>
        </select></label>
      {kind.value === 'price' && lots.value.length > 0 && (
        <label class="grow">{t('labels.lot')}
          <select name="lot" value={lot} onChange={e => { lot.value = e.currentTarget.value; }}>
            <option value="">{t('labels.anyLot')}</option>
            {lots.value.map(l => <option key={l.lot} value={l.lot}>{lotName({ lot: l })}</option>)}
          </select></label>)}
      {able.length > 1 && (
        <label>{t('labels.printer')}
          <select name="printer" value={printer} onChange={e => { printer.value = e.currentTarget.value; }}>
            {able.map((p, i) => <option key={p.id} value={i ? p.id : ''}>{p.id}</option>)}
          </select></label>)}
      <label>{t('labels.qty')}
        <input type="number" inputMode="numeric" min={1} max={COPIES_MAX} required value={qty}
          onInput={e => { qty.value = e.currentTarget.valueAsNumber || 0; }} /></label>
      <button class="go" disabled={able.length === 0}>{t('labels.print')}</button>
    </form>
    <p class="quiet" role="status">{able.length === 0 && printers.value ? t('labels.noPrinter') : told.value}</p>
  </>);
}

/** @param {Good} good */
function priceOf({ price, unit }) {
  return <span class="quiet">{formatVnd(price)}/{unit}</span>;
}

export function Labels() {
  const product = goods.value?.items.find(g => g.id === chosen.value);
  return (<>
    <h1>{t('labels.title')}</h1>
    <div class={'pair' + (product ? ' has' : '')}>
      <Goods of="labels" tail={priceOf} />
      {product ? (
        <section class="chosen" aria-labelledby="chosen">
          <a class="back" href={'#' + PLACES.labels}>← {t('links.back')}</a>
          <h2 id="chosen" tabIndex={-1}>{product.name}</h2>
          <Form key={product.id} product={product} />
        </section>
      ) : <p class="chosen quiet empty">{t('labels.choose')}</p>}
    </div>
  </>);
}
