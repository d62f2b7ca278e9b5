// The registry's books: what is taken in, what is refused in words, how a
// certificate's standing changes.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { folder, pos, program, source } from './programs.mjs';

const demo = join(source, 'config/demo/certified.ndjson');
const HEAD = 'id,name,producer,province_code,commune_code,group,stars,'
  + 'decision_no,decision_date,issuer,evidence\n';
const row = (id, more = {}) => Object.values({
  id, name: 'Mật ong', producer: 'Hợp tác xã Hoa', province: '68', commune: '',
  group: '04', stars: '3', no: '1/QĐ-UBND', date: '2026-08-05',
  issuer: 'UBND tỉnh Lâm Đồng', evidence: 'official_decision', ...more,
}).join(',') + '\n';

/** A demonstration registry, and `ocop-registry` on it. */
function registry() {
  const dir = join(folder(), 'registry');
  const run = (args, input) =>
    program('ocop-registry', ['--dir', dir, ...args], { input });
  const json = (args, input) => {
    const { out, err } = run([...args, '--json'], input);
    assert.notEqual(out, '', err);
    return JSON.parse(out);
  };
  assert.equal(run(['init', '--demo']).status, 0);
  return { dir, run, json };
}

test('good rows are taken once; the same file again changes nothing', () => {
  const { json, run } = registry();
  assert.equal(run(['import', demo, '--by', 'An']).status, 0);
  const file = HEAD + row('a') + row('b', { stars: '4 sao (đề nghị 5 sao)' });
  const tried = json(['import', '-', '--by', 'An', '--dry-run'], file);
  assert.deepEqual([tried.new, tried.written], [2, false]);
  const taken = json(['import', '-', '--by', 'An'], file);
  assert.deepEqual([taken.new, taken.written], [2, true]);
  assert.equal(json(['import', '-', '--by', 'An'], file).same, 2);
  const [first] = json(['history', 'b']).versions;
  assert.deepEqual([first.rev, first.by, first.action, first.list],
    [1, 'An', 'import', 'p68']);
  const record = JSON.parse(first.record);
  assert.deepEqual([record.stars, record.proposed_stars, record.valid_until],
    [4, 5, '2029-08-05']);
});

test('every bad row is named with line, field and reason, nothing is written',
  () => {
    const { json, run } = registry();
    const file = HEAD + row('a') + row('a') + row('b', { stars: 'đề nghị 5 sao' })
      + row('c', { date: '31/02/2026' }) + row('d', { date: '' })
      + row('e', { issuer: 'UBND huyện Cư Jút' }) + row('f', { group: '27' })
      + row('g', { province: '02' }) + row('h', { name: '' })
      + row('i', { no: '' }) + 'too,few\n' + row('k');
    const { status, out } = run(['import', '-', '--by', 'An', '--dry-run'], file);
    assert.equal(status, 1);
    assert.match(out, /^Dòng 3: .*id đã có ở dòng 2/m);
    assert.match(out, /^Dòng 4: .*mới là đề nghị/m);
    assert.match(out, /^10 trong 12 dòng bị sai\. Chưa ghi gì/m);
    const said = json(['import', '-', '--by', 'An'], file);
    assert.equal(said.written, false);
    assert.equal(said.refused_rows, 10);
    assert.deepEqual(said.refused.map((r) => [r.line, r.field]), [
      [3, 'id'], [4, 'stars'], [5, 'decision_date'], [6, 'decision_date'],
      [7, 'decision.issuer_level'], [8, 'group.code'], [9, 'province_code'],
      [10, 'name'], [11, 'decision.number'], [12, undefined]]);
    for (const r of said.refused) assert.match(r.detail, /\p{L}{3}/u);
    assert.equal(run(['history', 'a']).status, 1);
  });

test('a standing changes by a decision that makes sense, and comes back', () => {
  const { json, run } = registry();
  json(['import', '-', '--by', 'An'], HEAD + row('a'));
  const order = (what, date, ...more) => run([what, 'a', '--decision', '9/QĐ',
    '--date', date, '--ground', 'Vi phạm', '--by', 'Bình', ...more]);
  assert.match(order('reinstate', '2026-11-01').err, /đang có hiệu lực/);
  assert.match(order('revoke', '2099-01-01').err, /chưa đến/);
  assert.match(order('revoke', '2026-08-01').err, /trước ngày cấp/);
  assert.equal(order('revoke', 'hôm nay').status, 2);
  assert.equal(order('revoke', '2026-11-01', '--recall', 'eat').status, 2);
  assert.equal(run(['revoke', 'a', '--decision', '9']).status, 2);
  const done = order('revoke', '01/11/2026', '--recall', 'destroy');
  assert.equal(done.status, 0, done.err);
  assert.match(order('revoke', '2026-11-02').err, /thu hồi rồi/);
  assert.equal(order('reinstate', '2026-11-03').status, 0);
  const { versions } = json(['history', '1']);
  assert.deepEqual(versions.map((v) => [v.rev, v.action, v.status, v.ground]), [
    [1, 'import', 'active', ''], [2, 'revoke', 'revoked', 'Vi phạm'],
    [3, 'reinstate', 'active', 'Vi phạm']]);
  assert.equal(JSON.parse(versions[1].record).status_info.recall, 'destroy');
});

test('a showroom has keys, each of one showroom only', () => {
  const { json, run } = registry();
  const add = (number, key) => run(['showroom', 'add', '--number', number,
    '--name', 'Điểm bán', '--commune', '00004', '--key', key]);
  assert.equal(add('101', 'ab'.repeat(32)).status, 0);
  assert.equal(add('102', 'ab'.repeat(32)).status, 1);
  assert.equal(add('101', 'cd'.repeat(32)).status, 0);
  assert.equal(add('103', 'cd').status, 2);
  assert.equal(run(['showroom', 'withdraw', '--number', '101', '--key-number',
    '1', '--last-good', '44']).status, 0);
  const { showrooms, keys } = json(['showroom', 'list']);
  assert.equal(showrooms.length, 1);
  assert.deepEqual(keys.map((k) => [k.key, k.last_good_seq, k.withdrawn !== '']),
    [[1, 44, true], [2, 0, false]]);
});

test('the books and a shop are not taken for each other', () => {
  const { dir, run } = registry();
  const data = join(folder(), 'data');
  assert.equal(pos(['init', '--data', data, '--showroom', '1', '--name', 'Thử',
    '--commune', '00103']).status, 0);
  const shop = readFileSync(join(data, 'ocop-pos.db'));
  copyFileSync(join(dir, 'registry.db'), join(data, 'ocop-pos.db'));
  const opened = pos(['--data', data, 'staff', 'list']);
  assert.equal(opened.status, 1);
  assert.match(opened.err, /chương trình khác/);
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'registry.db'), shop);
  const books = run(['history', 'a']);
  assert.equal(books.status, 1);
  assert.match(books.err, /chương trình khác/);
});
