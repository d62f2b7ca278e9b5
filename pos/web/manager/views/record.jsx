// One certificate of the registry's list, and all that is known of it.

import { formatQty } from '../../lib/money.js';
import { PLACES, goods, has, t } from '../state.js';
import { Stars, Status, dayOf } from './parts.jsx';

/** What the details say, in this order; what is not known is left out. @param {any} r @returns {[string, string][]} */
function details(r) {
  const decision = [r.decision_number, r.decision_date && dayOf(r.decision_date)].filter(Boolean).join(', ');
  const rows = /** @type {[string, string][]} */ ([
    ['cert', `${r.id} · ${r.cert}`], ['producer', [r.producer, has('form.' + r.producer_form) ? t('form.' + r.producer_form) : ''].filter(Boolean).join(' · ')],
    ['place', r.place ?? ''], ['group', [r.group_code, r.group_scheme].filter(Boolean).join(' · ')],
    ['decision', decision], ['issuer', r.issuer ?? ''],
    ['valid', `${dayOf(r.valid_from)} – ${dayOf(r.valid_until)}`],
    ['code', r.ocop_code ?? ''], ['gtins', (r.gtins ?? []).join(' ')],
    ['reason', [r.status_info?.reason ?? r.reason, r.status_info?.decision_number].filter(Boolean).join(' · ')],
    ['recall', r.recall && r.recall !== 'none' ? t('recall.' + r.recall) : ''],
    ['list', r.list ?? ''], ['evidence', has('evidence.' + r.evidence) ? t('evidence.' + r.evidence) : r.evidence ?? ''],
  ]);
  return rows.filter(([, value]) => value !== '');
}

/** "37 hũ" when one product is sold under it, "37" when they are several. @param {any} r */
function heldHere(r) {
  const only = r.held?.length === 1 ? goods.value?.items.find(g => g.id === r.held[0].product) : undefined;
  return [formatQty(Math.round(r.stock * 1000)), only?.unit].filter(Boolean).join(' ');
}

/** What this shop sells under the certificate. @param {{held: {product: string, qty: number}[]}} props */
function Sold({ held }) {
  const known = held.flatMap(h => goods.value?.items.find(g => g.id === h.product) ?? []);
  if (known.length === 0) return null;
  return (
    <div><dt>{t('record.sold')}</dt>
      <dd>{known.map((g, i) => <span key={g.id}>{i > 0 && ', '}<a href={`#${PLACES.links}/${g.id}`}>{g.name}</a></span>)}</dd></div>
  );
}

/** Until when it is good, or since when it is not. @param {any} r */
function term(r) {
  const stopped = r.status === 'withdrawn' || r.status === 'suspended';
  if (stopped && r.status_info?.at) return t('record.since', { date: dayOf(r.status_info.at) });
  return t('record.until', { date: dayOf(r.valid_until) });
}

/** @param {{record: any, children?: any}} props */
export function Record({ record: r, children }) {
  return (
    <li class="record">
      <details>
        <summary>
          <span class="line1"><strong>{r.name}</strong> <Stars n={r.stars} past={r.status !== 'in_force'} /> <Status status={r.status} recall={r.recall} /></span>
          <span class="quiet">{[r.producer, term(r)].filter(Boolean).join(' · ')}
            {r.stock > 0 && <> · <strong class="here">{t('record.here', { qty: heldHere(r) })}</strong></>}</span>
        </summary>
        <dl class="facts">{details(r).map(([name, value]) => (
          <div key={name}><dt>{t('record.' + name)}</dt><dd>{value}</dd></div>))}
          <Sold held={r.held ?? []} /></dl>
      </details>
      {children}
    </li>
  );
}
