// The journal read by the contract alone (contract/receipt-qr.md and
// commands.md): canonical bodies, the chain of hashes, every signature.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import { keyOf, signedBy } from '../../tools/verify_token.mjs';

const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Canonical JSON; what has none throws. */
export function canonical(v) {
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'number') {
    assert.ok(Number.isSafeInteger(v), `${v} is no integer within 2^53`);
    return String(v);
  }
  if (typeof v === 'string') {
    assert.equal(v, v.normalize('NFC'));
    assert.doesNotMatch(v, /\p{Cc}/u);
    return `"${v.replace(/["\\]/g, '\\$&')}"`;
  }
  if (Array.isArray(v)) return `[${v.map(canonical).join(',')}]`;
  const members = Object.keys(v).sort(byBytes).map((k) => `${canonical(k)}:${canonical(v[k])}`);
  return `{${members.join(',')}}`;
}

const number = (n, bytes) => {
  const out = Buffer.alloc(bytes);
  if (bytes === 8) out.writeBigUInt64BE(BigInt(n));
  else out.writeUIntBE(n, 0, bytes);
  return out;
};

/** The hash of a record after the one with the hash `before`. */
export function recordHash(before, seq, kind, body) {
  const text = Buffer.from(body);
  const word = Buffer.from(kind);
  return createHash('sha256').update(Buffer.concat([Buffer.from('OCOP-J1\0'), before,
    number(seq, 8), number(word.length, 2), word, number(text.length, 4), text])).digest();
}

// A line's body as it stands there, byte for byte.
function bodyOf(line, r) {
  const from = `{"seq":${r.seq},"kind":"${r.kind}","body":`;
  const to = `,"hash":"${r.hash}","sig":"${r.sig}"}`;
  assert.ok(line.startsWith(from) && line.endsWith(to), line.slice(0, 200));
  return line.slice(from.length, line.length - to.length);
}

function checkRecord(line, r, before, keys) {
  const body = bodyOf(line, r);
  assert.equal(body, canonical(r.body), `record ${r.seq} is not canonical`);
  const hash = recordHash(before, r.seq, r.kind, body);
  assert.equal(r.hash, hash.toString('hex'), `the hash of record ${r.seq}`);
  const key = keys.filter((k) => k.from <= r.seq).at(-1);
  assert.ok(signedBy(keyOf(key.public), Buffer.concat([Buffer.from('OCOP-J1S\0'), hash]),
    Buffer.from(r.sig, 'hex')), `the signature of record ${r.seq}`);
  return hash;
}

/** {head, records} of NDJSON that begins with record 1, all of it checked. */
export function readJournal(text) {
  assert.ok(text.endsWith('\n'));
  const [first, ...lines] = text.slice(0, -1).split('\n');
  const head = JSON.parse(first);
  let before = Buffer.alloc(32);
  const records = lines.map((line, i) => {
    const r = JSON.parse(line);
    assert.equal(r.seq, i + 1);
    before = checkRecord(line, r, before, head.keys);
    return r;
  });
  return { head, records };
}
