// A driver nobody here wrote prints to the fake printer: so the fake is not
// tuned to our own.  receiptio asks DLE EOT, GS I and GS a, sends letters,
// rules, pictures (GS v 0 or GS 8 L) and waits for GS r.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';

import { PNG } from 'pngjs';
import receiptio from 'receiptio';

import { ofPbm, printer } from './fake.mjs';

// A picture of 16 x 16 dots: a black frame.
function frame() {
  const png = new PNG({ width: 16, height: 16 });
  for (let y = 0; y < 16; y++)
    for (let x = 0; x < 16; x++)
      png.data.set(x % 15 && y % 15 ? [255, 255, 255, 255] : [0, 0, 0, 255],
        4 * (16 * y + x));
  return PNG.sync.write(png).toString('base64');
}

const receipt = `^^^OCOP HO TAY

Mien dong | 2| 120.000
Tra sen   | 1| 85.000
---
{image:${frame()}}
{code:0101-000012; option:code128,2,72,hri}
`;

// receiptio knows only port 9100: its connection is led to ours.
const connect = net.Socket.prototype.connect;
let to = null;
net.Socket.prototype.connect = function led(...args) {
  const options = args.flat(3).find((a) => a && typeof a === 'object') ?? {};
  if (options.port === 9100 || args[0] === 9100)
    return connect.call(this, to, '127.0.0.1');
  return connect.apply(this, args);
};

async function print(p, text = receipt, more = '') {
  to = p.port;
  return receiptio.print(text, `-d 127.0.0.1 -t 20 -l en -c 48 ${more}`);
}

for (const [maker, model] of [['EPSON', 'TM-T20III'], ['Xprinter', 'XP-80C']])
  test(`receiptio prints to a ${maker} and is told of success`, async () => {
    const p = await printer({ maker, model });
    assert.equal(await print(p), 'success');
    const { count, slips, idle, at_rest, events } = await p.stop();
    assert.deepEqual([count.cuts, slips.length, idle, at_rest],
      [1, 1, true, true]);
    assert.deepEqual([count.refused, count.real_time_inside], [0, 0]);
    // Who are you?  Asked of a Star first: ESC ACK is no command of Epson's.
    assert.deepEqual(events.filter((e) => e.kind === 'unknown')
      .map((e) => e.arg), [0x1b06]);
    assert.equal(count.pictures, 1);
    assert.match(slips[0].text, /OCOP HO TAY/);
    assert.match(slips[0].text, /\nMien dong2120\.000\nTra sen185\.000\n/);
    // The frame stands in the middle, all of it.
    const { width, height, dots } = ofPbm(slips[0].file);
    const black = (x, y) => dots[y * width + x] === 1;
    const is_frame = (x, y) => [...Array(256).keys()].every((i) =>
      black(x + i % 16, y + (i >> 4)) === !(i % 16 % 15 && (i >> 4) % 15));
    const rows = [...Array(height - 16).keys()];
    assert.equal(rows.filter((y) => is_frame(280, y)).length, 1);
  });

test('receiptio is told that the paper is at its end', async () => {
  const p = await printer();
  await p.tell('paper out');
  assert.equal(await print(p), 'paperempty');
  assert.equal((await p.tell('paper in')).count.cuts, 0);
  assert.equal(await print(p), 'success');
  assert.equal((await p.stop()).count.cuts, 1);
});

test('receiptio is told that the cover is open', async () => {
  const p = await printer();
  await p.tell('cover open');
  assert.equal(await print(p), 'coveropen');
  await p.tell('cover close');
  assert.equal(await print(p), 'success');
  assert.equal((await p.stop()).count.cuts, 1);
});

test('receiptio is told that the paper ended in the middle', async () => {
  const p = await printer({ buffer: 512 });
  await p.tell('paper out 60');
  assert.equal(await print(p, receipt.repeat(20)), 'paperempty');
  const { count } = await p.stop();
  assert.deepEqual([count.rows, count.cuts], [60, 0]);
});

test('receiptio waits in vain for a printer that never confirms', async () => {
  const p = await printer();
  await p.tell('hold answers');
  assert.equal(await print(p, receipt, '-t 1'), 'timeout');
  assert.equal((await p.stop()).count.cuts, 1);
});

test('receiptio misses a printer that is gone', async () => {
  const p = await printer();
  await p.tell('vanish');
  assert.equal(await print(p), 'disconnect');
  await p.tell('back');
  await p.tell('vanish 200');
  assert.equal(await print(p), 'disconnect');
  const { count, gone } = await p.stop();
  assert.deepEqual([count.taken, count.cuts, gone], [200, 0, true]);
});

test('receiptio asks how the printer and its drawer are', async () => {
  const p = await printer();
  assert.equal(await print(p, '', '-q printer'), 'online');
  assert.equal(await print(p, '', '-q drawer'), 'drawerclosed');
  await p.tell('drawer open');
  assert.equal(await print(p, '', '-q drawer'), 'draweropen');
  await p.tell('cover open');
  assert.equal(await print(p, '', '-q printer'), 'coveropen');
  await p.stop();
});
