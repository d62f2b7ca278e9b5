// An independent reader of the token in a receipt's QR code: written from
// contract/receipt-qr.md alone, with node's own crypto, no code of ours.
//
//   node tests/tools/verify_token.mjs URL|DIGITS KEYS
//
// KEYS is a file whose first line is {"showroom","keys":[{"number","public",
// "from"}]}, as `ocop-pos export journal` begins; "-" is standard input.
// Prints one JSON object; exit 1 unless the token is genuine.
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KINDS = { 1: 'sale', 2: 'refund', 3: 'training', 4: 'shift_report' };
const VERDICTS = { sale: 'genuine', refund: 'genuine refund',
  training: 'training slip, not a sale', shift_report: 'genuine shift report' };
const DIGITS_OF = [0, 3, 5, 8, 10, 13, 15, 17]; // by bytes of a group
const EPOCH = Date.UTC(2020, 0, 1) / 1000;

export class Unreadable extends Error {}

const need = (right, why) => {
  if (!right) throw new Unreadable(why);
};

/** The bytes behind the digits; Unreadable unless they are a token's. */
export function bytesOf(text) {
  const digits = text.includes('#') ? text.slice(text.indexOf('#') + 1) : text;
  need(/^[0-9]+$/.test(digits), 'not only digits');
  const out = [];
  for (let at = 0; at < digits.length; at += 17) {
    const group = digits.slice(at, at + 17);
    const len = DIGITS_OF.indexOf(group.length);
    need(len > 0, 'a length that no byte count has');
    const value = BigInt(group);
    need(value < 1n << BigInt(8 * len), 'a group that does not fit its bytes');
    for (let i = len - 1; i >= 0; i--) out.push(Number((value >> BigInt(8 * i)) & 0xffn));
  }
  return Buffer.from(out);
}

/** What the bytes say; nothing is verified. */
export function decode(bytes) {
  need(bytes.length >= 109, 'too short');
  need(bytes[0] >> 4 === 1, 'another version');
  const kind = KINDS[bytes[0] & 15];
  need(kind, 'an unknown kind');
  const n = bytes[28] & 0x7f;
  need(n <= 12 && bytes.length === 45 + 5 * n + 64, 'a wrong length');
  const lines = [];
  for (let i = 0; i < n; i++)
    lines.push({ cert: bytes.readUInt32BE(29 + 5 * i), qty: bytes[33 + 5 * i] });
  const time = bytes.readUInt32BE(11);
  return {
    kind, showroom: bytes.readUInt32BE(1), till: bytes[5], key: bytes[6],
    seq: bytes.readUInt32BE(7), at: EPOCH + (time & 0x7fffffff),
    clock_suspect: time > 0x7fffffff, total: bytes.readUIntBE(15, 5),
    previous: bytes.subarray(20, 28).toString('hex'), more: bytes[28] > 0x7f, lines,
    hash: bytes.subarray(29 + 5 * n, 45 + 5 * n).toString('hex'),
  };
}

/** A raw Ed25519 key of 64 hex digits, as node takes it (RFC 8410). */
export const keyOf = (hex) => createPublicKey({ format: 'der', type: 'spki',
  key: Buffer.from(`302a300506032b6570032100${hex}`, 'hex') });

export const signedBy = (key, message, signature) => verify(null, message, key, signature);

/** {verdict, token}: what a shopper's page would say; `ring` is the head of an
 * exported journal. */
export function judge(bytes, ring) {
  let token;
  try {
    token = decode(bytes);
  } catch (e) {
    if (!(e instanceof Unreadable)) throw e;
    return { verdict: 'unreadable', why: e.message };
  }
  if (token.showroom !== ring.showroom) return { verdict: 'unknown showroom', token };
  const split = bytes.length - 64;
  const message = Buffer.concat([Buffer.from('OCOP-R1\0'), bytes.subarray(0, split)]);
  const good = ring.keys.some((k) => k.number % 256 === token.key
    && signedBy(keyOf(k.public), message, bytes.subarray(split)));
  return { verdict: good ? VERDICTS[token.kind] : 'forged', token };
}

/** The same for the text of a QR code. */
export function judgeText(text, ring) {
  try {
    return judge(bytesOf(text), ring);
  } catch (e) {
    if (!(e instanceof Unreadable)) throw e;
    return { verdict: 'unreadable', why: e.message };
  }
}

function main([text, file]) {
  if (!text || !file) {
    console.error('verify_token.mjs URL|DIGITS KEYS');
    return 2;
  }
  const ring = readFileSync(file === '-' ? 0 : file, 'utf8').split('\n')[0];
  const judged = judgeText(text, JSON.parse(ring));
  console.log(JSON.stringify(judged));
  return judged.verdict.startsWith('genuine') ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
