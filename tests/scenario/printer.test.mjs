// ocop-pos printer list|status|test without a daemon: at a folder, and at the
// fake printer's TCP port.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fakePrinter as fake } from './fake_printer.mjs';
import { folder, pos, posLater } from './programs.mjs';

const nowhere = join(folder(), 'none'); // no showroom is needed
const printer = (...args) => pos(['printer', ...args, '--data', nowhere]);
const asked = (...args) => {
  const done = printer(...args, '--json');
  return { ...JSON.parse(done.out), status: done.status };
};

const codes = (file) =>
  spawnSync('zbarimg', ['-q', '--raw', file]).stdout.toString().trim().split('\n');

for (const mm of ['58', '80'])
  test(`a self-test on ${mm} mm is kept with its picture, and three sizes of QR code are read from it`, () => {
    const dir = join(folder(), 'slips');
    const done = asked('test', '--at', `file:${dir}`, '--paper', mm);
    assert.deepEqual([done.status, done.result, done.level], [0, 'confirmed', 'accepted']);
    assert.deepEqual(readdirSync(dir).sort(), ['selftest.escpos', 'selftest.png']);
    assert.equal(readFileSync(join(dir, 'selftest.escpos')).length, done.bytes);
    const read = codes(join(dir, 'selftest.png'));
    assert.deepEqual(read.map((text) => text.slice(0, 6)).sort(), ['TEST 3', 'TEST 4', 'TEST 5']);
    assert.ok(read.every((text) => /^TEST \d \d{302}$/.test(text)), 'as large as a receipt’s');
  });

test('a printer that answers is asked, printed to, and believed when it says so', async () => {
  const p = await fake();
  assert.equal(asked('status', '--at', p.at).printers[0].state, 'ready');
  const done = asked('test', '--at', p.at);
  assert.deepEqual([done.status, done.result, done.level], [0, 'confirmed', 'process_id']);
  const { count, slips } = await p.tell('state');
  assert.deepEqual([count.cuts, slips.length], [1, 1]);
  p.stop();
});

test('a printer without answers is printed to, and only that is said', async () => {
  const p = await fake('--lacks', 'answers');
  const done = asked('test', '--at', p.at);
  assert.deepEqual([done.status, done.level], [0, 'accepted']);
  p.stop();
});

test('what is wrong with it is said in words, and ends with status 1', async () => {
  const p = await fake();
  for (const [trouble, state, vi] of [['paper out', 'paper_out', /hết giấy: thay cuộn giấy/],
    ['cover open', 'cover_open', /Nắp máy in đang mở: đóng nắp/]]) {
    await p.tell(trouble);
    assert.equal(asked('status', '--at', p.at).printers[0].state, state);
    const said = printer('status', '--at', p.at);
    assert.equal(said.status, 1);
    assert.match(said.out, vi);
    assert.doesNotMatch(printer('status', '--at', p.at, '--lang', 'en').out, /[ạ-ỹđ]/);
    await p.tell(trouble === 'paper out' ? 'paper in' : 'cover close');
  }
  p.stop();
});

test('it waits for paper, says so, and goes on by itself', async () => {
  const p = await fake();
  await p.tell('paper out');
  const later = posLater(['printer', 'test', '--at', p.at, '--data', nowhere]);
  await new Promise((done) => setTimeout(done, 1500));
  await p.tell('paper in');
  const { status, out } = await later;
  assert.equal(status, 0);
  assert.match(out, /Máy in hết giấy.*\n.*sẵn sàng.*\n.*đã nhận đủ/s);
  p.stop();
});

test('one that vanishes in the middle leaves doubt, and how much it took', async () => {
  const p = await fake();
  await p.tell('vanish 5000');
  const done = asked('test', '--at', p.at);
  assert.deepEqual([done.status, done.result], [1, 'unknown']);
  assert.ok(done.counted > 0 && done.counted < done.bytes, `${done.counted} of ${done.bytes}`);
  p.stop();
});

test('bytes of a file are printed as they are', async () => {
  const dir = folder();
  const p = await fake('--dir', dir);
  const file = join(dir, 'some.escpos');
  writeFileSync(file, '\x1b@hello\n\n\x1dV\x42\x00', 'latin1');
  assert.equal(asked('test', '--at', p.at, '--from', file).result, 'confirmed');
  assert.match((await p.tell('state')).slips[0].text, /hello/);
  p.stop();
});

test('nobody there is said with what to do, in both languages', () => {
  const vi = printer('status', '--at', 'tcp:127.0.0.1:1');
  assert.equal(vi.status, 1);
  assert.match(vi.out, /Kiểm tra nguồn, dây mạng/);
  assert.match(printer('test', '--at', 'tcp:127.0.0.1:1', '--lang', 'en').err, /cable/i);
});

test('what makes no sense is misuse, and says what would', () => {
  assert.equal(printer('test', '--at', 'parallel:1').status, 2);
  assert.match(printer('test', '--at', 'parallel:1').err, /usb:, .*tcp:/);
  assert.equal(printer('test', '--at', 'null:', '--paper', '70').status, 2);
  assert.equal(printer('test', 'kitchen').status, 1);
  assert.match(printer('test', 'kitchen').err, /kitchen/);
  assert.equal(printer('eat').status, 2);
});

test('the printers of the settings are listed and asked, one or all', () => {
  const dir = folder();
  const config = join(dir, 'ocop-pos.conf');
  writeFileSync(config, `data_dir = "${join(dir, 'none')}";
printers = (
  { id = "receipt"; at = "file:${join(dir, 'a')}"; roles = "receipt drawer"; paper_mm = 58; },
  { id = "label"; at = "tcp:127.0.0.1:1"; roles = "label"; language = "zpl"; }
);
`);
  const with_config = (...args) => {
    const done = pos(['printer', ...args, '--config', config, '--json']);
    return { ...JSON.parse(done.out), status: done.status };
  };
  const { printers, usb, status } = with_config('list');
  assert.equal(status, 0);
  assert.deepEqual(printers.map((p) => [p.printer, p.roles, p.paper_mm, p.language]),
    [['receipt', 'receipt drawer', 58, 'escpos'], ['label', 'label', 80, 'zpl']]);
  assert.ok(Array.isArray(usb));
  assert.deepEqual(with_config('status').printers.map((p) => p.state), ['ready', 'gone']);
  assert.equal(with_config('status').status, 1);
  assert.equal(with_config('status', 'receipt').status, 0);
  assert.equal(with_config('test').result, 'confirmed'); // the first one
  assert.ok(readdirSync(join(dir, 'a')).includes('selftest.png'));
});
