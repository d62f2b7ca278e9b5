// Looking something up in the registry's list.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { findRecords } from '../load.js';
import { sync, t, warnAnswer } from '../state.js';
import { Record } from './record.jsx';
import { useFocus } from './parts.jsx';

const STATUSES = ['', 'in_force', 'grace', 'expired', 'suspended', 'withdrawn', 'superseded', 'not_yet'];
const TYPING_MS = 200;

/** Searches once the typing rests; an older answer never replaces a newer one. */
function useSearch() {
  const q = useSignal('');
  const status = useSignal('');
  const found = useSignal(/** @type {{items: any[], cursor: string | null} | null} */ (null));
  const turn = useSignal(0);
  /** @param {string | null} [cursor] */
  const ask = async (cursor = null) => {
    const mine = ++turn.value;
    const answer = await findRecords({ q: q.peek(), status: status.peek(), cursor });
    if (mine !== turn.peek()) return;
    if (answer.status !== 200) return warnAnswer(answer);
    const before = cursor ? found.peek()?.items ?? [] : [];
    found.value = { items: [...before, ...answer.body.items], cursor: answer.body.cursor };
  };
  useEffect(() => {
    const timer = setTimeout(ask, TYPING_MS);
    return () => clearTimeout(timer);
  }, [q.value, status.value, sync.value?.changed_at]);
  return { q, status, found, ask };
}

export function List() {
  const { q, status, found, ask } = useSearch();
  const first = useFocus();
  const now = found.value;
  return (<>
    <h1>{t('list.title')}</h1>
    <form class="ask" role="search" onSubmit={e => { e.preventDefault(); ask(); }}>
      <label class="grow">{t('list.q')}
        <input ref={first} type="search" maxLength={100} autocomplete="off" spellcheck={false} value={q}
          onInput={e => { q.value = e.currentTarget.value; }} /></label>
      <label>{t('list.status')}
        <select value={status} onChange={e => { status.value = e.currentTarget.value; }}>
          {STATUSES.map(s => <option key={s} value={s}>{s ? t('status.' + s) : t('list.any')}</option>)}
        </select></label>
    </form>
    <p class="quiet" role="status">{now ? t(now.cursor ? 'list.more' : 'list.found', { n: now.items.length }) : t('reading')}</p>
    {now && <ul class="records">{now.items.map(r => <Record key={r.id} record={r} />)}</ul>}
    {now?.cursor && <button type="button" onClick={() => ask(now.cursor)}>{t('more')}</button>}
  </>);
}
