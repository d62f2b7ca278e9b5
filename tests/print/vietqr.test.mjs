// A program of others, vietnam-qr-pay, makes and reads the same payment texts:
// ten thousand by chance, the same in every run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import pay from 'vietnam-qr-pay';

const { QRPay } = pay;
const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const COUNT = 10000;

let state = 20261122n;
function random(below) {
  state ^= state >> 12n;
  state = (state ^ (state << 25n)) & 0xffffffffffffffffn;
  state ^= state >> 27n;
  return Number((state * 0x2545f4914f6cdd1dn >> 16n) % BigInt(below));
}
const some = (n, letters) => Array.from({ length: n }, () => letters[random(letters.length)]).join('');

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const PURPOSE = ` -./${DIGITS}${UPPER}${UPPER.toLowerCase()}`;
const inner = (n) => (n ? `${some(1, UPPER)}${some(n - 1, PURPOSE)}` : '').trim();

/** [init method, bank, account, amount or "", purpose]: dynamic when there is
 * an amount, as their maker has it. */
function chance() {
  const amount = random(5) ? String(1 + random(10 ** (1 + random(9)))) : '';
  return [amount ? '12' : '11', some(6, DIGITS), some(1 + random(19), random(4) ? DIGITS : DIGITS + UPPER),
    amount, random(4) ? inner(random(26)) : ''];
}

const ours = (how, lines) => execFileSync(`${bin}/vietqr_lines`, [how],
  { input: lines.map((l) => `${l}\n`).join(''), maxBuffer: 1 << 26 }).toString().split('\n').slice(0, -1);

const made = ([initMethod, bankBin, bankNumber, amount, purpose]) => QRPay.initVietQR(
  { bankBin, bankNumber, amount: amount || undefined, purpose: purpose || undefined, initMethod }).build();

function read(text) {
  const qr = new QRPay(text);
  assert.ok(qr.isValid, text);
  assert.deepEqual([qr.provider.guid, qr.provider.service, qr.currency, qr.nation],
    ['A000000727', 'QRIBFTTA', '704', 'VN'], text);
  return [qr.initMethod, qr.consumer.bankBin, qr.consumer.bankNumber, qr.amount ?? '', qr.additionalData.purpose ?? ''];
}

test('what we make is what they make, and both read it the same', () => {
  const all = Array.from({ length: COUNT }, chance);
  const texts = ours('make', all.map((f) => f.join('\t')));
  assert.equal(texts.length, COUNT);
  const back = ours('read', texts);
  all.forEach((fields, i) => {
    assert.equal(texts[i], made(fields), fields.join('|'));
    assert.deepEqual(read(texts[i]), fields, texts[i]);
    assert.equal(back[i], fields.join('\t'), texts[i]);
  });
});

test('a letter that was changed is refused by both', () => {
  const texts = ours('make', Array.from({ length: 500 }, () => chance().join('\t')));
  const broken = texts.map((t) => {
    const at = random(t.length - 4);
    const other = t[at] === '7' ? '3' : '7';
    return t.slice(0, at) + other + t.slice(at + 1);
  });
  const back = ours('read', broken);
  broken.forEach((text, i) => {
    assert.equal(back[i], '', text);
    assert.equal(new QRPay(text).isValid, false, text);
  });
});

test('the known texts are read by both alike', () => {
  const rows = readFileSync('tests/data/vietqr.tsv', 'utf8').split('\n')
    .filter((l) => l && !l.startsWith('#')).map((l) => l.split('\t'));
  assert.ok(rows.length > 3);
  const back = ours('read', rows.map(([text]) => text));
  rows.forEach(([text, bank, account, amount, purpose], i) => {
    if (bank === '!') { // a wrong length inside: theirs is not so strict
      assert.equal(back[i], '');
      return;
    }
    assert.deepEqual(read(text).slice(1), [bank, account, amount, purpose]);
    assert.deepEqual(back[i].split('\t').slice(1), [bank, account, amount, purpose]);
  });
});
