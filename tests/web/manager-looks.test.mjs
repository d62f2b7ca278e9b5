// How the manager's page looks, in every state and size: accessible in both themes and languages, nothing
// too small to read or to touch, nothing that makes the page scroll sideways.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { wrongWith } from './lib/look.mjs';
import { certificate, openShop } from './lib/shop.mjs';
import { openBrowser } from './lib/till.mjs';

const PICTURES = process.env.OCOP_PICTURES; // a folder to put pictures of every state into

const LIST = [certificate(11, 700), certificate(12, 20), certificate(13, -5), certificate(14, 700, { status: 'suspended' }),
  certificate(15, 700, { status: 'revoked' }), certificate(16, 700, { status: 'revoked', recall: 'return_to_producer' }),
  certificate(17, 75)];
const NAMES = { 11: 'Miến dong Minh Dương', 12: 'Trà sen Tây Hồ ướp bông sen Bách Diệp thượng hạng hộp 100 g',
  13: 'Mật ong hoa nhãn Hưng Yên', 14: 'Giò lụa Ước Lễ', 15: 'Tương Bần Yên Nhân lọ 500 ml',
  16: 'Mắm nêm cá cơm Phan Thiết', 17: 'Cà phê hòa tan nấm linh chi Đắk Nông' };

let shop, browser, first, bag;

before(async () => {
  for (const c of LIST) c.name = NAMES[c.cert];
  shop = await openShop(LIST);
  browser = await openBrowser();
  for (const { id, cert, name } of LIST) {
    const made = await shop.stock({ name, unit: 'hộp', price: 99_000, qty: 37 - cert, registry: id });
    first ??= made;
  }
  bag = await shop.stock({ name: 'Trà sen ướp bông Bách Diệp', price: 1000, qty: 2, barcodes: ['8934567890120'] });
  // Then a list that touches all of them: more than the page of today lists.
  await shop.registry.publish(LIST.map(c => ({ ...c, rev: 2, name: c.name + ' (bao bì mới)' })));
  await shop.registry.decide('suspend', LIST[0].id);
  await shop.sync();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** What the daemon would say of a list of that age: no test waits for days. */
async function aged(page, more) {
  await page.unroute('**/api/v1/sync');
  await page.route('**/api/v1/sync', async route => {
    const reply = await route.fetch();
    await route.fulfill({ response: reply, json: { ...await reply.json(), registry_url: 'http://127.0.0.1:1', ...more } });
  });
  await page.reload();
  await page.waitForSelector(`.age.${more.state}`);
  await page.waitForSelector('.figures');
}

async function* doors(desk) {
  await desk.page.waitForSelector('input[name=staff]:focus');
  yield 'signin';
  await desk.signIn({ ...shop.manager, pin: '0000' });
  await desk.page.waitForSelector('.strip.bad');
  yield 'signin-wrong';
  await desk.type(shop.manager.pin);
  await desk.press('Enter');
  await desk.page.waitForSelector('.figures');
  await desk.page.waitForSelector('.latest .rest');
  yield 'today';
}

async function* ages(desk) {
  const error = { code: 'fetch', detail: 'Không gọi được sổ đăng ký. Kiểm tra mạng của cửa hàng rồi thử lại.' };
  await aged(desk.page, { state: 'stale', list_date: '2026-11-17', error });
  yield 'stale';
  await aged(desk.page, { state: 'too_old', list_date: '2026-10-01' });
  yield 'too-old';
  await aged(desk.page, { state: 'none', registry_url: null, list_date: null, last_change: null });
  yield 'none';
  await desk.page.unroute('**/api/v1/sync');
}

async function* places(desk) {
  const { page } = desk;
  await desk.go('thay-doi');
  await page.waitForSelector('.history li');
  yield 'changes';
  await desk.go('danh-sach');
  await page.waitForSelector('.record');
  await desk.tabTo('summary');
  await desk.press('Enter');
  await page.waitForSelector('.record dl');
  yield 'list';
  await desk.go('lien-ket');
  await page.waitForSelector('.goods li');
  yield 'links';
  await page.goto(`${shop.url}/quan-ly#lien-ket/${bag}`);
  await page.waitForSelector('.chosen .mild');
  yield 'links-suggested';
  await page.goto(`${shop.url}/quan-ly#lien-ket/${first}`);
  await page.waitForSelector('.chosen .how');
  yield 'links-linked';
}

const WAYS = [
  ['desk-light-vi', { size: 'desk', colorScheme: 'light', lang: 'vi' }],
  ['tablet-dark-vi', { size: 'tablet', colorScheme: 'dark', lang: 'vi' }],
  ['phone-light-vi', { size: 'phone', colorScheme: 'light', lang: 'vi' }],
  ['phone-dark-en', { size: 'phone', colorScheme: 'dark', lang: 'en' }],
  ['desk-light-en', { size: 'desk', colorScheme: 'light', lang: 'en' }],
];

for (const [name, way] of WAYS) {
  test(`every state can be read, touched and heard: ${name}`, async () => {
    const desk = await openDesk(browser, shop, way);
    const wrong = [];
    for (const part of [doors, ages, places]) {
      for await (const state of part(desk)) {
        await desk.page.waitForTimeout(100);
        if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/${name}-${state}.png`, fullPage: true });
        wrong.push(...(await wrongWith(desk.page)).map(w => `${name} ${state}: ${w}`));
      }
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(desk.complaints, []);
    await desk.close();
  });
}
