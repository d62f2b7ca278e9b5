// What the pages say of printers, on the real daemon and a fake printer: the till by keyboard and scanner alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fakePrinter } from '../scenario/fake_printer.mjs';
import { openDesk } from './lib/desk.mjs';
import { openShop } from './lib/shop.mjs';
import { openBrowser, openTill } from './lib/till.mjs';

let shop, browser, printer, till, desk;

before(async () => {
  printer = await fakePrinter();
  shop = await openShop([], { settings: () => `printers = (
    { id = "receipt"; at = "${printer.at}"; roles = "receipt"; }, { id = "label"; at = "tcp:127.0.0.1:1"; roles = "label"; } );` });
  browser = await openBrowser();
  await shop.stock({ name: 'Miến dong thử', price: 60_000, barcodes: ['8934567890120'], qty: 400 });
  till = await openTill(browser, shop);
  await till.begin();
});

after(async () => {
  await browser?.close();
  await shop?.close();
  printer?.stop();
});

/** Until an element's text fits; '' while there is none. */
async function says(page, selector, pattern) {
  const text = async () => (await page.locator(selector).allInnerTexts()).join(' | ');
  await till.until(async () => pattern.test(await text()), `${selector} says ${pattern}: ${await text()}`);
}

const goneFrom = (page, selector) => page.waitForSelector(selector, { state: 'detached' });
const slips = async () => (await printer.tell('state')).slips.length;

/** Sells one, and leaves the change on the screen: the receipt's number. */
async function sell() {
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines()).length === 1, 'it is on the bill');
  await till.pay();
  return till.receipt();
}

/** A whole slip: what the printer is flushed with after an unknown one is no part of the next. */
async function whole() {
  const { job } = await shop.api('POST', '/api/v1/printers/receipt/test');
  await till.until(async () => (await shop.api('GET', '/api/v1/print-jobs/' + job)).state === 'confirmed', 'a test is printed');
}

/** Sells one while the printer goes away in the middle of its slip, and comes back. */
async function cutOff() {
  await whole();
  await printer.tell('vanish 6000');
  const no = await sell();
  await says(till.page, 'dialog .asks', new RegExp(`${no} đã in ra chưa\\?`));
  await printer.tell('back');
  return no;
}

const jobsOf = async no => (await shop.api('GET', '/api/v1/print-jobs?receipt_no=' + no)).items;

test('after the money the till says how the receipt fares', async () => {
  await sell();
  await says(till.page, 'dialog .printed', /Đã in hóa đơn\./);
  assert.equal(await slips(), 1);
  await till.press('Enter');
  await till.ready();
});

test('a printer that only has labels is no trouble of the till', async () => {
  await till.page.waitForTimeout(300);
  assert.equal(await till.page.locator('.printing').count(), 0);
});

test('without paper the till says so in words, and goes on selling', async () => {
  await printer.tell('paper out');
  await says(till.page, '.printing', /hết giấy: thay cuộn giấy/);
  await sell();
  await says(till.page, 'dialog .printed', /chờ máy in|Đang in/);
  await says(till.page, 'dialog .printing', /hết giấy.*Đang chờ in: 1/);
  await till.scan('8934567890120'); // the next customer's goods, past the dialog
  await till.until(async () => (await till.lines()).length === 1, 'a scan goes on');
  assert.equal(await slips(), 1);
  await till.press('F1');
});

test('with new paper it prints by itself, and nothing is said any more', async () => {
  await printer.tell('paper in');
  await goneFrom(till.page, '.printing');
  await till.until(async () => await slips() === 2, 'the slip is printed');
});

test('after an unplug in the middle of a slip the cashier is asked, and F4 says that it is there', async () => {
  const no = await cutOff();
  await till.press('Enter');
  await till.ready();
  await says(till.page, '.asks', new RegExp(no));
  await till.scan('8934567890120');
  await till.until(async () => (await till.lines()).length === 1, 'a question stops no scan');
  await till.press('F4');
  await goneFrom(till.page, '.asks');
  assert.deepEqual((await jobsOf(no)).map(j => [j.state, j.asked]), [['confirmed', false]]);
  assert.equal(await till.page.evaluate(() => document.activeElement?.id), 'find');
  await till.press('F1');
});

test('F8 in the dialog prints it again, marked as such, and says so', async () => {
  const no = await cutOff();
  await till.press('F8');
  await goneFrom(till.page, '.asks');
  await till.until(async () => (await jobsOf(no)).some(j => j.follows && j.state === 'confirmed'), 'it is printed again');
  await says(till.page, 'dialog .printed', /Đã in hóa đơn\./);
  await till.press('Enter');
  await till.ready();
});

test('what was answered elsewhere is asked no more, without a key pressed', async () => {
  const no = await cutOff();
  await till.press('Enter');
  const [job] = await jobsOf(no);
  await shop.api('POST', `/api/v1/print-jobs/${job.id}/answer`, { printed: true });
  await goneFrom(till.page, '.asks');
});

test('a reload keeps the question', async () => {
  await cutOff();
  await till.press('Enter');
  await till.page.reload();
  await says(till.page, '.asks', /đã in ra chưa/);
  await till.ready();
});

test('the words are English when the page is', async () => {
  await till.press('F7');
  await says(till.page, '.asks', /Was receipt \S+ printed\?/);
  await till.press('F4');
  await goneFrom(till.page, '.asks');
  await printer.tell('cover open');
  await says(till.page, '.printing', /cover is open: close it/);
  await printer.tell('cover close');
  await goneFrom(till.page, '.printing');
  await till.press('F7');
});

test('a manager sees the printers, and what is wrong is counted in the navigation', async () => {
  desk = await openDesk(browser, shop);
  await desk.begin();
  await desk.says('nav a[href="#may-in"]', /Máy in\s*1/);
  await desk.go('may-in');
  await desk.says('.printer', /receipt\s+sẵn sàng.*label\s+không thấy máy/s);
  await desk.says('.printer.bad', /Kiểm tra nguồn, dây mạng/);
});

test('a manager prints a test by keyboard', async () => {
  const before = await slips();
  await desk.tabTo('.printer button');
  await desk.press('Enter');
  await desk.says('.printer .act', /Đã gửi bản in thử/);
  await desk.until(async () => await slips() === before + 1, 'it is printed');
});

test('a manager cancels what waits', async () => {
  await printer.tell('paper out');
  await desk.says('.printer', /receipt\s+hết giấy/);
  const no = await sell();
  await desk.says('.jobs', new RegExp(`Hóa đơn ${no}`));
  await desk.tabTo('section[aria-labelledby=jobs-queued] button');
  await desk.press('Enter');
  await desk.says('section[aria-labelledby=jobs-queued]', /Không có bản in nào đang chờ/);
  await says(till.page, 'dialog .printed', /Đã bỏ in/);
  await till.press('Enter');
  await printer.tell('paper in');
  assert.equal((await jobsOf(no))[0].state, 'cancelled');
});

test('a manager answers what nobody knows, and has it printed again', async () => {
  const no = await cutOff();
  await till.press('Enter');
  await desk.says('section[aria-labelledby=jobs-unknown]', new RegExp(no));
  await desk.tabTo('section[aria-labelledby=jobs-unknown] button:not(.mild)');
  assert.match(await desk.page.evaluate(() => document.activeElement.textContent), /In lại/);
  await desk.press('Enter');
  await desk.says('section[aria-labelledby=jobs-unknown]', /Không có bản in nào phải hỏi/);
  assert.equal(await desk.page.evaluate(() => document.activeElement.id), 'jobs-unknown');
  await goneFrom(till.page, '.asks');
  await desk.until(async () => (await jobsOf(no)).some(j => j.follows), 'it is queued again');
});

test('no page complained', () => assert.deepEqual([...till.complaints, ...desk.complaints], []));
