// The books of a showroom that sold: `ocop-pos verify` beside the daemon, the
// exported journal checked by another hand, and by nobody else's code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';

import { bin, daemon, folder, pos, source } from './programs.mjs';

const dir = folder();
const slips = [];
let demo;

const sql = (data, text) => {
  const done = spawnSync('sqlite3', [join(data, 'ocop-pos.db'), text]);
  assert.equal(done.status, 0, done.stderr.toString());
  return done.stdout.toString().trim();
};
const check = (data, ...more) => {
  const done = pos(['verify', '--json', '--data', data, ...more]);
  assert.ok([0, 1].includes(done.status), done.err);
  return { status: done.status, ...JSON.parse(done.out) };
};
// A copy of the showroom, changed behind the program's back.
const changed = (text) => {
  const data = join(folder(), 'showroom');
  cpSync(demo.data, data, { recursive: true });
  sql(data, text);
  return data;
};

function client(url) {
  let n = 0;
  return async (method, path, role, body) => {
    const answer = await fetch(url + path, { method,
      headers: { 'content-type': 'application/json',
        authorization: `Bearer ${demo.tokens[role]}`,
        'idempotency-key': `books-of-the-test-${String(++n).padStart(4, '0')}` },
      body: JSON.stringify(body) });
    const told = await answer.json();
    assert.equal(answer.status, 201, JSON.stringify(told));
    return told;
  };
}

// Sales, a refund, a delivery and a price, through the API, while verify looks.
async function trade(url) {
  const ask = client(url);
  const sell = (lines) => ask('POST', '/api/v1/sales', 'cashier', { till: '1',
    lines, payments: [{ method: 'cash', tendered: 50000000 }] });
  for (let i = 0; i < 12; i++) {
    const sale = await sell([{ code: '8934567890120', qty: 1 + (i % 3) },
      { product: `p_${5 + i}`, qty: 1 }]);
    slips.push(sale.verify_url);
    if (i % 4 === 0) assert.equal(check(demo.data, '--full').status, 0);
    if (i % 5 === 0)
      slips.push((await ask('POST', `/api/v1/sales/${sale.receipt_no}/refunds`,
        'manager', { lines: [{ line: 1, qty: 1, to: 'shelf' }], method: 'cash',
          reason: 'đổi ý' })).verify_url);
  }
  await ask('POST', '/api/v1/receivings', 'manager', { supplier: 'HTX Mẫu',
    lines: [{ product: 'p_1', qty: 5, lot: 'L1', expires: '2027-02-28',
      cost: 41000, agreement: null }], note: '' });
}

before(async () => {
  assert.equal(pos(['demo', '--data', join(dir, 'showroom'), '--from',
    join(source, 'config/demo'), '--url', 'http://127.0.0.1:8080', '--json',
    join(dir, 'demo.json'), '--bin', bin]).status, 0);
  demo = JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8'));
  const posd = await daemon(demo.data);
  await trade(posd.url);
  assert.equal(await posd.stop(), 0);
});

test('the books are right, and every slip is in them', () => {
  const all = slips.flatMap((slip) => ['--slip', slip]);
  const told = check(demo.data, '--full', ...all);
  assert.deepEqual(told.findings, []);
  assert.equal(told.status, 0);
  assert.equal(told.right, true);
  assert.equal(told.rebuilt, true);
  assert.equal(told.receipts, slips.length);
  const said = pos(['verify', '--data', demo.data]);
  assert.equal(said.status, 0);
  assert.match(said.out, /Sổ sách đúng\./);
});

const u = (bytes, value) => {
  const out = Buffer.alloc(bytes);
  out.writeUIntBE(value, Math.max(0, bytes - 6), Math.min(bytes, 6));
  return out;
};

// receipt-qr.md, "Record hash", written once more from the contract.
function provedByAnother(ndjson) {
  const [head, ...records] = ndjson.trimEnd().split('\n').map((l) => JSON.parse(l));
  const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519',
    x: Buffer.from(head.keys[0].public, 'hex').toString('base64url') } });
  const canon = (v) => Array.isArray(v) ? `[${v.map(canon)}]`
    : v && typeof v === 'object'
      ? `{${Object.keys(v).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map((k) => `${canon(k)}:${canon(v[k])}`)}}`
      : JSON.stringify(v);
  let prev = Buffer.alloc(32);
  records.forEach((r, i) => {
    assert.equal(r.seq, i + 1);
    const body = Buffer.from(canon(r.body));
    prev = createHash('sha256').update(Buffer.concat([Buffer.from('OCOP-J1\0'),
      prev, u(8, r.seq), u(2, r.kind.length), Buffer.from(r.kind),
      u(4, body.length), body])).digest();
    assert.equal(prev.toString('hex'), r.hash, `record ${r.seq}`);
    assert.ok(verify(null, Buffer.concat([Buffer.from('OCOP-J1S\0'), prev]), key,
      Buffer.from(r.sig, 'hex')), `record ${r.seq}`);
  });
  return records;
}

test('the exported journal is proved by another hand too', () => {
  const { status, out } = pos(['export', 'journal', '--data', demo.data]);
  assert.equal(status, 0);
  const records = provedByAnother(out);
  const receipts = records.filter((r) => ['sale', 'refund'].includes(r.kind));
  assert.equal(receipts.length, slips.length);
  for (const r of receipts)
    for (const name of ['receipt_no', 'till', 'staff', 'total', 'lines'])
      assert.notEqual(r.body[name], undefined, `${r.kind} ${name}`);
});

test('an export proves itself, and one that was changed names its record', () => {
  const { out } = pos(['export', 'journal', '--data', demo.data]);
  const file = join(dir, 'journal.ndjson');
  const look = (text, ...more) => {
    writeFileSync(file, text);
    const done = pos(['verify', '--json', '--journal', file, ...more]);
    return { status: done.status, ...JSON.parse(done.out) };
  };
  assert.equal(look(out, '--slip', slips[0]).status, 0);
  const lines = out.trimEnd().split('\n');
  const sale = lines.findIndex((l) => l.includes('"kind":"sale"'));
  const cheaper = [...lines];
  cheaper[sale] = lines[sale].replace(/"total":(\d+)/,
    (_, n) => `"total":${n - 1000}`);
  const told = look(`${cheaper.join('\n')}\n`);
  assert.equal(told.status, 1);
  assert.deepEqual(told.findings.map((f) => f.seq), [sale]);
  const cut = look(`${lines.slice(0, -4).join('\n')}\n`, '--slip', slips.at(-1));
  assert.equal(cut.status, 1);
  assert.equal(cut.findings[0].code, 'slip_tail');
});

test('a price changed by hand is named with its record', () => {
  const data = changed('UPDATE product_price SET price = price - 1 WHERE product_id = 7');
  const seq = Number(sql(data, 'SELECT seq FROM product_price WHERE product_id = 7'));
  assert.equal(check(data).status, 0); // the plain check does not replay
  const told = check(data, '--full');
  assert.equal(told.status, 1);
  assert.equal(told.right, false);
  assert.deepEqual(told.findings.map((f) => [f.seq, f.code, f.table, f.column]),
    [[seq, 'value', 'product_price', 'price']]);
  const said = pos(['verify', '--full', '--lang', 'en', '--data', data]);
  assert.equal(said.status, 1);
  assert.match(said.out, new RegExp(`^Record ${seq}: table product_price`));
  assert.match(said.out, /The books are WRONG/);
});

test('a slip shows that the end of the journal was cut off', () => {
  const data = changed(`DROP TRIGGER journal_no_delete;
    DELETE FROM journal WHERE seq > (SELECT max(seq) - 3 FROM journal)`);
  const told = check(data, '--slip', slips.at(-1));
  assert.equal(told.status, 1);
  assert.ok(told.findings.some((f) => f.code === 'slip_tail'));
});

test('used wrongly it says so and answers 2', () => {
  for (const args of [['verify', 'what'], ['verify', '--fully'],
    ['verify', '--slip'], ['verify', '--full', '--journal', 'x']]) {
    const done = pos([...args, '--data', demo.data]);
    assert.equal(done.status, 2, args.join(' '));
    assert.notEqual(done.err, '');
  }
  assert.equal(pos(['verify', '--data', join(dir, 'nowhere')]).status, 1);
  assert.equal(pos(['verify', '--journal', join(dir, 'nothing')]).status, 1);
});
