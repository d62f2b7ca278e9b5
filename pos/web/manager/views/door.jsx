// Before the page: sign in as a manager, from a browser of the shop.

import { useSignal } from '@preact/signals';
import { signIn, signOut } from '../server.js';
import { enrolled, switchLang, t, who } from '../state.js';
import { Note, useFocus } from './parts.jsx';

const ICON = document.querySelector('link[rel=icon]')?.getAttribute('href') ?? '';

/** @param {{onSubmit?: (e: SubmitEvent) => unknown, children: any}} props */
function Door({ onSubmit, children }) {
  const submit = (/** @type {SubmitEvent} */ e) => { e.preventDefault(); onSubmit?.(e); };
  return (
    <main class="door">
      <form class="card" onSubmit={submit} autocomplete="off" noValidate>
        <img src={ICON} alt="" width="56" height="56" />
        <h1>{t('title')}</h1>
        {children}
      </form>
      <button type="button" class="plain" onClick={switchLang}>{t('other')}</button>
    </main>
  );
}

/** @param {HTMLFormElement} form @param {string} name */
function field(form, name) {
  return /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
}

/** Enter in the first field goes to the second. @param {KeyboardEvent} e */
function toPin(e) {
  if (e.key !== 'Enter') return;
  e.preventDefault();
  const { form } = /** @type {HTMLInputElement} */ (e.currentTarget);
  if (form) field(form, 'pin').focus();
}

export function SignIn() {
  const first = useFocus();
  const busy = useSignal(false);
  const submit = async (/** @type {SubmitEvent} */ e) => {
    const form = /** @type {HTMLFormElement} */ (e.currentTarget);
    if (busy.value) return;
    busy.value = true;
    const good = await signIn(field(form, 'staff').value, field(form, 'pin').value);
    busy.value = false;
    if (good) return;
    field(form, 'pin').value = '';
    field(form, 'pin').focus();
  };
  if (!enrolled.value) return <Stranger />;
  return (
    <Door onSubmit={submit}>
      <p class="quiet">{t('signin.why')}</p>
      <label>{t('signin.staff')}
        <input ref={first} name="staff" inputMode="numeric" maxLength={12} onKeyDown={toPin} /></label>
      <label>{t('signin.pin')}
        <input name="pin" type="password" inputMode="numeric" maxLength={12} autocomplete="off" /></label>
      <Note />
      <button class="go">{t(busy.value ? 'signin.busy' : 'signin.go')}</button>
    </Door>
  );
}

/** A browser that is none of the shop's is enrolled on the page of the till. */
function Stranger() {
  return (
    <Door>
      <p class="hint">{t('signin.stranger')}</p>
      <a class="button go" href="/">{t('signin.enrol')}</a>
    </Door>
  );
}

/** Somebody is signed in who may not see this. */
export function NotYou() {
  return (
    <Door>
      <p class="hint">{t('signin.not', { name: who.value?.name ?? '' })}</p>
      <Note />
      <button type="button" class="go" onClick={signOut}>{t('signin.other')}</button>
      <a class="button" href="/">{t('nav.till')}</a>
    </Door>
  );
}

export function Starting() {
  return <main class="door"><p class="quiet">{t('starting')}</p></main>;
}
