// A manager at the manager's page: a keyboard, in three sizes of screen.
import { Till } from './till.mjs';

export const SIZES = {
  desk: { width: 1366, height: 768 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
};

/** Complaints of the page that no test expects. */
const HARMLESS = /Failed to load resource|net::ERR_/;

/** The manager's page in its own browser profile. */
export async function openDesk(browser, shop, { size = 'desk', colorScheme = 'light', lang = 'vi', place = '' } = {}) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme, hasTouch: size === 'phone' });
  context.setDefaultTimeout(30_000);
  if (lang === 'en') await context.addInitScript(() => localStorage.setItem('ocop.till.lang', 'en'));
  const page = await context.newPage();
  const desk = new Desk(page, shop);
  page.on('pageerror', e => desk.complaints.push(e.message));
  page.on('console', m => {
    if (m.type() === 'error' && !HARMLESS.test(m.text())) desk.complaints.push(m.text());
  });
  await page.goto(`${shop.url}/quan-ly${place && '#' + place}`);
  return desk;
}

class Desk extends Till {
  constructor(page, shop) {
    super(page, shop, false);
  }

  /** The number, Enter, the PIN, Enter: as at the till. */
  async signIn({ number, pin } = this.shop.manager) {
    await this.page.waitForSelector('input[name=staff]:focus');
    await this.type(number);
    await this.press('Enter');
    await this.type(pin);
    await this.press('Enter');
  }

  /** Signed in, with the catalogue read. */
  async begin() {
    await this.signIn();
    await this.page.waitForSelector('.figures, .records, .goods li, .history');
  }

  /** Tab until what is focused fits, as a keyboard alone can. */
  async tabTo(selector) {
    for (let n = 0; n < 80; n++) {
      await this.press('Tab');
      if (await this.page.evaluate(s => document.activeElement?.matches(s), selector)) return;
    }
    throw new Error(`no Tab leads to ${selector}`);
  }

  /** The page named by the last part of the address, by its link. */
  async go(place) {
    await this.page.evaluate(() => document.querySelector('.skip').focus());
    await this.tabTo(`nav a[href="#${place}"]`);
    await this.press('Enter');
    await this.page.waitForSelector(`nav a[href="#${place}"][aria-current]`);
  }

  text(selector) {
    return this.page.locator(selector).first().innerText();
  }

  /** Waits until the text of `selector` fits. */
  says(selector, pattern) {
    return this.until(async () => pattern.test((await this.page.locator(selector).allInnerTexts()).join(' | ')),
      `${selector} says ${pattern}`);
  }
}
