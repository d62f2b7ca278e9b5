import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { formatDate, standing, vietnamDay } from '../../../pos/web/lib/ocop.js';
import { say } from '../../../pos/web/lib/words.js';

const noon = Date.parse('2026-11-22T12:00:00+07:00');
const cert = (status, valid_until) => ({ id: 'VN01-000101', cert: 17, stars: 4, status, valid_until });

test('the day begins at midnight in Vietnam', () => {
  const midnight = Date.parse('2026-11-22T00:00:00+07:00');
  assert.equal(vietnamDay(midnight), vietnamDay(noon));
  assert.equal(vietnamDay(midnight - 1), vietnamDay(noon) - 1);
});

test('a certificate is good, near its end, or over; the last day is still good', () => {
  assert.equal(standing(cert('in_force', '2028-03-04'), noon).standing, 'good');
  assert.equal(standing(cert('in_force', '2027-01-22'), noon).standing, 'good');
  assert.equal(standing(cert('in_force', '2027-01-21'), noon).standing, 'expiring');
  assert.deepEqual(standing(cert('in_force', '2026-11-22'), noon), { standing: 'expiring', stars: 4, days: 0 });
  assert.equal(standing(cert('in_force', '2026-11-21'), noon).standing, 'expired');
});

test('what the daemon judged is not judged again', () => {
  for (const [status, kind] of [['expired', 'expired'], ['superseded', 'expired'], ['withdrawn', 'withdrawn'],
    ['suspended', 'suspended'], ['in_grace', 'expiring'], ['something_new', 'unknown']])
    assert.equal(standing(cert(status, '2028-01-01'), noon).standing, kind, status);
  assert.equal(standing(null, noon), null);
  assert.equal(standing(undefined, noon), null);
});

test('dates are day, month, year', () => assert.equal(formatDate('2027-03-04'), '04/03/2027'));

test('sentences are found by name and take values', () => {
  const words = { pay: { again: 'try {n} of {n}' }, plain: 'x' };
  assert.equal(say(words, 'pay.again', { n: 3 }), 'try 3 of 3');
  assert.equal(say(words, 'plain'), 'x');
  assert.equal(say(words, 'pay.nothing'), 'pay.nothing');
  assert.equal(say(words, 'pay'), 'pay');
});

test('no sentence stands in the code', () => {
  const vietnamese = /[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]/i;
  const views = ['parts', 'forms', 'find', 'bill', 'counter', 'frame'];
  for (const name of views) {
    const text = readFileSync(new URL(`../../../pos/web/till/views/${name}.jsx`, import.meta.url), 'utf8');
    assert.ok(!vietnamese.test(text), name);
    // Words between tags, or in an attribute that is read out, would be a sentence.
    assert.doesNotMatch(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''), /<\w+[^<>{}=]*>[A-Za-z]{2,}[^<{]*<\/(?!kbd)/, name);
    assert.doesNotMatch(text, /(?:aria-label|placeholder|title|alt)="[^"]+"/, name);
  }
});
