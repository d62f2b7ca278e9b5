import assert from 'node:assert/strict';
import test from 'node:test';
import { formatDate, standing, vietnamDay } from '../../../pos/web/lib/ocop.js';

const noon = Date.parse('2026-11-22T12:00:00+07:00');
const cert = (status, valid_until) => ({ id: 'VN01-000101', cert: 17, stars: 4, status, valid_until });

test('the day begins at midnight in Vietnam', () => {
  const midnight = Date.parse('2026-11-22T00:00:00+07:00');
  assert.equal(vietnamDay(midnight), vietnamDay(noon));
  assert.equal(vietnamDay(midnight - 1), vietnamDay(noon) - 1);
});

test('a certificate is good, near its end, or over; the last day is still good', () => {
  assert.equal(standing(cert('in_force', '2028-03-04'), noon).standing, 'good');
  assert.equal(standing(cert('in_force', '2027-02-21'), noon).standing, 'good');
  assert.equal(standing(cert('in_force', '2027-02-20'), noon).standing, 'expiring');
  assert.deepEqual(standing(cert('in_force', '2026-11-22'), noon), { standing: 'expiring', stars: 4, days: 0 });
  assert.equal(standing(cert('in_force', '2026-11-21'), noon).standing, 'expired');
});

test('what the daemon judged is not judged again', () => {
  for (const [status, kind] of [['expired', 'expired'], ['superseded', 'expired'], ['withdrawn', 'withdrawn'],
    ['suspended', 'suspended'], ['grace', 'grace'], ['not_yet', 'unknown'], ['something_new', 'unknown']])
    assert.equal(standing(cert(status, '2028-01-01'), noon).standing, kind, status);
  assert.equal(standing({ ...cert('withdrawn', null), recall: 'stop_sale' }, noon).standing, 'recalled');
  assert.equal(standing(cert('in_force', null), noon).standing, 'good');
  assert.equal(standing(null, noon), null);
  assert.equal(standing(undefined, noon), null);
});

test('stars of a list too old to be believed are not shown; trouble is told all the same', () => {
  assert.equal(standing(cert('in_force', '2028-03-04'), noon, true).standing, 'unknown');
  assert.equal(standing(cert('in_force', '2026-12-01'), noon, true).standing, 'unknown');
  assert.equal(standing({ ...cert('withdrawn', null), recall: 'destroy' }, noon, true).standing, 'recalled');
  assert.equal(standing(cert('suspended', null), noon, true).standing, 'suspended');
});

test('dates are day, month, year', () => assert.equal(formatDate('2027-03-04'), '04/03/2027'));
