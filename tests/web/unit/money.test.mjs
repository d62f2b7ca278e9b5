import assert from 'node:assert/strict';
import test from 'node:test';
import { MONEY_MAX, formatQty, formatVnd, parseEntry, parseMoney, parseQty, quickTenders, roundTo, tender }
  from '../../../pos/web/lib/money.js';

test('money has points between thousands and a space that does not break', () => {
  assert.equal(formatVnd(1234567), '1.234.567\u00a0₫');
  assert.equal(formatVnd(1000), '1.000\u00a0₫');
  assert.equal(formatVnd(0), '0\u00a0₫');
  assert.equal(formatVnd(MONEY_MAX), '1.099.511.627.775\u00a0₫');
});

test('a quantity has a decimal comma and no idle zeros', () => {
  assert.equal(formatQty(1500), '1,5');
  assert.equal(formatQty(2000), '2');
  assert.equal(formatQty(75), '0,075');
});

test('a quantity is read with comma or point, at most three decimals', () => {
  for (const [text, milli] of [['2', 2000], ['1,5', 1500], ['0.075', 75], [' 3 ', 3000], ['9999', 9_999_000]])
    assert.equal(parseQty(text), milli, text);
  for (const text of ['0', '0,000', '', '-1', '1,2345', '10000', 'a', '1e3', '1,', ',5'])
    assert.equal(parseQty(text), null, text);
});

test('5* before a name or a scan is five of it', () => {
  assert.deepEqual(parseEntry('5*mien'), { milli: 5000, text: 'mien' });
  assert.deepEqual(parseEntry('0,75 * thit trau'), { milli: 750, text: 'thit trau' });
  assert.deepEqual(parseEntry('5*'), { milli: 5000, text: '' });
  assert.deepEqual(parseEntry(' mien '), { milli: null, text: 'mien' });
  assert.deepEqual(parseEntry('0*mien'), { milli: null, text: '0*mien' });
});

test('money is read as people type it', () => {
  for (const [text, dong] of [['50000', 50000], ['50.000', 50000], ['50k', 50000], ['1.500k', 1500000],
    ['50,000', 50000], ['0', 0], ['1 000 000', 1000000]])
    assert.equal(parseMoney(text), dong, text);
  for (const text of ['', 'k', '50.00', '5.0000', '-5', '50kk', '1e6', '2000000000000'])
    assert.equal(parseMoney(text), null, text);
});

test('quick tenders are the total, then rounded up to notes, without repeats', () => {
  assert.deepEqual(quickTenders(545_000), [545_000, 550_000, 560_000, 600_000, 1_000_000]);
  assert.deepEqual(quickTenders(500_000), [500_000, 600_000]);
  assert.deepEqual(quickTenders(1), [1, 10_000, 20_000, 50_000, 100_000, 200_000]);
  assert.deepEqual(quickTenders(0), []);
});

test('every quick tender pays the total', () => {
  for (let total = 1; total < 3_000_000; total += 7919) {
    const offers = quickTenders(total);
    assert.equal(offers[0], total);
    assert.ok(offers.every((n, i) => n >= total && (i === 0 || n > offers[i - 1])));
  }
});

test('cash is rounded to the nearest step, half up', () => {
  for (const [dong, step, to] of [[583_499, 1000, 583_000], [583_500, 1000, 584_000], [583_250, 500, 583_500], [583_249, 500, 583_000], [7, 0, 7]])
    assert.equal(roundTo(dong, step), to);
});

test('nothing typed at payment is the exact amount', () => {
  assert.deepEqual(tender(583_000, ''), { tendered: 583_000, change: 0, missing: 0 });
  assert.deepEqual(tender(583_000, '600000'), { tendered: 600_000, change: 17_000, missing: 0 });
  assert.deepEqual(tender(583_000, '0'), { tendered: 0, change: 0, missing: 583_000 });
});
