// The dialog at the counter: money in, what went wrong, change and receipt.

import { formatVnd, quickTenders } from '../../lib/money.js';
import { useSignal } from '@preact/signals';
import { acceptPrices, eraseDigit, leavePayment, quickTender, resumePayment, settle, typeDigits } from '../pay.js';
import { MAY_PASS } from '../../lib/outcome.js';
import { askAfterRefusal } from '../approve.js';
import { nextBill } from '../sell.js';
import { cash, due, mode, refusal, refusedFor, repriced, sale, t, total, tries, typed } from '../state.js';
import { Modal, Press, Strip } from './parts.jsx';
import { ReceiptPrinting } from './printing.jsx';

/** @param {{label: string, amount: string, class?: string, live?: boolean}} props */
function Row({ label, amount, class: kind = '', live }) {
  return <div class={'sumrow ' + kind}><span>{label}</span><output aria-live={live ? 'polite' : 'off'}>{amount}</output></div>;
}

function Quick() {
  return (
    <div class="quick" role="group" aria-label={t('pay.quick')}>
      {quickTenders(due.value).map((amount, i) => (
        <Press key={i} keys={'F' + (i + 1)} pressed={typed.value === String(amount)} onClick={() => quickTender(i)}>
          <span>{formatVnd(amount)}{i === 0 && <small>{t('pay.exact')}</small>}</span></Press>))}
    </div>
  );
}

/** For fingers; a till with a keyboard does not show it. */
function Pad() {
  return (
    <div class="pad" role="group" aria-label={t('pay.pad')}>
      {['7', '8', '9', '4', '5', '6', '1', '2', '3', '000', '0'].map(d => (
        <button key={d} type="button" onClick={() => typeDigits(d)}>{d}</button>))}
      <button type="button" aria-label={t('pay.erase')} onClick={eraseDigit}>⌫</button>
    </div>
  );
}

function Money() {
  const { tendered, change, missing } = cash.value;
  const busy = mode.value === 'sending';
  const given = typed.value === '' ? t('pay.exactly', { amount: formatVnd(due.value) }) : formatVnd(tendered);
  return (<>
    <Row label={t('pay.due')} amount={formatVnd(due.value)} class="due" />
    {due.value !== total.value && <Row label={t('pay.exactTotal')} amount={formatVnd(total.value)} class="quiet" />}
    <Row label={t('pay.tendered')} amount={given} class={'given' + (typed.value === '' ? ' guess' : '')} />
    {missing > 0 ? <Row label={t('pay.missing')} amount={formatVnd(missing)} class="back missing" live />
      : <Row label={t('pay.change')} amount={formatVnd(change)} class="back" live />}
    <div class="tenders"><Quick /><Pad /></div>
    <Strip />
    <div class="actions">
      <Press keys="Esc" disabled={busy} onClick={leavePayment}>{t('pay.back')}</Press>
      <Press keys="Enter" class="go" disabled={busy || missing > 0} onClick={settle}>{t(busy ? 'pay.sending' : 'pay.go')}</Press>
    </div>
  </>);
}

/** Most sales are answered before an eye sees anything: only a second try changes the picture. */
function Sending() {
  if (tries.value < 2) return <Money />;
  return (
    <div class="waiting" role="status">
      <span class="spin" aria-hidden="true" />
      <p>{t('pay.sending')}</p>
      <p class="hint">{t('pay.again', { n: tries.value })}</p>
    </div>
  );
}

function Price() {
  return (<>
    <h2 class="alarm">{t('pay.priceTitle')}</h2>
    <ul class="news">{repriced.value.map((r, i) => (
      <li key={i}>{t('pay.priceLine', { name: r.name, old: formatVnd(r.old), new: formatVnd(r.price) })}</li>))}</ul>
    <Row label={t('pay.priceTotal')} amount={formatVnd(total.value)} class="due" live />
    <div class="actions">
      <Press keys="Esc" onClick={leavePayment}>{t('pay.back')}</Press>
      <Press keys="Enter" class="go" onClick={acceptPrices}>{t('pay.accept')}</Press>
    </div>
  </>);
}

function Refused() {
  const fault = mode.value === 'fault';
  return (<>
    <h2 class="alarm">{t(fault ? 'pay.faultTitle' : 'pay.refusedTitle')}</h2>
    <p role="alert">{refusal.value || t('note.failed')}</p>
    {fault && <p class="hint">{t('pay.fault')}</p>}
    <div class="actions">
      <Press keys={fault ? 'Esc' : 'Enter'} onClick={leavePayment}>{t('pay.back')}</Press>
      {!fault && MAY_PASS.has(refusedFor.value) && <Press keys="F8" onClick={askAfterRefusal}>{t('approve.ask')}</Press>}
      {fault && <Press keys="Enter" class="go" onClick={resumePayment}>{t('pay.retry')}</Press>}
    </div>
  </>);
}

/** @param {{no: string}} props */
function Receipt({ no }) {
  const broken = useSignal(false);
  if (broken.value) return <p class="hint">{t('done.noPicture')}</p>;
  return (
    <div class="paper" tabIndex={0} role="group" aria-label={t('done.picture', { no })}>
      <img src={`/api/v1/sales/${encodeURIComponent(no)}/receipt.png`} alt={t('done.picture', { no })}
        onError={() => { broken.value = true; }} />
    </div>
  );
}

function Done() {
  const { receipt_no: no, paid, change, tendered } = sale.value;
  return (<>
    <div class="told">
      <h2><span class="tick" aria-hidden="true">✓</span> {t('done.title')}</h2>
      <p class="quiet">{t('done.receipt', { no })}</p>
      <p class="change" role="status">
        {change > 0 ? <><span>{t('done.change')}</span> <strong>{formatVnd(change)}</strong></> : <span>{t('done.noChange')}</span>}</p>
      <Row label={t('done.paid')} amount={formatVnd(paid)} />
      <Row label={t('done.tendered')} amount={formatVnd(tendered)} />
      <ReceiptPrinting />
      <Strip />
      <Press keys="Enter" class="go" onClick={nextBill}>{t('done.next')}</Press>
    </div>
    <Receipt no={no} />
  </>);
}

const BODY = { pay: Money, sending: Sending, price: Price, refused: Refused, fault: Refused, done: Done };

export function Counter() {
  const now = mode.value;
  const Body = BODY[/** @type {keyof typeof BODY} */ (now)];
  if (!Body) return null;
  return <Modal label={t(now === 'done' ? 'done.title' : 'pay.title')} class={'counter ' + now}><Body /></Modal>;
}
