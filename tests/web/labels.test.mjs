// Labels on the manager's page: chosen, seen and printed, by keyboard alone; and how that looks.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { wrongWith } from './lib/look.mjs';
import { certificate, openShop } from './lib/shop.mjs';
import { openBrowser } from './lib/till.mjs';

const PICTURES = process.env.OCOP_PICTURES; // a folder to put pictures of every state into

let shop, browser, honey, tags;

before(async () => {
  shop = await openShop([certificate(11, 700, { name: 'Mật ong bạc hà Cổng Trời' })], {
    settings: dir => {
      tags = join(dir, 'tags');
      for (const name of ['tags', 'slips']) mkdirSync(join(dir, name));
      return `printers = ( { id = "slips"; at = "file:${dir}/slips"; roles = "receipt"; },
        { id = "tags"; at = "file:${tags}"; roles = "label"; language = "tspl"; label_mm = "50x30"; },
        { id = "shelf"; at = "file:${dir}/slips"; roles = "label"; language = "zpl"; label_mm = "70x40"; } );\n`;
    },
  });
  honey = await shop.stock({ name: 'Mật ong bạc hà 500 ml', unit: 'chai', price: 420_000, qty: 30, registry: 'VN01-000911',
    barcodes: ['8930000001054'] });
  await shop.stock({ name: 'Vé tham quan', unit: 'vé', price: 50_000, qty: 1 });
  browser = await openBrowser();
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** The bytes of the newest label in a folder, as soon as there are `n`. */
async function printed(desk, n) {
  await desk.until(async () => existsSync(tags) && readdirSync(tags).filter(f => f.endsWith('.png')).length >= n, `${n} labels`);
  const [last] = readdirSync(tags).filter(f => f.startsWith('label-') && !f.endsWith('.png'))
    .sort((a, b) => parseInt(b.slice(6), 10) - parseInt(a.slice(6), 10));
  return readFileSync(join(tags, last), 'latin1');
}

test('a shelf label is found, seen and printed three times, by keyboard alone', async () => {
  const desk = await openDesk(browser, shop);
  await desk.begin();
  await desk.go('tem');
  await desk.tabTo('input[type=search]');
  await desk.type('mat ong');
  await desk.until(async () => await desk.page.locator('.goods li').count() === 1, 'one is found');
  await desk.tabTo('.goods li a');
  await desk.press('Enter');
  await desk.page.waitForFunction(() => document.querySelector('.label img')?.naturalWidth === 400);
  await desk.tabTo('.chosen input[type=number]');
  await desk.press('Control+a');
  await desk.type('3');
  await desk.press('Enter');
  await desk.says('.chosen [role=status]', /Đã gửi 3 tem/);
  assert.match(await printed(desk, 1), /^SIZE 50 mm,30 mm\r\n[^]*PRINT 1,3\r\n$/);
  assert.deepEqual(desk.complaints, []);
  await desk.close();
});

test('a price tag offers the lots that stand there, another printer draws another size', async () => {
  const desk = await openDesk(browser, shop, { place: `tem/${honey}` });
  await desk.begin();
  await desk.page.waitForSelector('.label img');
  const shelf = await desk.page.getAttribute('.label img', 'src');
  await desk.tabTo('select[name=kind]');
  await desk.press('ArrowDown');
  await desk.page.waitForSelector('select[name=lot]');
  assert.equal(await desk.page.locator('select[name=lot] option').count(), 2);
  await desk.tabTo('select[name=lot]');
  await desk.press('ArrowDown');
  await desk.page.waitForFunction(() => /kind=price&lot=l_/.test(document.querySelector('.label img')?.src));
  assert.doesNotMatch(shelf, /lot=/);
  await desk.tabTo('select[name=printer]');
  await desk.press('ArrowDown');
  await desk.page.waitForFunction(() => document.querySelector('.label img')?.naturalWidth === 560);
  await desk.close();
});

test('what gets no label says why', async () => {
  const desk = await openDesk(browser, shop, { place: `tem/${honey}` });
  await desk.begin();
  await desk.page.waitForSelector('.label img');
  await desk.page.route('**/api/v1/labels', route => route.fulfill({ status: 409, contentType: 'application/problem+json',
    json: { code: 'price_missing', detail: 'Mật ong chưa có giá bán. Hãy nhờ quản lý đặt giá.' } }));
  await desk.tabTo('.chosen button.go');
  await desk.press('Enter');
  await desk.says('.strip.bad', /chưa có giá bán/);
  await desk.close();
});

for (const [name, way] of [['desk-light-vi', {}], ['tablet-dark-vi', { size: 'tablet', colorScheme: 'dark' }],
  ['phone-light-en', { size: 'phone', lang: 'en' }]]) {
  test(`the page of labels can be read, touched and heard: ${name}`, async () => {
    const desk = await openDesk(browser, shop, way);
    await desk.begin();
    await desk.page.goto(`${shop.url}/quan-ly#tem/${honey}`);
    await desk.page.waitForFunction(() => document.querySelector('.label img')?.naturalWidth === 400);
    await desk.page.selectOption('select[name=kind]', 'price');
    await desk.page.waitForSelector('select[name=lot]');
    await desk.page.waitForTimeout(100);
    if (PICTURES) await desk.page.screenshot({ path: `${PICTURES}/labels-${name}.png`, fullPage: true });
    assert.deepEqual(await wrongWith(desk.page), []);
    assert.deepEqual(desk.complaints, []);
    await desk.close();
  });
}
