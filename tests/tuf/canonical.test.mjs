// Our canonical form against @tufjs/canonical-json, over documents by chance.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { canonicalize } from '@tufjs/canonical-json';
import { chance, document, write } from './chance.mjs';

const bin = process.env.OCOP_BIN ?? 'build/release/bin';
const SEED = Number(process.env.OCOP_SEED ?? 20261122);
const COUNT = process.env.OCOP_LONG ? 100000 : 10000;

// The tool's answers: a form, or null for "refused".
function forms(lines) {
  const { stdout, status } = spawnSync(join(bin, 'tuf_canonical'),
    { input: lines.join('\n'), maxBuffer: 2 ** 30, timeout: 60000 });
  assert.equal(status, 0);
  const found = [];
  for (let at = 0; at < stdout.length;) {
    const end = stdout.indexOf(10, at);
    const head = stdout.toString('latin1', at, end);
    at = end + 1;
    if (head === 'refused') {
      found.push(null);
      continue;
    }
    found.push(stdout.subarray(at, at + Number(head)));
    at += Number(head) + 1;
  }
  return found;
}

test(`both write ${COUNT} documents alike (seed ${SEED})`, () => {
  const c = chance(SEED);
  const lines = Array.from({ length: COUNT }, () => write(c, document(c)));
  const ours = forms(lines);
  assert.equal(ours.length, COUNT);
  let objects = 0;
  lines.forEach((line, i) => {
    const theirs = Buffer.from(canonicalize(JSON.parse(line)));
    assert.ok(ours[i]?.equals(theirs),
      `document ${i}: ${line}\nours:   ${ours[i]}\ntheirs: ${theirs}`);
    if (line.startsWith('{')) objects++;
  });
  assert.ok(objects > COUNT / 10, 'the documents say something');
});

test('numbers that are no integers have no canonical form', () => {
  const lines = ['1.5', '[1e-7]', '{"a":{"b":-0.25}}'];
  assert.deepEqual(forms(lines), [null, null, null]);
  for (const line of lines)
    assert.throws(() => canonicalize(JSON.parse(line)));
});

test('where keys are past U+FFFF, bytes decide and not halves of UTF-16', () => {
  const [form] = forms(['{"\u{1f600}":1,"\uff00":2}']);
  assert.equal(form.toString(), '{"\uff00":2,"\u{1f600}":1}');
});
