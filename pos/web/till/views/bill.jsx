// The right side: the open bill, its total, and the way to the money.

import { useEffect, useRef } from 'preact/hooks';
import { amountOf } from '../../lib/bill.js';
import { formatQty, formatVnd } from '../../lib/money.js';
import { inTurn } from '../find.js';
import { openPayment } from '../pay.js';
import { editQty, leaveQty, setTypedQty, stepQty } from '../sell.js';
import { bill, mode, selected, t, total } from '../state.js';
import { Press, Stars, useFocus } from './parts.jsx';

/** @param {{milli: number, name: string}} props */
function QtyField({ milli, name }) {
  const field = useFocus();
  const onKey = (/** @type {KeyboardEvent} */ e) => {
    if (e.key === 'Enter') setTypedQty(field.current?.value ?? '');
    else if (e.key === 'Escape') leaveQty();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    <input ref={field} class="qty" inputMode="decimal" maxLength={8} defaultValue={formatQty(milli).replace('.', '')}
      aria-label={t('bill.qty', { name })} onKeyDown={onKey} onBlur={leaveQty} />
  );
}

/** @param {{at: number}} props */
function Stepper({ at }) {
  const { product: { name }, milli } = bill.value.lines[at];
  if (mode.value === 'qty' && at === selected.value) return <QtyField milli={milli} name={name} />;
  return (
    <span class="stepper">
      <button type="button" aria-label={t('bill.less', { name })} onClick={() => stepQty(-1, at)}>−</button>
      <button type="button" class="qty" aria-label={t('bill.qty', { name }) + ' ' + formatQty(milli)}
        onClick={() => editQty(at)}>{formatQty(milli)}</button>
      <button type="button" aria-label={t('bill.more', { name })} onClick={() => stepQty(1, at)}>+</button>
    </span>
  );
}

/** @param {{at: number}} props */
function Line({ at }) {
  const line = bill.value.lines[at];
  const { product, milli } = line;
  const on = at === selected.value;
  const row = useRef(/** @type {HTMLLIElement | null} */ (null));
  useEffect(() => { if (on) row.current?.scrollIntoView({ block: 'nearest' }); }, [on, milli]);
  const left = product.stock === null ? Infinity : Math.round(product.stock * 1000);
  return (
    <li ref={row} class={'line' + (on ? ' on' : '')} aria-current={on} onClick={() => { selected.value = at; }}>
      <span class="name">{product.name} <Stars ocop={product.ocop} /></span>
      <span class="each quiet">{t('bill.each', { price: formatVnd(product.price), unit: product.unit })}
        {milli > left && <span class="out"> · {t('bill.short', { n: formatQty(left) })}</span>}</span>
      <Stepper at={at} />
      <span class="sum">{formatVnd(amountOf(line))}</span>
    </li>
  );
}

function Lines() {
  const { lines } = bill.value;
  if (lines.length === 0) return <p class="nothing quiet">{t('bill.empty')}</p>;
  return (
    <div class="lines" tabIndex={0} role="group" aria-label={t('bill.title')}>
      <ul>{lines.map((_, at) => <Line key={at} at={at} />)}</ul>
    </div>
  );
}

export function Bill() {
  const { length } = bill.value.lines;
  return (
    <section class="bill panel" aria-label={t('bill.title')}>
      <header><h2>{t('bill.title')}</h2><span class="quiet">{t('bill.count', { n: length })}</span></header>
      <Lines />
      <footer>
        <div class="total"><span>{t('bill.total')}</span><output aria-live="polite">{formatVnd(total.value)}</output></div>
        <Press keys="F9" class="go big" disabled={length === 0} onClick={() => inTurn(openPayment)}>{t('bill.pay')}</Press>
      </footer>
    </section>
  );
}
