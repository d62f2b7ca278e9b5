// The strip of the printers: nothing while all is well.

import { troublesAt, wordFor } from '../../lib/printing.js';
import { answerQuestion } from '../printing.js';
import { asked, printers, printing, question, t, till } from '../state.js';
import { Press } from './parts.jsx';

function Question() {
  const job = question.value;
  if (!job) return null;
  const n = asked.value.length - 1;
  const text = t('printer.asked', { no: job.receipt_no ?? '' });
  return (
    <section class="printing asks" aria-label={text}>
      <p role="status">{text}{n > 0 && <span class="quiet"> {t('printer.more', { n })}</span>}</p>
      <Press keys="F4" onClick={() => answerQuestion(true)}>{t('printer.yes')}</Press>
      <Press keys="F8" onClick={() => answerQuestion(false)}>{t('printer.again')}</Press>
    </section>
  );
}

/** @param {{of: import('../../lib/printing.js').Printer[]}} props */
function Troubles({ of }) {
  if (of.length === 0) return null;
  const many = printers.value.length > 1;
  return (
    <p class="printing" role="status">{of.map(p => (
      <span key={p.id}>{many && p.id + ': '}{t('printer.' + p.state)}
        {(p.queue ?? 0) > 0 && ' ' + t('printer.waiting', { n: p.queue ?? 0 })} </span>))}</p>
  );
}

export function Printing() {
  return <><Troubles of={troublesAt(printers.value, till.value)} /><Question /></>;
}

/** After the money: how the receipt fares, and what keeps it. */
export function ReceiptPrinting() {
  const job = printing.value;
  if (!job) return null;
  const keeps = job.state === 'queued' || job.state === 'sending' || job.state === 'sent';
  return (<>
    {job.state !== 'unknown' && <p class={'printed ' + wordFor(job)} role="status">{t('printer.job.' + wordFor(job))}</p>}
    {keeps && <Troubles of={troublesAt(printers.value, till.value).filter(p => p.id === job.printer)} />}
    <Question />
  </>);
}
