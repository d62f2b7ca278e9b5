// A payment in trouble: whatever breaks, one sale.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openShop } from './lib/shop.mjs';
import { openBrowser, openTill } from './lib/till.mjs';

const KILLS = 6;

let shop, browser, till, mien;

before(async () => {
  shop = await openShop();
  browser = await openBrowser();
  mien = await shop.stock({ name: 'Miến dong thử', price: 60_000, barcodes: ['8934567890120'], qty: 500 });
  till = await openTill(browser, shop);
  await till.begin();
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

const lineIsUp = () => till.page.waitForSelector('.lost', { state: 'detached' });

/** Runs `trouble` around the payment of one bill; answers how many were taken from the shelf. */
async function soldBy(trouble) {
  await lineIsUp(); // of the trouble before
  const stock = await shop.stockOf(mien);
  await till.find('mien dong thu');
  await trouble();
  const no = await till.receipt();
  assert.equal((await shop.api('GET', '/api/v1/sales/' + no)).total, 60_000);
  await till.press('Enter');
  await till.ready();
  return stock - await shop.stockOf(mien);
}

test('an answer that is lost on the way is asked for again, under the same key', async () => {
  const keys = [];
  await till.page.route('**/api/v1/sales', async route => {
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length > 2) return route.continue();
    await route.fetch(); // the daemon sold
    return route.abort(); // and nobody heard
  });
  assert.equal(await soldBy(() => till.pay()), 1);
  await till.page.unroute('**/api/v1/sales');
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  assert.match(keys[0], /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('"try again" is obeyed without asking the cashier', async () => {
  let times = 0;
  await till.page.route('**/api/v1/sales', route => (++times <= 2
    ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"busy"}' }) : route.continue()));
  assert.equal(await soldBy(() => till.pay()), 1);
  await till.page.unroute('**/api/v1/sales');
});

test('a reload in mid-payment ends in the receipt of the one sale', async () => {
  let held = true;
  await till.page.route('**/api/v1/sales', async route => {
    await route.fetch();
    if (!held) return route.continue();
    return route.abort();
  });
  assert.equal(await soldBy(async () => {
    await till.pay();
    await till.page.waitForSelector('dialog.sending .hint');
    held = false;
    await till.page.unroute('**/api/v1/sales');
    await till.page.reload();
  }), 1);
});

test('a reload before the daemon heard of it sells once, too', async () => {
  await till.page.route('**/api/v1/sales', route => route.abort());
  assert.equal(await soldBy(async () => {
    await till.pay();
    await till.page.waitForSelector('dialog.sending .hint');
    await till.page.unroute('**/api/v1/sales');
    await till.page.reload();
  }), 1);
});

test('the receipt stays on the screen over a reload', async () => {
  assert.equal(await soldBy(async () => {
    await till.pay();
    const no = await till.receipt();
    await till.page.reload();
    assert.equal(await till.receipt(), no);
  }), 1);
});

test(`the daemon killed around the moment of payment ${KILLS} times makes one sale each`, async () => {
  for (let n = 0; n < KILLS; n++) {
    const sold = await soldBy(async () => {
      await till.press('F9');
      await till.page.waitForSelector('dialog.pay');
      const dead = new Promise(done => setTimeout(() => done(shop.kill()), n * 4));
      await till.press('Enter');
      await dead;
      await shop.start();
    });
    assert.equal(sold, 1, `kill ${n}`);
  }
});

test('the daemon killed between its commit and its answer makes one sale', async () => {
  let answered = 0, died;
  const dead = new Promise(resolve => { died = resolve; });
  await till.page.route('**/api/v1/sales', async route => {
    if (++answered > 1) return route.continue();
    assert.equal((await route.fetch()).status(), 201); // durable
    await shop.kill();
    died();
    return route.abort();
  });
  assert.equal(await soldBy(async () => {
    await till.pay();
    await dead;
    await till.page.waitForSelector('.lost');
    await shop.start();
  }), 1);
  await till.page.unroute('**/api/v1/sales');
});

test('a daemon that is away is told of, the bill stays, and the line comes back by itself', async () => {
  await lineIsUp();
  await till.find('mien dong thu');
  await shop.kill();
  await till.page.waitForSelector('.lost');
  assert.equal((await till.lines()).length, 1);
  await till.scan('8934567890120');
  await till.untilNote(/8934567890120/);
  assert.equal((await till.lines())[0][1], '1');
  await shop.start();
  await lineIsUp();
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines())[0][1] === '2', 'scans are added again');
  await till.press('F1');
});

test('signed out in mid-payment: after the PIN the payment goes on by itself', async () => {
  let times = 0;
  await till.page.route('**/api/v1/sales', async route => {
    if (++times > 1) return route.continue();
    await till.page.context().clearCookies();
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body: '{"code":"unauthenticated"}' });
  });
  assert.equal(await soldBy(async () => {
    await till.pay();
    await till.signIn();
  }), 1);
  await till.page.unroute('**/api/v1/sales');
});

test('a daemon that fails leaves it to the cashier, and sending again sells once', async () => {
  let times = 0;
  await till.page.route('**/api/v1/sales', async route => {
    if (++times > 1) return route.continue();
    await route.fetch();
    return route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"code":"db","detail":"Hỏng."}' });
  });
  assert.equal(await soldBy(async () => {
    await till.pay();
    await till.page.waitForSelector('dialog.fault');
    await till.press('Enter');
  }), 1);
  await till.page.unroute('**/api/v1/sales');
});

test('a second tab follows the bill and its payment, and sells nothing twice', async () => {
  const other = await till.page.context().newPage();
  await other.goto(shop.url + '/');
  await other.waitForSelector('#find');
  assert.equal(await soldBy(async () => {
    await other.waitForSelector('.line');
    await till.page.bringToFront();
    await till.pay();
    await other.waitForSelector('dialog.done');
  }), 1);
  await other.waitForSelector('dialog.done', { state: 'detached' });
  assert.equal(await other.locator('.line').count(), 0);
  await other.close();
});

test('the page never complained', () => assert.deepEqual(till.complaints, []));
