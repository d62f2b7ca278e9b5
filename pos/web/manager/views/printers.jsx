// The printers: how each is, what waits, and the slips of which nobody knows whether they came out.

import { useSignal } from '@preact/signals';
import { inTrouble } from '../../lib/printing.js';
import { answerJob, cancelJob, testPrinter } from '../load.js';
import { printers, t } from '../state.js';
import { whenOf } from './parts.jsx';

/** @typedef {import('../../lib/printing.js').Printer} Printer */
/** @typedef {import('../../lib/printing.js').Job} Job */

/** @param {{name: string, value: any}} props */
function Fact({ name, value }) {
  return value ? <div><dt>{t('printers.' + name)}</dt><dd>{value}</dd></div> : null;
}

/** What it says of itself: maker and model, else its number on USB. @param {Printer['device']} device */
function deviceOf(device) {
  if (!device) return '';
  const named = [device.maker, device.model].filter(Boolean).join(' ');
  return [named || `USB ${device.vendor}:${device.product}`, device.serial].filter(Boolean).join(' · ');
}

/** @param {{p: Printer}} props */
function Printer({ p }) {
  const told = useSignal('');
  const test = async () => {
    const job = await testPrinter(p.id);
    told.value = job ? t('printers.testing') : '';
  };
  const kind = inTrouble(p) ? 'bad' : p.state === 'ready' ? 'good' : '';
  return (
    <li class={'printer ' + kind} aria-labelledby={'printer-' + p.id}>
      <div class="said">
        <h2 id={'printer-' + p.id}><span class="dot" aria-hidden="true" />{p.id} <span class="how-is">{t('printers.state.' + p.state)}</span></h2>
        {(inTrouble(p) || p.state === 'unknown') && <p role="status">{p.message}</p>}
        {p.paper === 'low' && <p class="low">{t('printers.low')}</p>}
      </div>
      <div class="act">
        <button type="button" onClick={test}>{t('printers.test')}<span class="hidden"> {p.id}</span></button>
        <p class="quiet" role="status">{told.value}</p>
      </div>
      <dl class="facts">
        <Fact name="waiting" value={String(p.queue ?? 0)} />
        <Fact name="roles" value={(p.roles ?? []).map(r => t('printers.role.' + r)).join(', ')} />
        <Fact name="at" value={p.at} />
        <Fact name="paper" value={p.paper_mm && p.paper_mm + ' mm'} />
        <Fact name="device" value={deviceOf(p.device)} />
        <Fact name="sure" value={p.level && t('printers.level.' + p.level)} />
        <Fact name="quirks" value={(p.quirks ?? []).join(', ')} />
      </dl>
    </li>
  );
}

/** "Hóa đơn 0101-000012 · receipt · 07:42 hôm nay". @param {{job: Job}} props */
function What({ job }) {
  const kind = t('printers.kind.' + job.kind, { no: job.receipt_no ?? '' });
  return <p class="what"><strong>{kind}</strong> <span class="quiet">{[job.printer, whenOf(job.created_at)].filter(Boolean).join(' · ')}</span></p>;
}

/** @param {{name: string, jobs: Job[], children: (job: Job) => any}} props */
function Jobs({ name, jobs, children }) {
  return (
    <section class="jobs" aria-labelledby={'jobs-' + name}>
      <h2 id={'jobs-' + name} tabIndex={-1}>{t('printers.' + name)}</h2>
      {jobs.length === 0 && <p class="quiet">{t(`printers.${name}None`)}</p>}
      <ul>{jobs.map(j => <li key={j.id}><What job={j} /><div class="act">{children(j)}</div></li>)}</ul>
    </section>
  );
}

/** The button that was pressed is gone afterwards: what is read next is the list it was in.
 * @param {{job: Job, list: string, word: string, class?: string, does: () => Promise<unknown>}} props */
function Do({ job, list, word, class: kind, does }) {
  const of = t('printers.kind.' + job.kind, { no: job.receipt_no ?? '' });
  const press = async () => {
    await does();
    document.getElementById('jobs-' + list)?.focus();
  };
  return <button type="button" class={kind} onClick={press}>{t('printers.' + word)}<span class="hidden"> {of}</span></button>;
}

/** Only a receipt is printed again from here. @param {Job} job */
function again({ kind }) {
  return kind === 'receipt' || kind === 'copy';
}

export function Printers() {
  const now = printers.value;
  if (!now) return <><h1>{t('printers.title')}</h1><p class="quiet">{t('reading')}</p></>;
  return (<>
    <h1>{t('printers.title')}</h1>
    {now.items.length === 0 && <p>{t('printers.none')}</p>}
    <ul class="printer-list">{now.items.map(p => <Printer key={p.id} p={p} />)}</ul>
    {now.items.length > 0 && (
      <div class="columns">
        <Jobs name="unknown" jobs={now.unknown}>{job => (<>
          <Do job={job} list="unknown" word="yes" class="mild" does={() => answerJob(job.id, true)} />
          <Do job={job} list="unknown" word={again(job) ? 'again' : 'no'} does={() => answerJob(job.id, false)} />
        </>)}</Jobs>
        <Jobs name="queued" jobs={now.queued}>{job => <Do job={job} list="queued" word="cancel" does={() => cancelJob(job.id)} />}</Jobs>
      </div>)}
  </>);
}
