// The manager's page on the real daemon, by keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { certificate, openShop } from './lib/shop.mjs';
import { openBrowser } from './lib/till.mjs';

const LIST = [certificate(11, 700), certificate(12, 20), certificate(13, -5), certificate(14, 700, { status: 'suspended' }),
  certificate(15, 700, { status: 'revoked' }), certificate(16, 700, { status: 'revoked', recall: 'return_to_producer' }),
  certificate(17, 75), certificate(18, 700)];
const HELD = { 11: 5, 12: 25, 13: 4, 14: 23, 15: 37, 16: 21, 17: 20 }; // 18 is on the list, not on the shelf

let shop, browser, desk, ids, bag;

before(async () => {
  shop = await openShop(LIST);
  browser = await openBrowser();
  ids = {};
  for (const { id, cert, name } of LIST.filter(c => HELD[c.cert]))
    ids[cert] = await shop.stock({ name, unit: 'hũ', price: 99_000, qty: HELD[cert], registry: id });
  bag = await shop.stock({ name: 'Hàng thử 18 loại ngon', price: 1000, qty: 2 });
  desk = await openDesk(browser, shop);
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

const names = selector => desk.page.locator(selector).allInnerTexts();

test('a cashier is told that the page is for managers, and somebody else can sign in', async () => {
  await desk.signIn(shop.cashier);
  await desk.says('.door .hint', /dành cho quản lý/);
  await desk.tabTo('button.go');
  await desk.press('Enter');
  await desk.signIn({ ...shop.manager, pin: '0000' });
  await desk.says('.door .strip.bad', /PIN/);
  await desk.type(shop.manager.pin);
  await desk.press('Enter');
  await desk.page.waitForSelector('.figures');
});

test('what must be done stands there first, the worst first, with how much is held and what to do', async () => {
  await desk.says('.figures', /4\s+việc phải làm/);
  assert.deepEqual(await names('.task h3'), ['Hàng thử 16', 'Hàng thử 15', 'Hàng thử 14', 'Hàng thử 13']);
  assert.deepEqual(await names('.task .hold'), ['đang giữ 21 hũ', 'đang giữ 37 hũ', 'đang giữ 23 hũ', 'đang giữ 4 hũ']);
  assert.match(await desk.text('.task .advice'), /trả lại nhà sản xuất/);
  assert.match(await desk.text('.linkless'), /^1 mặt hàng/);
});

test('what ends within 30 and 90 days is counted and listed, soonest first', async () => {
  await desk.says('.figures', /1\s+hết hạn trong 30 ngày\s+2\s+hết hạn trong 90 ngày/);
  const rows = await names('.soon tbody tr');
  assert.match(rows[0], /Hàng thử 12.*20 ngày.*25 hũ/s);
  assert.match(rows[1], /Hàng thử 17.*75 ngày.*20 hũ/s);
});

test('what is sold meanwhile is no longer held, without asking', async () => {
  await shop.sell(ids[12], 5);
  await desk.says('.soon tbody tr', /20 hũ/);
});

test('the list is searched without marks, by status too, and tells all of a record', async () => {
  await desk.go('danh-sach');
  await desk.page.waitForSelector('input[type=search]:focus');
  await desk.type('hang thu 15');
  await desk.says('.records', /^\s*Hàng thử 15/);
  await desk.until(async () => (await names('.record')).length === 1, 'one is found');
  assert.match(await desk.text('.record'), /Thu hồi chứng nhận.*từ ngày \d\d\/.*đang giữ 37/s);
  await desk.tabTo('summary');
  await desk.press('Enter');
  await desk.says('.record dl', /VN01-000915/);
  await desk.page.focus('input[type=search]');
  await desk.press('Control+a', 'Delete');
  await desk.tabTo('select');
  await desk.type('h'); // "Hết hạn": a native list is chosen from by its first letter
  await desk.says('.record:first-child', /Hàng thử 13/);
  assert.deepEqual((await names('.record .line1 strong')), ['Hàng thử 13']);
});

test('what the registry withdraws is there after "sync now", with how much of it is held', async () => {
  await shop.registry.decide('revoke', LIST[0].id, '--recall', 'none');
  await desk.go('hom-nay');
  await desk.tabTo('button.again');
  await desk.press('Enter');
  await desk.says('.task h3', /Hàng thử 11/);
  await desk.says('.figures', /5\s+việc phải làm/);
  await desk.says('.latest', /1 bị thu hồi.*Hàng thử 11 chứng nhận bị thu hồi.*đang giữ 5 hũ/s);
  await desk.go('thay-doi');
  await desk.says('.history', /1 bị thu hồi/);
  const [withdrawn] = (await names('.history > li')).filter(text => /1 bị thu hồi/.test(text));
  assert.match(withdrawn, /Hàng thử 11.*đang giữ 5 hũ/s);
  assert.match((await names('.history > li')).at(-1), /8 sản phẩm mới/);
});

test('and what is reinstated is no task any more, without a key pressed', async () => {
  await shop.registry.decide('reinstate', LIST[0].id);
  await desk.go('hom-nay');
  await shop.sync(); // another one asked
  await desk.says('.figures', /4\s+việc phải làm/);
  assert.doesNotMatch((await names('.task h3')).join(), /Hàng thử 11/);
});

test('a product is linked to a certificate that is suggested, and taken back, by keyboard', async () => {
  await desk.go('lien-ket');
  await desk.page.waitForSelector('.goods li');
  await desk.tabTo('.goods input[type=checkbox]');
  await desk.press('Space');
  await desk.until(async () => (await names('.goods li')).length === 1, 'one has no certificate');
  await desk.tabTo('.goods li a');
  await desk.press('Enter');
  await desk.says('.chosen', /Có thể là/);
  await desk.tabTo('.chosen .mild');
  const linked = await desk.page.evaluate(() => document.activeElement.closest('.record').querySelector('strong').textContent);
  assert.equal(linked, 'Hàng thử 18');
  await desk.press('Enter');
  await desk.says('.chosen .how', /quản lý đã chọn/);
  assert.equal((await shop.api('GET', '/api/v1/products/' + bag)).ocop.cert, 18);
  await desk.tabTo('.chosen .how .plain');
  await desk.press('Enter');
  await desk.says('.chosen', /Chưa liên kết với chứng nhận nào/);
  assert.equal((await shop.api('GET', '/api/v1/products/' + bag)).ocop, null);
});

test('a certificate that is not suggested is found by its name', async () => {
  await desk.tabTo('.chosen input[type=search]');
  await desk.type('hang thu 17');
  await desk.press('Enter');
  await desk.page.waitForSelector('section[aria-labelledby=other] .record');
  await desk.tabTo('section[aria-labelledby=other] .record button');
  await desk.press('Enter');
  await desk.says('.chosen .how', /quản lý đã chọn/);
  assert.equal((await shop.api('GET', '/api/v1/products/' + bag)).ocop.cert, 17);
});

test('a registry that does not answer is said in words, and the list stays', async () => {
  await shop.registry.stop();
  await desk.go('hom-nay');
  await desk.tabTo('button.again');
  await desk.press('Enter');
  await desk.says('.failed', /Lần kiểm tra gần nhất không xong.\s+\S+/);
  await desk.says('.age h1', /còn mới/);
  await desk.says('.facts', /8 sản phẩm/);
  await shop.registry.serve();
  await desk.press('Enter');
  await desk.until(async () => await desk.page.locator('.failed').count() === 0, 'it is over');
});

test('every word is English after the language was changed, and stays so', async () => {
  await desk.tabTo('.me button');
  await desk.press('Enter');
  await desk.says('.figures', /to do/);
  await desk.page.reload();
  await desk.says('.age h1', /The OCOP list is fresh/);
});

test('the page never complained, and used nothing that its security policy forbids', () =>
  assert.deepEqual(desk.complaints, []));
