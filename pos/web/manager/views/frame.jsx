// What stands around: the way between the pages, who is signed in, the line to the daemon.

import { signOut } from '../server.js';
import { inTrouble } from '../../lib/printing.js';
import { PLACES, VIEWS, isManager, link, printers, switchLang, t, today, view, who } from '../state.js';
import { Changes } from './changes.jsx';
import { NotYou, SignIn, Starting } from './door.jsx';
import { Labels } from './labels.jsx';
import { Links } from './links.jsx';
import { List } from './list.jsx';
import { Note } from './parts.jsx';
import { Printers } from './printers.jsx';
import { Today } from './today.jsx';

const BODY = { today: Today, changes: Changes, list: List, links: Links, labels: Labels, printers: Printers };
const ICON = document.querySelector('link[rel=icon]')?.getAttribute('href') ?? '';

/** How much is to be done, beside the name of the page where it stands. @param {{of: string}} props */
function Count({ of }) {
  const counts = {
    today: () => today.value?.tasks.length ?? 0,
    printers: () => (printers.value ? printers.value.unknown.length + printers.value.items.filter(inTrouble).length : 0),
  };
  const n = counts[/** @type {keyof typeof counts} */ (of)]?.();
  return n ? <span class="count" aria-label={t('nav.todo', { n })}>{n}</span> : null;
}

function Top() {
  return (
    <header class="top">
      <a class="skip" href="#main" onClick={e => { e.preventDefault(); document.getElementById('main')?.focus(); }}>
        {t('nav.skip')}</a>
      <p class="brand"><img src={ICON} alt="" width="32" height="32" /> {t('title')}</p>
      <nav aria-label={t('nav.label')}>
        {VIEWS.map(v => (
          <a key={v} href={'#' + PLACES[v]} aria-current={view.value === v ? 'page' : undefined}>
            {t('nav.' + v)}<Count of={v} /></a>))}
      </nav>
      <div class="me">
        <a class="button plain" href="/">{t('nav.till')}</a>
        <button type="button" class="plain" onClick={switchLang}>{t('other')}</button>
        <span class="name">{who.value?.name}</span>
        <button type="button" class="plain" onClick={signOut}>{t('nav.out')}</button>
      </div>
    </header>
  );
}

function Lost() {
  return link.value === 'lost' ? <p class="lost" role="alert">{t('lost')}</p> : null;
}

export function Page() {
  if (who.value === undefined) return <><Lost /><Starting /></>;
  if (who.value === null) return <><Lost /><SignIn /></>;
  if (!isManager.value) return <><Lost /><NotYou /></>;
  const Body = BODY[view.value];
  return (<>
    <Lost />
    <Top />
    <main id="main" class={'desk ' + view.value} tabIndex={-1}>
      <Note />
      <Body />
    </main>
  </>);
}
