// tests/tools/first_sale.mjs DEMO.JSON - one sale as the contract writes it,
// through the API of a running demonstration; exit 0 when it answers 201.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

const demo = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const headers = {
  authorization: `Bearer ${demo.tokens.cashier}`,
  'content-type': 'application/json',
  'idempotency-key': randomUUID(),
};

async function ask(path, init = {}) {
  const reply = await fetch(demo.url + path, { headers, ...init });
  return [reply.status, await reply.json()];
}

const [, found] = await ask('/api/v1/products?q=mien');
const product = found.items.find((p) => p.stock >= 2);
const body = {
  till: demo.till,
  lines: [{ code: product.barcodes.at(-1), qty: 2 }],
  payments: [{ method: 'cash', tendered: 5000000 }],
  expected_total: 2 * product.price,
  customer: null,
  note: '',
};
const [status, sale] = await ask('/api/v1/sales',
  { method: 'POST', body: JSON.stringify(body) });
assert.equal(status, 201, JSON.stringify(sale));
assert.equal(sale.total, 2 * product.price);
assert.equal(sale.change, 5000000 - sale.total);
const [again, same] = await ask('/api/v1/sales',
  { method: 'POST', body: JSON.stringify(body) });
assert.equal(again, 200);
assert.deepEqual(same, sale);
console.log(`${sale.receipt_no}: ${sale.total} dong`);
