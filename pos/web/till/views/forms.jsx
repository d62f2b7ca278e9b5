// The two forms before selling, and the one after: sign in, open the shift, close it.

import { useSignal } from '@preact/signals';
import { formatVnd, parseMoney } from '../../lib/money.js';
import { afterClose, closeShift, enrol, leaveClose, nameOf, openShift, signIn, tillName } from '../session.js';
import { switchLang } from '../keys.js';
import { bill, closing, enrolled, paying, staff, t } from '../state.js';
import { Modal, Press, Strip, useFocus } from './parts.jsx';

/** @param {SubmitEvent} e @param {string} name */
export function field(e, name) {
  const form = /** @type {HTMLFormElement} */ (e.currentTarget);
  return String(new FormData(form).get(name) ?? '');
}

/** @param {{title: string, onSubmit: (e: SubmitEvent) => unknown, children: any}} props */
function Door({ title, onSubmit, children }) {
  const submit = (/** @type {SubmitEvent} */ e) => { e.preventDefault(); onSubmit(e); };
  return (
    <main class="door">
      <form class="card" onSubmit={submit} autocomplete="off" noValidate>
        <img src={document.querySelector('link[rel=icon]')?.getAttribute('href') ?? ''} alt="" width="56" height="56" />
        <h1>{title} {enrolled.value && <span class="quiet">· {tillName()}</span>}</h1>
        {children}
      </form>
      <Press keys="F7" class="plain" onClick={switchLang}>{t('keys.lang')}</Press>
    </main>
  );
}

/** A browser that is no till's yet. */
export function Enrol() {
  const first = useFocus();
  return (
    <Door title={t('enrol.title')} onSubmit={e => enrol(field(e, 'code'))}>
      <p class="hint">{t('enrol.why')}</p>
      <label>{t('enrol.code')}
        <input ref={first} name="code" inputMode="numeric" maxLength={16} /></label>
      <Strip />
      <button class="go">{t('enrol.go')} <kbd aria-hidden="true">Enter</kbd></button>
    </Door>
  );
}

/** Enter in the first field goes to the second. @param {KeyboardEvent} e */
export function toPin(e) {
  if (e.key !== 'Enter') return;
  e.preventDefault();
  /** @type {HTMLInputElement | null} */ (document.querySelector('input[name=pin]'))?.focus();
}

export function SignIn() {
  const first = useFocus();
  const busy = useSignal(false);
  const submit = async (/** @type {SubmitEvent} */ e) => {
    if (busy.value) return;
    const form = /** @type {HTMLFormElement} */ (e.currentTarget);
    const [number, pin] = [field(e, 'staff'), field(e, 'pin')];
    busy.value = true;
    const good = await signIn(number, pin);
    busy.value = false;
    if (good) return;
    const again = /** @type {HTMLInputElement} */ (form.elements.namedItem('pin'));
    again.value = '';
    again.focus();
  };
  return (
    <Door title={t('signin.title')} onSubmit={submit}>
      {paying.value && <p class="hint">{t('signin.paying', { amount: formatVnd(paying.value.total) })}</p>}
      {!paying.value && bill.value.lines.length > 0 && <p class="hint">{t('signin.bill')}</p>}
      <label>{t('signin.staff')}
        <input ref={first} name="staff" inputMode="numeric" maxLength={12} onKeyDown={toPin} /></label>
      <label>{t('signin.pin')}
        <input name="pin" type="password" inputMode="numeric" maxLength={12} autocomplete="off" /></label>
      <Strip />
      <button class="go">{busy.value ? t('signin.busy') : t('signin.go')} <kbd aria-hidden="true">Enter</kbd></button>
    </Door>
  );
}

/** Money in words of figures while it is typed. @param {{label: string, name: string}} props */
function MoneyField({ label, name }) {
  const first = useFocus();
  const text = useSignal('');
  const dong = parseMoney(text.value);
  return (
    <label>{label}
      <input ref={first} name={name} inputMode="numeric" maxLength={20} aria-describedby={name + '-means'}
        onInput={e => { text.value = e.currentTarget.value; }} />
      <output id={name + '-means'} class="means">{dong === null ? t('shift.hint') : formatVnd(dong)}</output>
    </label>
  );
}

export function OpenShift() {
  return (
    <Door title={t('shift.title')} onSubmit={e => openShift(field(e, 'float'))}>
      <p class="hint">{t('shift.hello', { name: nameOf(staff.value), till: tillName() })}</p>
      <MoneyField label={t('shift.float')} name="float" />
      <Strip />
      <button class="go">{t('shift.go')} <kbd aria-hidden="true">Enter</kbd></button>
    </Door>
  );
}

/** The count is blind: what the books expect is told after it. */
export function CloseShift() {
  const submit = (/** @type {SubmitEvent} */ e) => { e.preventDefault(); closeShift(field(e, 'counted')); };
  return (
    <Modal label={t('shift.closeTitle')} class="small">
      <h2>{t('shift.closeTitle')} <span class="quiet">· {tillName()}</span></h2>
      <form onSubmit={submit} autocomplete="off" noValidate>
        <MoneyField label={t('shift.counted')} name="counted" />
        <Strip />
        <div class="actions">
          <Press keys="Esc" onClick={leaveClose}>{t('keys.back')}</Press>
          <button class="go">{t('shift.closeGo')} <kbd aria-hidden="true">Enter</kbd></button>
        </div>
      </form>
    </Modal>
  );
}

export function Closed() {
  const { expected, counted, difference } = closing.value.done;
  const rows = [['shift.expected', expected], ['shift.counted', counted], ['shift.difference', difference]];
  return (
    <Modal label={t('shift.closed')} class="small">
      <h2>{t('shift.closed')}</h2>
      <dl>{rows.filter(r => Number.isFinite(r[1])).map(([name, dong]) => (
        <div key={name}><dt>{t(String(name))}</dt><dd>{formatVnd(Number(dong))}</dd></div>))}</dl>
      <Press keys="Enter" class="go" onClick={afterClose}>{t('shift.title')}</Press>
    </Modal>
  );
}
