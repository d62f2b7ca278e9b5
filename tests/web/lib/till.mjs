// A cashier at the till page: only a keyboard and a scanner, never a mouse.
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-first-run', '--mute-audio'];

export const DESK = { width: 1366, height: 768 };
export const TABLET = { width: 800, height: 1280 };

export function openBrowser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

/** Complaints of the page that no test expects. */
const HARMLESS = /Failed to load resource|net::ERR_/;

/** A till in its own browser profile. */
export async function openTill(browser, shop, { viewport = DESK, colorScheme = 'light', hasTouch = false, lang = 'vi' } = {}) {
  const context = await browser.newContext({ viewport, colorScheme, hasTouch });
  context.setDefaultTimeout(30_000);
  if (lang === 'en') await context.addInitScript(() => localStorage.setItem('ocop.till.lang', 'en'));
  const page = await context.newPage();
  const till = new Till(page, shop, hasTouch);
  page.on('pageerror', e => till.complaints.push(e.message));
  page.on('console', m => {
    if (m.type() === 'error' && !HARMLESS.test(m.text())) till.complaints.push(m.text());
  });
  await page.goto(shop.url + '/');
  return till;
}

export class Till {
  /** @param {import('playwright-core').Page} page */
  constructor(page, shop, touch) {
    this.touch = touch; // fingers: the field is not focused, so that no keyboard jumps up
    this.page = page;
    this.shop = shop;
    this.complaints = [];
  }

  press(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }

  /** As a person types: a scanner is faster than 50 ms a key. */
  type(text) {
    return this.page.keyboard.type(text, { delay: 60 });
  }

  /** As a scanner types: all keys at once, 5 ms apart by the hardware's clock. */
  async scan(code) {
    await this.page.waitForTimeout(60); // what was typed before is not part of it
    const cdp = this.cdp ??= await this.page.context().newCDPSession(this.page);
    const start = Date.now() / 1000;
    const keys = [...code].map(d => ({ key: d, code: 'Digit' + d, text: d, windowsVirtualKeyCode: d.charCodeAt(0) }));
    keys.push({ key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 });
    await Promise.all(keys.flatMap((key, i) => {
      const at = start + i * 0.005;
      return [cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: at, ...key }),
        cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp: at + 0.002, ...key, text: undefined })];
    }));
  }

  async signIn({ number, pin } = this.shop.cashier) {
    await this.page.waitForSelector('input[name=staff]:focus');
    await this.type(number);
    await this.press('Enter');
    await this.type(pin);
    await this.press('Enter');
    await this.page.waitForSelector('input[name=staff]', { state: 'detached' });
  }

  async openShift(float = '500k') {
    await this.page.waitForSelector('input[name=float]:focus');
    await this.type(float);
    await this.press('Enter');
    await this.ready();
  }

  /** Signed in, with an open shift, at an empty search field. */
  async begin() {
    await this.signIn();
    await this.page.waitForSelector('input[name=float], #find');
    if (await this.page.locator('input[name=float]').count()) await this.openShift();
    await this.ready();
  }

  async ready() {
    await this.page.waitForSelector('dialog', { state: 'detached' });
    await this.page.waitForSelector(this.touch ? '#find' : '#find:focus');
  }

  /** Types a name, and Enter. */
  async find(text) {
    const before = await this.lines();
    await this.type(text);
    await this.press('Enter');
    await this.until(async () => JSON.stringify(await this.lines()) !== JSON.stringify(before), 'a line changed');
  }

  /** The bill as it is shown: [name, quantity, amount]. */
  lines() {
    return this.page.$$eval('.line', rows => rows.map(row => [
      row.querySelector('.name').firstChild.textContent.trim(),
      row.querySelector('.stepper .qty')?.textContent ?? row.querySelector('input.qty').value,
      Number(row.querySelector('.sum').textContent.replace(/\D/g, ''))]));
  }

  async total() {
    return Number((await this.page.locator('.total output').textContent()).replace(/\D/g, ''));
  }

  /** The strip's words; in the dialog when one is open. */
  note() {
    return this.page.$$eval('.strip', strips => strips.at(-1)?.textContent ?? '');
  }

  async untilNote(pattern) {
    await this.until(async () => pattern.test(await this.note()), `the strip says ${pattern}`);
  }

  async pay(typed = '') {
    await this.press('F9');
    await this.page.waitForSelector('dialog.pay');
    if (typed) await this.type(typed);
    await this.press('Enter');
  }

  /** The number of the receipt on the screen. */
  async receipt() {
    await this.page.waitForSelector('dialog.done');
    const text = await this.page.locator('dialog.done .told > .quiet').textContent();
    return /\d{4}-\d+/.exec(text)[0];
  }

  async until(holds, what) {
    const end = Date.now() + 30_000;
    while (!await holds()) {
      if (Date.now() > end) throw new Error(`waited in vain until ${what}; the strip says: ${await this.note()}`);
      await this.page.waitForTimeout(20);
    }
  }

  close() {
    return this.page.context().close();
  }
}
