import assert from 'node:assert/strict';
import test from 'node:test';
import { held, morning } from '../../../pos/web/lib/morning.js';
import { daysTo, when } from '../../../pos/web/lib/when.js';

const noon = Date.parse('2026-11-22T12:00:00+07:00');
const good = (name, stock, ocop, more) => ({ id: name, name, stock, ocop, ...more });
const cert = (status, valid_until = '2028-01-01', recall = 'none') => ({ id: 'x', cert: 1, stars: 4, status, valid_until, recall });
const names = list => list.map(x => x.good.name);

test('the worst comes first, and of the same the one that fills most of the shelf', () => {
  const { tasks } = morning([good('over', 9, cert('expired')), good('few', 1, cert('withdrawn')), good('fine', 5, cert('in_force')),
    good('many', 37, cert('withdrawn')), good('back', 2, cert('withdrawn', null, 'return_to_producer')), good('paused', 3, cert('suspended'))], noon);
  assert.deepEqual(names(tasks), ['back', 'many', 'few', 'paused', 'over']);
  assert.deepEqual(tasks.map(x => x.kind), ['recalled', 'withdrawn', 'withdrawn', 'suspended', 'expired']);
});

test('what ends within 90 days is told, soonest first; the last day counts as one more', () => {
  const { soon, within30, certified } = morning([good('91', 1, cert('in_force', '2027-02-21')), good('90', 1, cert('in_force', '2027-02-20')),
    good('31', 1, cert('in_force', '2026-12-23')), good('30', 1, cert('in_force', '2026-12-22')), good('0', 1, cert('in_force', '2026-11-22'))], noon);
  assert.deepEqual(names(soon), ['0', '30', '31', '90']);
  assert.equal(within30, 2);
  assert.equal(certified, 5);
});

test('goods no longer sold are nobody\'s task; goods without a certificate are counted', () => {
  const { tasks, linkless, certified } = morning([good('gone', 4, cert('withdrawn'), { retired: true }), good('bag', 4, null)], noon);
  assert.deepEqual([tasks.length, linkless, certified], [0, 1, 0]);
});

test('nothing is held of a service, nor less than nothing', () =>
  assert.deepEqual([held(good('s', null)), held(good('n', -1)), held(good('k', 1.5))], [0, 0, 1.5]));

test('a time is said in the days of the shop', () => {
  assert.deepEqual(when('2026-11-22T07:42:10+07:00', noon), { date: '22/11/2026', time: '07:42', daysAgo: 0 });
  assert.equal(when('2026-11-21T23:59:59+07:00', noon).daysAgo, 1);
  assert.equal(when(null, noon), null);
  assert.equal(daysTo('2026-11-22', noon), 0);
  assert.equal(daysTo('2026-12-22', noon), 30);
});
