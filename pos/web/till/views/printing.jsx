// The strip of the printers: nothing while all is well.

import { troublesAt, wordFor } from '../../lib/printing.js';
import { answerFirst } from '../printing.js';
import { asked, printers, printing, t, till } from '../state.js';
import { Press } from './parts.jsx';

function Question() {
  const [job, ...more] = asked.value;
  if (!job) return null;
  return (
    <div class="printing asks" role="group" aria-label={t('printer.asked', { no: job.receipt_no ?? '' })}>
      <p role="status">{t('printer.asked', { no: job.receipt_no ?? '' })}
        {more.length > 0 && <span class="quiet"> {t('printer.more', { n: more.length })}</span>}</p>
      <Press keys="F4" onClick={() => answerFirst(true)}>{t('printer.yes')}</Press>
      <Press keys="F8" onClick={() => answerFirst(false)}>{t('printer.again')}</Press>
    </div>
  );
}

function Troubles() {
  const now = troublesAt(printers.value, till.value);
  const many = printers.value.length > 1;
  return now.map(p => (
    <p key={p.id} class="printing" role="status">{many && <strong>{p.id}: </strong>}{t('printer.' + p.state)}
      {(p.queue ?? 0) > 0 && ' ' + t('printer.waiting', { n: p.queue ?? 0 })}</p>));
}

export function Printing() {
  return <><Troubles /><Question /></>;
}

/** After the money: how the receipt fares, and what keeps it. */
export function ReceiptPrinting() {
  const job = printing.value;
  return (<>
    {job && job.state !== 'unknown' && <p class={'printed ' + wordFor(job)} role="status">{t('printer.job.' + wordFor(job))}</p>}
    <Printing />
  </>);
}
