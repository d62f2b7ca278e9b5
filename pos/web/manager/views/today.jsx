// Each morning, first and large: is the list fresh, what must I do, what ends soon.

import { syncNow } from '../load.js';
import { PLACES, asking, goods, sync, t, today } from '../state.js';
import { Summary } from './changes.jsx';
import { Stars, dayOf, heldOf, whenOf } from './parts.jsx';
import { held } from '../../lib/morning.js';

/** What the state of the list means for the shop. @param {import('../state.js').Sync} now */
function meaning(now) {
  if (now.state === 'none') return t(now.registry_url ? 'age.noneYet' : 'age.noRegistry');
  return t(`age.${now.state}Means`, { date: dayOf(now.list_date) });
}

/** @param {{name: string, value: string}} props */
function Fact({ name, value }) {
  return value ? <div><dt>{t('age.' + name)}</dt><dd>{value}</dd></div> : null;
}

/** The button keeps the focus while it works: who pressed Enter may press it again. */
function Age() {
  const now = sync.value;
  if (!now) return <section class="age"><h1 class="quiet">{t('age.asking')}</h1></section>;
  const busy = asking.value || now.running;
  return (
    <section class={'age ' + now.state} aria-labelledby="age">
      <div class="said">
        <h1 id="age"><span class="dot" aria-hidden="true" />{t('age.' + now.state, { date: dayOf(now.list_date) })}</h1>
        <p>{meaning(now)}</p>
        {now.error && <p class="failed" role="alert"><strong>{t('age.failed')}</strong> {now.error.detail}</p>}
      </div>
      {now.registry_url && (
        <button type="button" class={now.state === 'fresh' && !now.error ? 'again' : 'go again'} aria-disabled={busy} onClick={syncNow}>{t(busy ? 'age.busy' : 'age.go')}</button>)}
      {now.state !== 'none' && (
        <dl class="facts">
          <Fact name="listed" value={dayOf(now.list_date)} />
          <Fact name="records" value={t('number', { n: now.records.toLocaleString('vi-VN') })} />
          <Fact name="checked" value={whenOf(now.checked_at)} />
          <Fact name="next" value={whenOf(now.next_at)} />
        </dl>)}
    </section>
  );
}

/** @param {{n: number, name: string, kind: string}} props */
function Figure({ n, name, kind }) {
  return <li class={n > 0 ? kind : ''}><strong>{n}</strong><span>{t('today.' + name)}</span></li>;
}

function Figures() {
  const now = today.value;
  if (!now) return null;
  return (
    <ul class="figures">
      <Figure n={now.tasks.length} name="todo" kind="bad" />
      <Figure n={now.within30} name="in30" kind="warn" />
      <Figure n={now.soon.length} name="in90" kind="" />
    </ul>
  );
}

/** What to do about it, by what the recall says. @param {import('../../lib/morning.js').Task} task */
function advice({ good, kind }) {
  return kind === 'recalled' ? t('recall.' + good.ocop?.recall) : t('task.' + kind, { date: dayOf(good.ocop?.valid_until) });
}

/** @param {{task: import('../../lib/morning.js').Task}} props */
function Todo({ task }) {
  const { good, kind } = task;
  return (
    <li class={'task ' + kind}>
      <p class="what"><span class={'status ' + kind}>{t('status.' + kind)}</span></p>
      <h3><a href={`#${PLACES.links}/${good.id}`}>{good.name}</a></h3>
      <p class="hold">{held(good) > 0 ? t('today.holding', { qty: heldOf(good) }) : t('today.holdingNone')}</p>
      <p class="advice">{advice(task)}</p>
    </li>
  );
}

function Tasks() {
  const now = today.value;
  return (
    <section class="tasks" aria-labelledby="tasks">
      <h2 id="tasks">{t('today.tasks')}</h2>
      {!now && <p class="quiet">{t('reading')}</p>}
      {now?.tasks.length === 0 && <p class="well"><span class="tick" aria-hidden="true">✓</span> {t('today.nothing', { n: now.certified })}</p>}
      {now && <ul>{now.tasks.map(task => <Todo key={task.good.id} task={task} />)}</ul>}
      {now && now.linkless > 0 && (
        <p class="quiet linkless">{t('today.linkless', { n: now.linkless })} <a href={'#' + PLACES.links}>{t('today.toLinks')}</a></p>)}
      {goods.value?.whole === false && <p class="quiet">{t('today.notWhole', { n: goods.value.items.length })}</p>}
    </section>
  );
}

/** @param {{ending: import('../../lib/morning.js').Ending}} props */
function Ending({ ending: { good, days } }) {
  return (
    <tr>
      <th scope="row"><a href={`#${PLACES.links}/${good.id}`}>{good.name}</a> <Stars n={good.ocop?.stars ?? 0} /></th>
      <td class="end"><strong class={days <= 30 ? 'near' : ''}>{t('today.days', { n: days })}</strong> <span>{dayOf(good.ocop?.valid_until)}</span></td>
      <td class="end">{heldOf(good)}</td>
    </tr>
  );
}

function Soon() {
  const rows = today.value?.soon;
  return (
    <section class="soon" aria-labelledby="soon">
      <h2 id="soon">{t('today.soon')}</h2>
      {rows?.length === 0 && <p class="quiet">{t('today.soonNone')}</p>}
      {rows && rows.length > 0 && (<>
        <table>
          <thead><tr><th scope="col">{t('today.good')}</th><th scope="col" class="end">{t('today.left')}</th>
            <th scope="col" class="end">{t('today.shelf')}</th></tr></thead>
          <tbody>{rows.map(e => <Ending key={e.good.id} ending={e} />)}</tbody>
        </table>
        <p class="quiet small">{t('today.renew')}</p>
      </>)}
    </section>
  );
}

function Latest() {
  const last = sync.value?.last_change;
  if (!last) return null;
  return (
    <section class="latest" aria-labelledby="latest">
      <h2 id="latest">{t('today.latest')} <span class="quiet">{whenOf(last.at)}</span></h2>
      <Summary change={last} most={5} />
      <p><a href={'#' + PLACES.changes}>{t('today.toChanges')}</a></p>
    </section>
  );
}

export function Today() {
  return (<>
    <Age />
    <Figures />
    <div class="columns"><Tasks /><div class="aside"><Soon /><Latest /></div></div>
  </>);
}
