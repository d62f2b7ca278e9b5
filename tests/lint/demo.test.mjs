// The demonstration data keeps the rules of the programme and of its formats.
import { readFileSync } from 'node:fs';

import { check, end } from './t.mjs';

const read = (name) =>
  readFileSync(new URL(`../../config/demo/${name}`, import.meta.url), 'utf8');
const records = read('certified.ndjson').trimEnd().split('\n');
const certified = records.map((line) => JSON.parse(line));

// RFC 4180 with quotes, one line a row.
function cells(line) {
  const out = [];
  for (const m of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    out.push((m[1] ?? m[2]).replaceAll('""', '"'));
  return out;
}
const [head, ...rows] = read('products.csv').trimEnd().split('\n').map(cells);
const products = rows.map((row) =>
  Object.fromEntries(head.map((name, i) => [name, row[i]])));

const fail = (list, bad) => list.filter(bad).map((x) => JSON.stringify(x));
const sorted = (v) =>
  v && typeof v === 'object' && !Array.isArray(v)
    ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sorted(v[k])]))
    : v;
const twice = (list) => list.filter((x, i) => list.indexOf(x) !== i);

// Who may certify how many stars on a day (decisions 148, 1489 and 26).
function mayCertify({ stars, decision: { date, issuer_level: level } }) {
  if (stars === 5) return level === 'central';
  if (stars === 4 || date < '2023-02-24' || date >= '2025-07-06')
    return level === 'province';
  return level === 'district';
}

function threeYears(r) {
  const [y, rest] = [Number(r.valid_from.slice(0, 4)), r.valid_from.slice(4)];
  return r.valid_from === r.decision.date && r.valid_until === `${y + 3}${rest}`;
}

function eanOk(code) {
  const sum = [...code].reverse()
    .reduce((s, d, i) => s + Number(d) * (i % 2 ? 3 : 1), 0);
  return /^893\d{10}$/.test(code) && sum % 10 === 0;
}

check('each record is one line of canonical JSON, in the order of the ids',
  fail(records, (line) => JSON.stringify(sorted(JSON.parse(line))) !== line)
    .concat(certified.map((r) => r.id).join() ===
      certified.map((r) => r.id).sort().join() ? [] : ['not sorted']));
check('ids and certificate numbers occur once',
  twice(certified.map((r) => r.id))
    .concat(twice(certified.map((r) => r.cert)).map(String)));
check('whoever certified could, on that day', fail(certified, (r) =>
  !mayCertify(r)));
check('a certificate lasts three years from its decision',
  fail(certified, (r) => !threeYears(r)));
check('all 26 sets of the criteria in force occur',
  Array.from({ length: 26 }, (_, i) => String(i + 1).padStart(2, '0'))
    .filter((code) => !certified.some((r) =>
      r.group.scheme === 'QD26-2026' && r.group.code === code)));
check('an invented producer says so', fail(certified, (r) =>
  (r.evidence === 'demo') !== r.producer.name.endsWith('(minh họa)')));
check('every certified product stands in the catalogue',
  certified.map((r) => r.id)
    .filter((id) => !products.some((p) => p.registry_id === id)));
check('the catalogue names only certificates that exist',
  fail(products, (p) => p.registry_id &&
    !certified.some((r) => r.id === p.registry_id)));
check('barcodes are right, or the five digits of a weighed item',
  fail(products, (p) => p.barcodes.split(' ').filter(Boolean)
    .some((c) => !eanOk(c.split('*')[0]) &&
      !(p.kind === 'weighed' && /^\d{5}$/.test(c)))));
check('drinks with alcohol stay at 10 percent', fail(products, (p) =>
  p.name.startsWith('Rượu') !== (p.vat_class === '10')));
check('services have no stock, all else has',
  fail(products, (p) => (p.kind === 'service') !== (p.qty === '')));
end();
