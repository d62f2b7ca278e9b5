import assert from 'node:assert/strict';
import test from 'node:test';
import { labelOrder, labelPicture, labelPrinters, openLots } from '../../../pos/web/lib/labels.js';

const ask = { product: 'p_17', kind: 'shelf', lot: '', printer: '' };

test('the picture is asked for with what was chosen, and nothing else', () => {
  assert.equal(labelPicture(ask), '/api/v1/products/p_17/label.png?kind=shelf');
  assert.equal(labelPicture({ ...ask, kind: 'price', lot: 'l_9', printer: 'tags' }),
    '/api/v1/products/p_17/label.png?kind=price&lot=l_9&printer=tags');
});

test('an order names lot and printer only when they were chosen', () => {
  assert.deepEqual(labelOrder(ask, 3), { kind: 'shelf', printer: null, items: [{ product: 'p_17', lot: null, qty: 3 }] });
  assert.deepEqual(labelOrder({ ...ask, kind: 'price', lot: 'l_9', printer: 'tags' }, 1),
    { kind: 'price', printer: 'tags', items: [{ product: 'p_17', lot: 'l_9', qty: 1 }] });
});

test('labels go to printers that are for labels', () => {
  assert.deepEqual(labelPrinters([{ id: 'a', roles: ['receipt'] }, { id: 'b', roles: ['drawer', 'label'] }, { id: 'c' }]).map(p => p.id),
    ['b']);
});

test('a lot that is gone or past its last day gets no price tag; the last day is still good, in Vietnam', () => {
  const lot = (id, shelf, expires) => ({ lot: id, lot_code: null, expires, accounts: { shelf } });
  const lots = [lot('l_1', 5, '2026-11-22'), lot('l_2', 0, '2027-01-01'), lot('l_3', 1, '2026-11-21'), lot('l_4', 2, null)];
  const evening = Date.parse('2026-11-22T23:30:00+07:00');
  assert.deepEqual(openLots(lots, evening).map(l => l.lot), ['l_1', 'l_4']);
  assert.deepEqual(openLots(lots, evening + 3600_000).map(l => l.lot), ['l_4']);
});
