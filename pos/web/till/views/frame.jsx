// What stands around selling. Reads no signal that changes while selling.

import { leaveChoice, take } from '../find.js';
import { ACTIONS, switchLang } from '../keys.js';
import { nameOf, tillName } from '../session.js';
import { choice, chosen, isManager, link, mode, staff, t } from '../state.js';
import { Bill } from './bill.jsx';
import { Age, Exceptions } from './certified.jsx';
import { Counter } from './counter.jsx';
import { Find } from './find.jsx';
import { CloseShift, Closed, Enrol, OpenShift, SignIn } from './forms.jsx';
import { Modal, Press, Stars, Strip, priceOf } from './parts.jsx';
import { Printing } from './printing.jsx';

/** Key, word, action of lib/keymap.js. */
const KEY_BAR = [['F1', 'clear'], ['F2', 'qty'], ['Del', 'remove'], ['Ctrl Z', 'undo'],
  ['Ctrl End', 'close'], ['Ctrl L', 'lock']];

function KeyBar() {
  return (
    <nav class="keys" aria-label={t('keys.bar')}>
      {KEY_BAR.map(([key, word]) => (
        <Press key={word} keys={key} class="plain" onClick={() => ACTIONS.sell[word](0)}>{t('keys.' + word)}</Press>))}
      <Press keys="F7" class="plain" onClick={switchLang}>{t('keys.lang')}</Press>
    </nav>
  );
}

function Choose() {
  const asked = choice.value;
  if (mode.value !== 'choose' || !asked) return null;
  return (
    <Modal label={t('find.choose', { code: asked.code })} class="choose">
      <h2>{t('find.choose', { code: asked.code })}</h2>
      <ul>{asked.picks.map(({ product }, i) => (
        <li key={i}><button type="button" class={i === chosen.value ? 'on' : ''} aria-current={i === chosen.value} onClick={() => take(i)}>
          <kbd aria-hidden="true">{i + 1}</kbd><span class="name">{product.name} <Stars ocop={product.ocop} /></span>
          <span class="price">{priceOf(product)}</span></button></li>))}</ul>
      <Strip />
      <div class="actions">
        <Press keys="Esc" onClick={leaveChoice}>{t('keys.back')}</Press>
        <Press keys="Enter" class="go" onClick={() => take()}>{t('find.take')}</Press>
      </div>
    </Modal>
  );
}

function LinkState() {
  const now = link.value;
  if (now !== 'up') return <p class="lost" role="alert">{t('link.' + now)}</p>;
  return null;
}

function Selling() {
  return (<>
    <header class="bar">
      <h1>{t('title')} <span class="quiet">· {tillName()} · {nameOf(staff.value)}</span></h1>
      <Age />
      {isManager.value && <a href="/quan-ly">{t('manager')}</a>}
    </header>
    <Printing />
    <main class="floor"><Find /><Bill /></main>
    <Strip idle={t('keys.hint')} />
    <KeyBar />
    <Choose />
    <Counter />
    <Exceptions />
  </>);
}

const DOORS = { start: Starting, enrol: Enrol, signin: SignIn, shift: OpenShift };

function Starting() {
  return <main class="door"><p class="quiet">{t('starting')}</p><Strip /></main>;
}

export function Page() {
  const now = mode.value;
  const Door = DOORS[/** @type {keyof typeof DOORS} */ (now)];
  return (<>
    <LinkState />
    {Door ? <Door /> : <Selling />}
    {now === 'close' && <CloseShift />}
    {now === 'closed' && <Closed />}
  </>);
}
