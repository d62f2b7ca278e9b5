// ocop-pos printer list|status|test while the daemon holds the printers: it is
// asked through its socket, and what it does is told.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { fakePrinter } from './fake_printer.mjs';
import { daemon, folder, pos } from './programs.mjs';

let config, receipt, label, posd;

before(async () => {
  const dir = folder();
  const data = join(dir, 'showroom');
  receipt = await fakePrinter();
  label = await fakePrinter();
  config = join(dir, 'pos.conf');
  writeFileSync(config, `data_dir = "${data}";
printers = (
  { id = "receipt"; at = "${receipt.at}"; roles = "receipt drawer"; },
  { id = "second"; at = "${label.at}"; roles = "copy"; paper_mm = 58; }
);
`);
  assert.equal(pos(['init', '--showroom', '101', '--name', 'Cửa hàng thử', '--commune', '00103', '--data', data]).status, 0);
  posd = await daemon(data, '--config', config);
});

after(async () => {
  await posd?.stop();
  receipt?.stop();
  label?.stop();
});

const printer = (...args) => pos(['printer', ...args, '--config', config]);
const asked = (...args) => {
  const done = printer(...args, '--json');
  return { ...JSON.parse(done.out), status: done.status };
};

/** Until the daemon sees the printer so; it looks every second or so. */
async function seen(id, state) {
  for (let n = 0; n < 100; n++) {
    const done = asked('status', id);
    if (done.printers[0].state === state) return done;
    await new Promise((go) => setTimeout(go, 100));
  }
  return asked('status', id);
}

test('the daemon tells how its printers are, and what waits', async () => {
  await seen('receipt', 'ready');
  await seen('second', 'ready');
  const { printers, status } = asked('status');
  assert.equal(status, 0);
  assert.deepEqual(printers.map((p) => [p.printer, p.state, p.queue, p.unknown]),
    [['receipt', 'ready', 0, 0], ['second', 'ready', 0, 0]]);
  assert.match(printer('status', 'receipt').out, /^receipt {2}tcp:.*: sẵn sàng\n– đang chờ in: 0/);
});

test('the printers of the settings are listed as without it', () => {
  assert.deepEqual(asked('list').printers.map((p) => [p.printer, p.roles]), [['receipt', 'receipt drawer'], ['second', 'copy']]);
});

test('a test goes through its queue, to the printer that is named, and what became of it is told', async () => {
  const done = asked('test', 'second');
  assert.deepEqual([done.status, done.printer, done.result, done.level], [0, 'second', 'confirmed', 'process_id']);
  assert.match(done.job, /^j_\d+$/);
  assert.equal((await label.tell('state')).slips.length, 1);
  assert.equal((await receipt.tell('state')).slips.length, 0);
  assert.match(printer('test').out, /^Bản in thử j_\d+: đã in xong\.\n$/);
  assert.equal((await receipt.tell('state')).slips.length, 1);
});

test('without paper it waits in the queue, and why is said at once', async () => {
  await receipt.tell('paper out');
  await seen('receipt', 'paper_out');
  const done = printer('test', 'receipt', '--lang', 'en');
  assert.equal(done.status, 1);
  assert.match(done.out, /waiting|being printed/);
  assert.match(done.out, /out of paper: put in a new roll/);
  await receipt.tell('paper in');
  await seen('receipt', 'ready');
  for (let n = 0; n < 100 && asked('status', 'receipt').printers[0].queue; n++)
    await new Promise((go) => setTimeout(go, 100));
  assert.equal((await receipt.tell('state')).slips.length, 2);
});

test('after an unplug in the middle of a slip it tells as much as before', async () => {
  await label.tell('vanish 6000');
  const cut = asked('test', 'second');
  assert.deepEqual([cut.status, cut.result], [1, 'unknown']);
  await seen('second', 'gone');
  await label.tell('back');
  await seen('second', 'ready');
  assert.equal(asked('test', 'second').result, 'confirmed');
  await label.tell('paper out');
  assert.equal((await seen('second', 'paper_out')).printers[0].state, 'paper_out');
  await label.tell('paper in');
  await seen('second', 'ready');
});

test('a printer that is none of its own is printed to directly', async () => {
  const other = await fakePrinter();
  const done = asked('test', '--at', other.at);
  assert.deepEqual([done.status, done.job, done.result], [0, undefined, 'confirmed']);
  other.stop();
});

test('what only a command by itself can do is refused, and says how', () => {
  const done = printer('test', 'receipt', '--paper', '58');
  assert.equal(done.status, 2);
  assert.match(done.err, /--at/);
  assert.equal(printer('test', 'kitchen').status, 1);
  assert.equal(printer('status', 'kitchen').status, 1);
});

test('one that is gone is told, with what to do', async () => {
  receipt.stop();
  const done = await seen('receipt', 'gone');
  assert.equal(done.status, 1);
  assert.match(done.printers[0].message, /Kiểm tra nguồn|Cắm lại/);
});
