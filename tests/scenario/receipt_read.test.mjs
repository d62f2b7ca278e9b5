// Drawn receipts are read by programs that know nothing of ours: zbarimg reads
// the QR code, tesseract the Vietnamese names, ImageMagick the preview's dots,
// which must be the dots that a printer puts on its paper.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env.OMP_THREAD_LIMIT = '1'; // tesseract is slower with more
const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const top = mkdtempSync(join(tmpdir(), 'receipt-'));
process.on('exit', () => rmSync(top, { recursive: true }));

const quiet = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26 };
const run = (program, ...args) => execFileSync(program, args, quiet);

// Draw a slip of `lines` lines from product `first` on; what is on it.
function drawn(width, first, lines) {
  const dir = join(top, `${width}-${first}-${lines}`);
  run(`${bin}/receipt_draw`, `${width}`, `${first}`, `${lines}`, dir);
  const read = (name) => readFileSync(join(dir, name), 'utf8').trim();
  return {
    png: join(dir, 'slip.png'),
    escpos: join(dir, 'slip.escpos'),
    url: read('qr.txt'),
    names: read('names.txt').split('\n'),
  };
}

// As a scanner would see it: twice as large, a little soft.
function ocr(png) {
  const seen = `${png}.ocr.png`;
  run('convert', png, '-bordercolor', 'white', '-border', '30', '-filter',
    'Box', '-resize', '200%', '-blur', '0x1', seen);
  const text = run('tesseract', seen, '-', '-l', 'vie', '--psm', '6',
    '--dpi', '400').toString();
  return text.normalize('NFC').split(/\s+/).join(' ');
}

for (const width of [576, 384]) {
  test(`zbarimg reads the QR code at ${width} dots`, () => {
    const slip = drawn(width, 0, 3);
    assert.equal(run('zbarimg', '-q', '--raw', slip.png).toString().trim(),
      slip.url);
  });

  test(`tesseract reads every product's name at ${width} dots`, () => {
    for (const first of [0, 5, 10, 15]) {
      const slip = drawn(width, first, 5);
      const text = ocr(slip.png);
      for (const name of slip.names)
        assert.ok(text.includes(name), `"${name}" is not in: ${text}`);
    }
  });

  test(`the preview's dots are the paper's at ${width} dots`, () => {
    for (let first = 0; first < 20; first += 2) {
      const slip = drawn(width, first, 1 + (first % 4));
      const paper = execFileSync(`${bin}/escpos_to_pbm`, [`${width}`],
        { ...quiet, input: readFileSync(slip.escpos) });
      const preview = run('convert', slip.png, 'pbm:-');
      assert.ok(paper.length > (width / 8) * 500);
      assert.ok(paper.equals(preview), `slip ${first}`);
    }
  });
}

test('a slip that was tampered with is not taken for the preview', () => {
  const slip = drawn(384, 0, 1);
  const bytes = readFileSync(slip.escpos);
  bytes[bytes.length >> 1] ^= 0x01;
  const paper = execFileSync(`${bin}/escpos_to_pbm`, ['384'],
    { ...quiet, input: bytes });
  assert.ok(!paper.equals(run('convert', slip.png, 'pbm:-')));
  writeFileSync(join(top, 'short'), bytes.subarray(0, -1));
  assert.throws(() => execFileSync(`${bin}/escpos_to_pbm`, ['384'],
    { ...quiet, input: bytes.subarray(0, -1) }));
});
