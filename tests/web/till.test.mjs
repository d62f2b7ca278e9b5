// The till page on the real daemon, by keyboard and scanner alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { certificate, openShop } from './lib/shop.mjs';
import { openBrowser, openTill } from './lib/till.mjs';

const CERTIFIED = [certificate(11, 700), certificate(12, 20), certificate(13, -5), certificate(14, 700, { status: 'suspended' }),
  certificate(15, 700, { status: 'revoked' })];

let shop, browser, till, mien, trau, coffee;

before(async () => {
  shop = await openShop(CERTIFIED);
  browser = await openBrowser();
  mien = await shop.stock({ name: 'Miến dong thử', price: 60_000, barcodes: ['8934567890120'], qty: 40 });
  trau = await shop.stock({ name: 'Thịt trâu thử', unit: 'kg', kind: 'weighed', price: 890_000, barcodes: ['8936000000387'], qty: 8 });
  coffee = [
    await shop.stock({ name: 'Cà phê thử Arabica', price: 145_000, barcodes: ['8936000000400'], qty: 10 }),
    await shop.stock({ name: 'Cà phê thử Robusta', price: 120_000, barcodes: ['8936000000400'], qty: 10 }),
  ];
  for (const { id, name } of CERTIFIED) await shop.stock({ name, price: 99_000, qty: 10, registry: id });
  till = await openTill(browser, shop);
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** Leaves whatever is open, and empties the bill. */
async function freshBill() {
  await till.press('Escape', 'F1');
  await till.until(async () => (await till.lines()).length === 0, 'the bill is empty');
  await till.ready();
}

test('a wrong PIN is refused with a sentence, and the right one opens the till', async () => {
  await till.page.waitForSelector('input[name=staff]:focus');
  await till.type(shop.cashier.number);
  await till.press('Enter');
  await till.type('0000');
  await till.press('Enter');
  await till.page.waitForSelector('.strip.bad');
  assert.match(await till.note(), /PIN/);
  await till.type(shop.cashier.pin);
  await till.press('Enter');
  await till.ready();
});

test('a shift is closed by a blind count and opened with a float', async () => {
  await till.press('Control+End');
  await till.page.waitForSelector('input[name=counted]:focus');
  await till.type('1.500k');
  await till.press('Enter');
  await till.page.waitForSelector('dialog dl');
  await till.press('Enter');
  await till.openShift();
  const { items } = await shop.api('GET', '/api/v1/shifts?till=1&open=1');
  assert.equal(items[0].float, 500_000);
});

test('a whole sale: search, quantity, cash, change, receipt, next bill', async () => {
  const stock = await shop.stockOf(mien);
  await till.type('mien dong thu');
  await till.page.waitForSelector('.row[aria-selected=true]');
  await till.press('Enter');
  await till.until(async () => await till.total() === 60_000, 'one is on the bill');
  await till.find('2*mien dong thu');
  await till.find('0,75*thit trau thu');
  assert.deepEqual(await till.lines(), [['Miến dong thử', '3', 180_000], ['Thịt trâu thử', '0,75', 667_500]]);
  await till.pay('900000');
  const no = await till.receipt();
  assert.match(await till.page.locator('.change').textContent(), /52\.500/);
  const picture = till.page.locator('.paper img');
  await till.until(() => picture.evaluate(img => img.complete && img.naturalWidth > 0), 'the receipt is shown');
  await till.press('PageDown');
  await till.until(() => till.page.$eval('.paper', p => p.scrollTop > 0 || p.scrollHeight <= p.clientHeight), 'it scrolls');
  const sale = await shop.api('GET', '/api/v1/sales/' + no);
  assert.equal(sale.total, 847_500);
  assert.equal(await shop.stockOf(mien), stock - 3);
  await till.press('Enter');
  await till.ready();
  assert.deepEqual(await till.lines(), []);
});

test('Enter before the answer is there adds what was meant, and the next word is kept', async () => {
  await till.page.route('**/api/v1/products?*', async route => {
    await new Promise(late => setTimeout(late, 300));
    await route.continue().catch(() => {}); // the page may have asked for something newer
  });
  await till.type('mien dong thu');
  await till.press('Enter');
  await till.type('thit trau');
  await till.until(async () => (await till.lines()).length === 1, 'the first is added');
  assert.equal(await till.page.inputValue('#find'), 'thit trau');
  await till.press('Enter');
  await till.until(async () => (await till.lines()).length === 2, 'the second too');
  await till.page.unroute('**/api/v1/products?*');
  await till.type('zzzz');
  await till.press('Enter');
  await till.untilNote(/zzzz/);
  await till.press('Escape');
  await freshBill();
});

test('Enter on nothing is the exact amount, and a quick tender has a key', async () => {
  await till.find('mien dong thu');
  await till.pay();
  await till.receipt();
  await till.press('Enter');
  await till.ready();
  await till.find('mien dong thu');
  await till.press('F9');
  await till.page.waitForSelector('dialog.pay');
  await till.press('F3', 'Enter');
  await till.receipt();
  assert.match(await till.page.locator('.change').textContent(), /140\.000/);
  await till.press('Enter');
  await till.ready();
});

test('too little money is not taken', async () => {
  await till.find('mien dong thu');
  await till.pay('50000');
  await till.untilNote(/10\.000/);
  assert.equal(await till.page.locator('dialog.pay').count(), 1);
  await till.press('Escape');
  await freshBill();
});

test('scans land wherever the focus is, twice is two, and 5* before one is five', async () => {
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines())[0]?.[1] === '1', 'one');
  await till.press('Tab', 'Tab');
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines())[0]?.[1] === '2', 'two');
  await till.press('F3');
  await till.type('5*');
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines())[0]?.[1] === '7', 'seven');
  assert.equal(await till.page.inputValue('#find'), '');
  await freshBill();
});

test('scans one after the other are added in their order', async () => {
  for (const code of ['8936000000387', '8934567890120', '8936000000387']) await till.scan(code);
  await till.until(async () => (await till.lines()).length === 2, 'both are there');
  await till.until(async () => (await till.lines())[0][1] === '2', 'the third too');
  assert.deepEqual((await till.lines()).map(l => l[0]), ['Thịt trâu thử', 'Miến dong thử']);
  await freshBill();
});

test('an unknown code is a red strip, never a dialog', async () => {
  await till.scan('4006381333931');
  await till.page.waitForSelector('.strip.bad');
  assert.match(await till.note(), /4006381333931/);
  assert.equal(await till.page.locator('dialog').count(), 0);
  assert.deepEqual(await till.lines(), []);
});

test('a code of several products lets choose, by digit or arrows', async () => {
  await till.scan('8936000000400');
  await till.page.waitForSelector('dialog.choose');
  const names = await till.page.locator('dialog.choose .name').allTextContents();
  assert.equal(names.length, 2);
  await till.press('2');
  await till.until(async () => (await till.lines()).length === 1, 'the second is taken');
  assert.ok(names[1].startsWith((await till.lines())[0][0]));
  await till.scan('8936000000400');
  await till.page.waitForSelector('dialog.choose');
  await till.press('ArrowDown', 'ArrowUp', 'Enter');
  await till.until(async () => (await till.lines()).length === 2, 'the first is taken');
  await freshBill();
});

test('a scan while money is counted is neither money nor goods', async () => {
  await till.find('mien dong thu');
  await till.press('F9');
  await till.page.waitForSelector('dialog.pay');
  await till.type('70');
  await till.scan('8934567890120');
  await till.page.waitForSelector('dialog .strip.bad');
  assert.equal(await till.page.locator('.given output').textContent(), '70\u00a0₫');
  await till.press('Escape');
  assert.equal((await till.lines())[0][1], '1');
  await freshBill();
});

test('F2, plus, minus, Del, Ctrl+Z and F1 do what they say', async () => {
  await till.find('mien dong thu');
  await till.find('thit trau thu');
  const quantities = async () => (await till.lines()).map(l => l[1]).join(' ');
  await till.press('F2');
  await till.page.waitForSelector('input.qty:focus');
  await till.type('1,25');
  await till.press('Enter');
  await till.ready();
  assert.equal(await quantities(), '1 1,25');
  await till.press('PageUp', '+', '+', '-');
  assert.equal(await quantities(), '2 1,25');
  await till.press('Delete');
  assert.equal(await quantities(), '1,25');
  await till.press('Control+z');
  assert.equal(await quantities(), '2 1,25');
  await till.press('F1');
  assert.equal(await quantities(), '');
  await till.press('Control+z');
  assert.equal(await quantities(), '2 1,25');
  await freshBill();
});

test('a price that changed meanwhile is shown, and Enter accepts it', async () => {
  await till.find('mien dong thu');
  await shop.setPrice(mien, 65_000);
  await till.pay('100000');
  await till.page.waitForSelector('dialog.price');
  assert.match(await till.page.locator('.news').textContent(), /60\.000.*65\.000/);
  await till.press('Enter');
  await till.page.waitForSelector('dialog.pay');
  await till.type('100000');
  await till.press('Enter');
  await till.receipt();
  assert.match(await till.page.locator('.change').textContent(), /35\.000/);
  await till.press('Enter');
  await till.ready();
});

test('more than stands on the shelf is refused with the daemon\'s sentence, and nothing is sold', async () => {
  const stock = await shop.stockOf(trau);
  await till.find('500*thit trau thu');
  await till.pay();
  await till.page.waitForSelector('dialog.refused [role=alert]');
  assert.ok((await till.page.locator('dialog.refused [role=alert]').textContent()).length > 10);
  await till.press('Enter');
  await till.ready();
  assert.equal((await till.lines()).length, 1, 'the bill is still there');
  assert.equal(await shop.stockOf(trau), stock);
  await freshBill();
});

test('stars are shown of certificates in force only, and the cashier is told of the others', async () => {
  await till.type('hang thu');
  await till.until(async () => await till.page.locator('.row .cert').count() === CERTIFIED.length, 'all are found');
  const shown = Object.fromEntries(await till.page.$$eval('.row', rows => rows.map(row =>
    [row.querySelector('.name').textContent, row.querySelector('.cert').textContent])));
  assert.match(shown['Hàng thử 11'], /^★★★★OCOP 4 sao$/);
  assert.match(shown['Hàng thử 12'], /^★★★★OCOP 4 saohết hạn \d\d\/\d\d\/\d{4}$/);
  for (const n of [13, 14, 15]) assert.doesNotMatch(shown[`Hàng thử ${n}`], /★/);
  await till.press('Escape');
  await till.find('hang thu 13');
  assert.match(await till.note(), /hết hạn/);
  await till.find('hang thu 15');
  assert.match(await till.note(), /thu hồi/);
  await till.find('hang thu 11');
  assert.doesNotMatch(await till.note(), /OCOP/);
  await freshBill();
});

test('stock that somebody else took is shown without asking', async () => {
  await till.type('ca phe thu arabica');
  await till.page.waitForSelector('.row[aria-selected=true]');
  await till.until(async () => /10/.test(await till.page.locator('.row .meta').first().textContent()), 'ten are left');
  await shop.sell(coffee[0], 3);
  await till.until(async () => /\b7\b/.test(await till.page.locator('.row .meta').first().textContent()), 'seven are left');
  await till.press('Escape');
});

test('F7 turns every word into English and back, and is remembered', async () => {
  await till.press('F7');
  await till.until(async () => /Take payment/.test(await till.page.textContent('.big')), 'it is English');
  assert.equal(await till.page.getAttribute('html', 'lang'), 'en');
  await till.page.reload();
  await till.ready();
  assert.match(await till.page.textContent('.big'), /Take payment/);
  await till.press('F7');
  await till.until(async () => /Thu tiền/.test(await till.page.textContent('.big')), 'it is Vietnamese');
});

test('Ctrl+L signs out and the bill waits for the next cashier', async () => {
  await till.find('mien dong thu');
  await till.press('Control+l');
  await till.page.waitForSelector('.hint');
  await till.signIn();
  await till.ready();
  assert.equal((await till.lines()).length, 1);
  await freshBill();
});

test('the page never complained, and used nothing that its security policy forbids', () =>
  assert.deepEqual(till.complaints, []));
