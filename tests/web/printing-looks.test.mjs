// How what is said of printers looks, on a desk's screen and a phone's: accessible, readable, nothing off the screen.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openDesk } from './lib/desk.mjs';
import { wrongWith } from './lib/look.mjs';
import { openShop } from './lib/shop.mjs';
import { DESK, openBrowser, openTill } from './lib/till.mjs';

const PICTURES = process.env.OCOP_PICTURES; // a folder to put pictures of every state into
const PHONE = { width: 390, height: 844 };

const DEVICE = { vendor: '0416', product: '5011', maker: 'POS', model: 'POS-80 Series', serial: '1234567890AB', port: '1-2.3' };
const PRINTERS = [
  { id: 'receipt', at: 'usb:serial=1234567890AB', roles: ['receipt', 'drawer'], till: 0, language: 'escpos', paper_mm: 80, state: 'paper_out',
    message: 'Máy in hết giấy: thay cuộn giấy rồi đóng nắp, hóa đơn tự in tiếp. Vẫn bán được.', paper: 'out', level: 'process_id',
    device: DEVICE, quirks: ['slow'], queue: 2, unknown: 2 },
  { id: 'kho', at: 'tcp:192.168.1.87', roles: ['copy'], till: 0, language: 'escpos', paper_mm: 58, state: 'gone',
    message: 'Không kết nối được tới máy in mạng 192.168.1.87. Kiểm tra nguồn, dây mạng và địa chỉ IP của máy in.', paper: 'unknown',
    level: null, device: null, quirks: [], queue: 1, unknown: 0 },
  { id: 'tem', at: 'usb:port=1-4', roles: ['label'], till: 0, language: 'tspl', paper_mm: 80, state: 'ready', message: 'Máy in sẵn sàng.',
    paper: 'low', level: 'accepted', device: { ...DEVICE, maker: '', model: '' }, quirks: [], queue: 0, unknown: 0 }];
const job = (id, more) => ({ id: `j_${id}`, kind: 'receipt', printer: 'receipt', receipt_no: `0101-0000${id}`, copy: 0, level: null,
  attempts: 1, created_at: '2026-11-22T09:12:00+07:00', done_at: null, message: null, follows: null, ...more });
const JOBS = {
  unknown: [job(13, { state: 'unknown', asked: true }), job(12, { state: 'unknown', asked: true }),
    job(11, { kind: 'label', receipt_no: null, printer: 'tem', state: 'unknown', asked: true })],
  queued: [job(15, { state: 'queued', asked: false }), job(14, { kind: 'drawer', state: 'queued', asked: false })],
};

let shop, browser;

before(async () => {
  shop = await openShop();
  browser = await openBrowser();
  await shop.stock({ name: 'Miến dong thử', price: 60_000, qty: 50 });
  if (PICTURES) mkdirSync(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** What the daemon would say of such printers. */
async function stage(page, printers, jobs) {
  await page.route('**/api/v1/printers', route => route.fulfill({ json: { items: printers } }));
  await page.route('**/api/v1/print-jobs?*', route => {
    const words = new URL(route.request().url()).searchParams;
    const no = words.get('receipt_no');
    const items = no ? [job(1, { receipt_no: no, state: 'queued', asked: false })] : jobs[words.get('state')] ?? [];
    return route.fulfill({ json: { items, cursor: null } });
  });
  await page.reload();
}

async function look(page, name, state, fullPage) {
  await page.waitForTimeout(100);
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/printing-${name}-${state}.png`, fullPage });
  return (await wrongWith(page)).map(w => `${name} ${state}: ${w}`);
}

const WAYS = [
  ['desk-light-vi', { viewport: DESK, size: 'desk', colorScheme: 'light', lang: 'vi' }],
  ['phone-light-vi', { viewport: PHONE, size: 'phone', colorScheme: 'light', lang: 'vi' }],
  ['phone-dark-en', { viewport: PHONE, size: 'phone', colorScheme: 'dark', lang: 'en' }],
];

for (const [name, way] of WAYS) {
  test(`a cashier can read and press it: ${name}`, async () => {
    const till = await openTill(browser, shop, way);
    const { page } = till;
    const wrong = [];
    await till.begin();
    await till.find('mien dong thu');
    wrong.push(...await look(page, name, 'none'));
    await stage(page, [PRINTERS[0]], { unknown: [] });
    await page.waitForSelector('.printing');
    await till.ready();
    wrong.push(...await look(page, name, 'trouble'));
    await stage(page, PRINTERS, JOBS);
    await page.waitForSelector('.asks');
    await till.ready();
    wrong.push(...await look(page, name, 'asked'));
    await till.pay();
    await page.waitForSelector('dialog.done .printed');
    await page.waitForFunction(() => document.querySelector('.paper img')?.complete);
    wrong.push(...await look(page, name, 'done'));
    await till.press('Enter');
    assert.deepEqual(wrong, []);
    assert.deepEqual(till.complaints, []);
    await till.close();
  });

  test(`a manager can read and press it: ${name}`, async () => {
    const desk = await openDesk(browser, shop, { ...way, place: 'may-in' });
    const { page } = desk;
    await desk.signIn();
    await page.waitForSelector('h1');
    const wrong = await look(page, name, 'manager-none', true);
    await stage(page, PRINTERS, JOBS);
    await page.waitForSelector('.jobs li');
    wrong.push(...await look(page, name, 'manager', true));
    assert.deepEqual(wrong, []);
    assert.deepEqual(desk.complaints, []);
    await desk.close();
  });
}
