// Ten labels in the languages of three kinds of printers: read back, their dots
// are those of the preview, and programs of others find both codes on them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { ready } from 'zpl-renderer-js';

import { differ, folder, ofPbm, ofPng } from './fake.mjs';
import { qr, save } from './read.mjs';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const quiet = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26 };
const run = (program, args, input) =>
  execFileSync(program, args, { ...quiet, input });
const { api } = await ready;

/** Sample label `i`: its files, and what its codes say ("" = it has none). */
function drawn(i) {
  const dir = folder();
  const [code, url] = run(join(bin, 'label_draw'), [`${i}`, '3', dir])
    .toString().split('\n');
  const file = (name) => join(dir, name);
  const png = ofPng(readFileSync(file('label.png')));
  return { dir, file, code, url, png };
}

// Only bars, or all codes: in no order.
const zbar = (path, ...only) => run('zbarimg', ['-q', '--raw', ...only, path])
  .toString().trim().split('\n').filter(Boolean).sort();
const bars = ['-Sqrcode.disable', '-Sdatabar.disable', '-Sdatabar-exp.disable'];

function readByOthers(label, picture, path) {
  if (label.code) assert.deepEqual(zbar(path, ...bars), [label.code]);
  if (!label.url) return;
  assert.deepEqual(zbar(path), [label.code, label.url].sort());
  assert.equal(qr(picture, path).jsqr, label.url);
}

for (let i = 0; i < 10; i++)
  describe(`label ${i}`, () => {
    const label = drawn(i);

    test('is read by zbarimg and jsqr from its preview', () => {
      readByOthers(label, label.png, label.file('label.png'));
    });

    test('has the same dots in TSPL', () => {
      const pbm = label.file('tspl.pbm');
      writeFileSync(pbm, run(join(bin, 'tspl_to_pbm'), [],
        readFileSync(label.file('label.tspl'))));
      assert.equal(differ(ofPbm(pbm), label.png), null);
    });

    test('has the same dots in ZPL as others draw it, and is read', async () => {
      const { width, height } = label.png;
      const zpl = readFileSync(label.file('label.zpl'), 'latin1');
      const seen = ofPng(Buffer.from(await api.zplToBase64Async(zpl,
        width / 8, height / 8, 8), 'base64'));
      assert.equal(differ(seen, label.png), null);
      readByOthers(label, seen, save(seen, label.file('zpl.pbm')));
    });

    if (label.png.width > 576) return; // wider than receipt paper
    test('has the same dots three times on receipt paper', () => {
      const strip = ofPng(readFileSync(label.file('strip.png')));
      const pbm = label.file('strip.pbm');
      writeFileSync(pbm, run(join(bin, 'escpos_to_pbm'), [`${strip.width}`],
        readFileSync(label.file('strip.escpos'))));
      assert.equal(differ(ofPbm(pbm), strip), null);
      const { width, height, dots } = label.png;
      const left = Math.floor((strip.width - width) / 16) * 8;
      for (let n = 0; n < 3; n++)
        for (let y = 0; y < height; y++) {
          const from = (n * (height + 18) + y) * strip.width + left;
          assert.ok(strip.dots.subarray(from, from + width)
            .equals(dots.subarray(y * width, (y + 1) * width)), `row ${y}`);
        }
    });
  });
