// Printing through a real kernel: its USB core, its host controllers, its own
// printer driver, and our programs on top, in an emulated machine.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { boot, kernelOf } from './machine.mjs';

const bin = process.env.OCOP_BIN ?? 'build/release/bin';
const source = process.env.OCOP_SOURCE ?? '.';
const vm = join(source, 'build/vm'); // tests/tools/unpack.sh
const MODULES = ['usb-common', 'usbcore', 'udc-core', 'dummy_hcd', 'configfs',
  'libcomposite', 'usb_f_printer', 'usbip-core', 'vhci-hcd', 'usblp'];
const OURS = ['vm_gadget', 'vm_usbip', 'vm_print', 'ocop-posd', 'ocop-pos'];
const PARTS = (process.env.OCOP_VM_PARTS ?? // a few of them, for trying
  'usblp cups direct command daemon').split(' ');

const dir = mkdtempSync(join(tmpdir(), 'ocop-vm-data-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

const FONTS = '/usr/share/fonts/truetype/noto';
const SETTINGS = `data_dir = "/data/showroom";
listen = "127.0.0.1:8080";
printers = (
  { id = "receipt"; at = "usb:serial=F0001"; roles = "receipt drawer"; },
  { id = "copy"; at = "usb:serial=SN42"; roles = "copy"; }
);
`;

// A showroom that sells, as the daemon in the machine finds it.
function showroom() {
  execFileSync(join(bin, 'ocop-pos'), ['demo', '--data', join(dir, 'showroom'),
    '--from', join(source, 'config/demo'), '--url', 'http://127.0.0.1:8080',
    '--json', join(dir, 'demo.json'), '--bin', bin]);
  const demo = JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8'));
  writeFileSync(join(dir, 'token'), demo.tokens.cashier);
  writeFileSync(join(dir, 'pos.conf'), SETTINGS);
  return [
    ...['showroom', 'token', 'pos.conf'].map((name) =>
      [`/data/${name}`, join(dir, name)]),
    ...['Regular', 'Bold'].map((weight) => `${FONTS}/NotoSans-${weight}.ttf`)
      .map((font) => [font, font]),
  ];
}

function prepare() {
  execFileSync(join(bin, 'receipt_draw'), ['576', '3', '6', dir]);
  writeFileSync(join(dir, 'parts'), PARTS.join('\n'));
  return [
    ...showroom(),
    ['/bin/busybox', join(vm, 'busybox-static/bin/busybox')],
    ['/data/slip.escpos', join(dir, 'slip.escpos')],
    ...['init', 'lib', 'printers', ...PARTS].map((name) =>
      [`/guest/${name}.sh`, join(source, `tests/vm/guest/${name}.sh`)]),
    ['/guest/parts', join(dir, 'parts')],
  ];
}

/** A PBM picture as {width, height, rows}. */
function pbm(bytes) {
  const head = /^P4\s+(\d+)\s+(\d+)\s/.exec(bytes.subarray(0, 64).toString('latin1'));
  const [width, height] = [Number(head[1]), Number(head[2])];
  const stride = Math.ceil(width / 8);
  const rows = Array.from({ length: height }, (_, y) =>
    bytes.subarray(head[0].length + y * stride, head[0].length + (y + 1) * stride));
  return { width, height, rows };
}

/** The same of any picture, read by a program that is not ours. */
const pictures = new Map();
function picture(file) {
  if (!pictures.has(file))
    pictures.set(file, pbm(execFileSync('convert',
      [file, '-depth', '1', 'pbm:-'], { maxBuffer: 1 << 26 })));
  return pictures.get(file);
}

/** The slip is the picture, and below it only the white before the knife. */
function sameDots(slip, wanted) {
  assert.equal(slip.width, wanted.width);
  assert.ok(slip.height >= wanted.height, 'rows are missing');
  slip.rows.forEach((row, y) => {
    const want = wanted.rows[y];
    assert.ok(want ? row.equals(want) : row.every((b) => b === 0),
      `row ${y} differs`);
  });
}

const machine = await boot({
  kernel: kernelOf(join(vm, 'linux-image-amd64')),
  modules: MODULES,
  files: prepare(),
  programs: [...OURS.map((name) => join(bin, name)), '/usr/bin/curl',
    join(vm, 'cups/usr/lib/cups/backend-available/usb')],
  limit_s: 240,
});
const lines = machine.console.split('\n');
const tail = lines.slice(-40).join('\n');
if (process.env.OCOP_VM_TELL) console.log(machine.console);

test('the machine boots, tells all it found, and switches itself off', () => {
  const done = /^done (\d+),/m.exec(machine.console);
  const told = lines.filter((line) => /^(not )?ok /.test(line));
  assert.ok(done, `${machine.end}; the console's last lines:\n${tail}`);
  assert.equal(told.length, Number(done[1]), tail);
  assert.equal(machine.end, 'exit 0');
});

lines.forEach((line, i) => {
  const m = /^(not )?ok (.*)$/.exec(line);
  if (!m) return;
  const after = lines.slice(i + 1);
  const why = after.slice(0, after.findIndex((l) => !l.startsWith('#   ')));
  test(m[2], () => assert.ok(!m[1], `${line}\n${why.join('\n')}`));
});

for (const pair of machine.pairs) {
  const [sentence, slip, wanted] = pair.split('|');
  test(sentence, () => {
    const here = wanted.startsWith('slip') ? dir : machine.out;
    sameDots(pbm(readFileSync(join(machine.out, slip))),
      picture(join(here, wanted)));
  });
}

if (PARTS.includes('daemon')) test('what was printed again says so', () => {
  const top = join(dir, 'top.pbm');
  execFileSync('convert', [join(machine.out, 'again.pbm'), '-crop', 'x400+0+0',
    top]);
  const words = execFileSync('tesseract', [top, '-', '-l', 'vie', '--psm', '6'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).normalize('NFC');
  assert.match(words, /BẢN IN LẠI \(lần 1\)/, words);
});
