// How the till looks, in every state: accessible in both themes and languages, nothing
// too small to read or to touch, nothing outside the screen.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { wrongWith } from './lib/look.mjs';
import { DESK, TABLET, openBrowser, openTill } from './lib/till.mjs';
import { certificate, openShop } from './lib/shop.mjs';

const PICTURES = process.env.OCOP_PICTURES; // a folder to put pictures of every state into

/** One of each standing: in force, near its end, over, suspended, withdrawn, recalled. */
const CERTIFIED = [certificate(11, 700), certificate(12, 20), certificate(13, -5), certificate(14, 700, { status: 'suspended' }),
  certificate(15, 700, { status: 'revoked' }), certificate(16, 700, { status: 'revoked', recall: 'stop_sale' })];

let shop, browser, mien;

before(async () => {
  shop = await openShop(CERTIFIED);
  browser = await openBrowser();
  mien = await shop.stock({ name: 'Miến dong thử', price: 60_000, barcodes: ['8934567890120'], qty: 500 });
  for (const name of ['Cà phê thử Arabica', 'Cà phê thử Robusta'])
    await shop.stock({ name, price: 145_000, barcodes: ['8936000000400'], qty: 50 });
  for (const { id, name } of CERTIFIED) await shop.stock({ name, price: 99_000, qty: 50, registry: id });
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** Looks at one state; answers what is wrong with it. */
async function look(till, name, state) {
  await till.page.waitForTimeout(60);
  if (PICTURES) await till.page.screenshot({ path: `${PICTURES}/${name}-${state}.png` });
  const wrong = await wrongWith(till.page);
  return wrong.map(w => `${name} ${state}: ${w}`);
}

/** Before selling: signing in, the shift. */
async function* doors(till) {
  const { page } = till;
  await page.waitForSelector('input[name=staff]:focus');
  yield 'signin';
  await till.type(shop.cashier.number);
  await till.press('Enter');
  await till.type('0000');
  await till.press('Enter');
  await page.waitForSelector('.strip.bad');
  yield 'signin-wrong';
  await till.type(shop.cashier.pin);
  await till.press('Enter');
  await page.waitForSelector('#find, input[name=float]');
  if (await page.locator('#find').count()) {
    await till.ready();
    await till.press('Control+End');
    await page.waitForSelector('input[name=counted]:focus');
    await till.type('500k');
    yield 'close';
    await till.press('Enter');
    await page.waitForSelector('dialog dl');
    yield 'closed';
    await till.press('Enter');
  }
  await page.waitForSelector('input[name=float]:focus');
  yield 'shift';
  await till.openShift();
}

/** While selling: finding, the bill, what goes wrong there. */
async function* floor(till) {
  const { page } = till;
  await page.waitForSelector('.row');
  yield 'empty';
  await till.type('2*a');
  await page.waitForSelector('.row[aria-selected=true]');
  yield 'results';
  await till.press('Escape');
  await till.type('zzzzz');
  await page.waitForSelector('.find .nothing');
  yield 'nothing-found';
  await till.press('Escape');
  await till.find('mien dong thu');
  await page.waitForSelector('.row');
  for (let n = 0; n < 9; n++) {
    await till.press('ArrowDown', ...Array(n).fill('ArrowDown'), 'Enter');
    await page.waitForTimeout(30);
    if (await page.locator('dialog.stop').count()) await till.press('Enter');
  }
  yield 'bill';
  await till.find('9999*mien dong thu');
  yield 'bill-short';
  await till.press('Control+z');
  await till.scan('4006381333931');
  await page.waitForSelector('.strip.bad');
  yield 'unknown-code';
  await till.press('F2');
  await page.waitForSelector('input.qty:focus');
  yield 'quantity';
  await till.press('Escape');
  await till.scan('8936000000400');
  await page.waitForSelector('dialog.choose');
  yield 'choose';
  await till.press('Escape');
  await till.press('F1');
  await till.type('hang thu 16');
  await till.press('Enter');
  await page.waitForSelector('dialog.stop');
  yield 'stop';
  await till.press('Enter');
  await till.find('hang thu 15');
  await till.press('F9');
  await page.waitForSelector('dialog.approve');
  yield 'approve';
  await till.press('Enter', 'Enter');
  await page.waitForSelector('dialog .strip.bad');
  yield 'approve-missing';
  await till.press('Escape', 'F1');
  await page.route('**/api/v1/sync', route =>
    route.fulfill({ contentType: 'application/json', body: '{"state":"too_old","list_date":"2026-10-01"}' }));
  await page.reload();
  await page.waitForSelector('.aged');
  await till.ready();
  yield 'too-old';
  await page.unroute('**/api/v1/sync');
  await page.reload();
  await till.ready();
  await till.find('mien dong thu');
}

/** Stands in for the daemon's answer to the next sale. */
function answer(page, status, body) {
  return page.route('**/api/v1/sales', route =>
    route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify(body) }));
}

/** At the money. */
async function* counter(till) {
  const { page } = till;
  const pay = async state => {
    await till.pay();
    await page.waitForSelector('dialog.' + state);
  };
  await till.press('F9');
  await page.waitForSelector('dialog.pay');
  yield 'pay';
  await till.type('50');
  yield 'pay-short';
  await till.press('Enter', 'Escape');
  await answer(page, 409, { code: 'stock_short', detail: 'Trên kệ chỉ còn 0 gói.' });
  await pay('refused');
  yield 'refused';
  await till.press('Enter');
  await page.unroute('**/api/v1/sales');
  await answer(page, 500, { code: 'db', detail: 'Máy chủ gặp lỗi khi ghi.' });
  await pay('fault');
  yield 'fault';
  await till.press('Escape');
  await page.unroute('**/api/v1/sales');
  const lines = [{ product: mien, price: 61_000 }];
  await answer(page, 409, { code: 'price_changed', detail: 'Giá đã đổi.', total: 61_000, lines });
  await pay('price');
  yield 'price';
  await page.unroute('**/api/v1/sales');
  await till.press('Escape', 'F1');
  await till.press('ArrowDown');
  await till.find('mien dong thu');
  await page.route('**/api/v1/sales', route => route.abort());
  await pay('sending:has(.hint)');
  yield 'sending';
  await page.unroute('**/api/v1/sales');
  await page.waitForSelector('dialog.done');
  await page.waitForFunction(() => document.querySelector('.paper img')?.complete);
  yield 'done';
  await till.press('Enter');
  await till.ready();
  await shop.kill();
  await page.waitForSelector('.lost');
  yield 'lost';
  await shop.start();
  await page.waitForSelector('.lost', { state: 'detached' });
}

const WAYS = [
  ['desk-light-vi', { viewport: DESK, colorScheme: 'light', lang: 'vi' }],
  ['tablet-dark-vi', { viewport: TABLET, colorScheme: 'dark', lang: 'vi', hasTouch: true }],
  ['tablet-light-en', { viewport: TABLET, colorScheme: 'light', lang: 'en' }],
  ['desk-dark-en', { viewport: DESK, colorScheme: 'dark', lang: 'en' }],
];

for (const [name, way] of WAYS) {
  test(`every state can be read, touched and heard: ${name}`, async () => {
    const till = await openTill(browser, shop, way);
    const wrong = [];
    for (const part of [doors, floor, counter])
      for await (const state of part(till)) wrong.push(...await look(till, name, state));
    assert.deepEqual(wrong, []);
    assert.deepEqual(till.complaints, []);
    await till.close();
  });
}
