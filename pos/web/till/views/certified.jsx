// What the cashier must know of certificates: how old the list is, what only a manager may let pass,
// and what nobody may sell.

import { formatDate } from '../../lib/ocop.js';
import { allow, needsPin } from '../approve.js';
import { leavePayment } from '../pay.js';
import { leaveStop, standingOf } from '../sell.js';
import { bill, exceptions, list, mode, refusal, staff, stopped, t } from '../state.js';
import { field, toPin } from './forms.jsx';
import { Modal, Press, Strip } from './parts.jsx';

/** Nothing while the list is fresh, or the shop has none. */
export function Age() {
  const { state, date } = list.value;
  if (state !== 'stale' && state !== 'too_old') return null;
  return <p class={'aged ' + state} role="status">{t('list.' + state, { date: formatDate(date).slice(0, 5) })}</p>;
}

/** The goods of the bill that were withdrawn; for other exceptions the daemon's sentence. */
function Why() {
  const goods = bill.value.lines.map(l => l.product).filter(p => standingOf(p) === 'withdrawn');
  const named = exceptions.value.includes('withdrawn') ? goods : [];
  return (<>
    {named.length > 0 && <ul class="news">{named.map(p => <li key={p.id}>{t('approve.withdrawn', { name: p.name })}</li>)}</ul>}
    {named.length === 0 && refusal.value && <p>{refusal.value}</p>}
  </>);
}

function Who() {
  if (!needsPin.value) return <p class="hint">{t('approve.you', { name: staff.value.name })}</p>;
  return (<>
    <label>{t('approve.staff')}
      <input name="staff" inputMode="numeric" maxLength={12} onKeyDown={toPin} /></label>
    <label>{t('approve.pin')}
      <input name="pin" type="password" inputMode="numeric" maxLength={12} autocomplete="off" /></label>
  </>);
}

function Approve() {
  const submit = (/** @type {SubmitEvent} */ e) => {
    e.preventDefault();
    allow(field(e, 'staff'), field(e, 'pin'));
  };
  return (
    <Modal label={t('approve.title')} class="small approve">
      <h2 class="alarm">{t('approve.title')}</h2>
      <Why />
      <form onSubmit={submit} autocomplete="off" noValidate>
        <Who />
        <p class="quiet">{t('approve.kept')}</p>
        <Strip />
        <div class="actions">
          <Press keys="Esc" onClick={leavePayment}>{t('pay.back')}</Press>
          <button class="go" data-first>{t('approve.go')} <kbd aria-hidden="true">Enter</kbd></button>
        </div>
      </form>
    </Modal>
  );
}

function Stop() {
  const what = stopped.value;
  if (!what) return null;
  return (
    <Modal label={t('stop.title')} class="small stop">
      <h2 class="alarm">{t('stop.title')}</h2>
      <p class="named">{what.name}</p>
      <p role="alert">{t('stop.' + what.recall)}</p>
      <p class="quiet">{t('stop.nobody')}</p>
      <Strip />
      <div class="actions"><Press keys="Enter" class="go" onClick={leaveStop}>{t('stop.seen')}</Press></div>
    </Modal>
  );
}

export function Exceptions() {
  return (<>{mode.value === 'approve' && <Approve />}{mode.value === 'stop' && <Stop />}</>);
}
