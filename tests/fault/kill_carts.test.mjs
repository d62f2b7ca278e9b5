// The daemon killed with kill -9 while four tills scan into their bills, sell
// them and throw them away, 30 times; 500 times with ./test --long.  What was
// answered is there; what was not is repeated and done once; a bill is sold
// once or not at all; the books are right.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from '../scenario/api/client.mjs';
import { fill } from '../scenario/api/goods.mjs';
import { Shop } from '../scenario/api/shop.mjs';

const KILLS = process.env.OCOP_LONG ? 500 : 30;
const TILLS = 4;
const PRICE = 50000;

// A generator of its own, so that a failure can be run again: OCOP_SEED.
let seed = Number(process.env.OCOP_SEED ?? Date.now() % 1e9);
console.log(`# OCOP_SEED=${seed}`);
function chance() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}

let shop, goods, cashier, dying, alive;
const sold = new Map(); // a bill's key, its receipt and how much was on it
let thrown = 0;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  cashier = shop.as('cashier');
});
after(() => shop.close());

// Asks until it is answered, also by the next daemon; the same every time.
async function insist(asking) {
  for (;;) {
    try {
      const answer = await asking();
      if (answer.status !== 503) return answer;
    } catch (e) {
      if (e.name === 'AssertionError') throw e;
    }
    await (dying ? alive : pause(5));
  }
}

async function scan(cart, mine) {
  const body = { version: cart.version, op: newKey(), do: [{ add: { product: goods.id.VE } }] };
  const answer = await insist(() => cashier.patch(`/api/v1/carts/${cart.id}`, body));
  assert.equal(answer.status, 200, answer.what);
  assert.deepEqual([answer.json.version, answer.json.total], [cart.version + 1, mine * PRICE], answer.what);
  return answer.json;
}

async function sell(cart, pieces) {
  const body = { till: '1', cart: cart.id, cart_version: cart.version,
    payments: [{ method: 'cash', tendered: pieces * PRICE }] };
  const answer = await insist(() => cashier.post('/api/v1/sales', body, cart.key));
  assert.ok([200, 201].includes(answer.status), answer.what);
  assert.equal(answer.json.total, pieces * PRICE);
  sold.set(cart.key, answer.json.receipt_no);
  const gone = await insist(() => cashier.get(`/api/v1/carts/${cart.id}`));
  assert.deepEqual([gone.status, gone.json.args.receipt_no], [410, answer.json.receipt_no], gone.what);
}

// Its answer may have been lost: then it is not there any more.
async function throwAway(cart) {
  const path = `/api/v1/carts/${cart.id}?version=${cart.version}`;
  const answer = await insist(() => cashier.call('DELETE', path));
  assert.ok([204, 404].includes(answer.status), answer.what);
  thrown++;
}

async function till(state) {
  while (!state.over) {
    const key = newKey();
    let { json: cart } = await insist(() => cashier.post('/api/v1/carts', { till: '1', key }));
    const pieces = 1 + Math.floor(chance() * 5);
    for (let i = 1; i <= pieces; i++) cart = await scan(cart, i);
    await (chance() < 0.8 ? sell(cart, pieces) : throwAway(cart));
  }
}

async function kill() {
  let told;
  shop.child.removeAllListeners('exit');
  const ended = new Promise((done) => shop.child.on('exit', done));
  alive = new Promise((done) => { told = done; });
  dying = true;
  shop.child.kill('SIGKILL');
  await ended;
  await shop.start();
  dying = false;
  told();
}

// How many bills the journal says were thrown away.
async function voids() {
  const manager = shop.as('manager');
  let count = 0;
  for (let from = 1, lines = [0, 0]; lines.length > 1; from += 1000) {
    const { text } = await manager.get(`/api/v1/journal?from=${from}&limit=1000`);
    lines = text.trim().split('\n');
    count += lines.filter((l) => JSON.parse(l).kind === 'void').length;
  }
  return count;
}

test('bills outlive every kill, and each is sold once', async () => {
  const state = { over: false };
  const tills = Array.from({ length: TILLS }, () => till(state));
  const broken = Promise.all(tills);
  for (let i = 0; i < KILLS; i++) {
    await Promise.race([broken, pause(20 + chance() * 120)]);
    await kill();
  }
  state.over = true;
  await broken;
  const receipts = await cashier.all('/api/v1/sales');
  assert.deepEqual(receipts.map((r) => r.receipt_no).sort(), [...sold.values()].sort());
  assert.equal(await voids(), thrown);
  console.log(`# ${KILLS} kills, ${sold.size} sold, ${thrown} thrown away`);
  assert.ok(sold.size > KILLS / 3);
  assert.deepEqual(await cashier.all('/api/v1/carts'), []); // none is left over
});
