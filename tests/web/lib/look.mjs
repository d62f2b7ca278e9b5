// What is wrong with how a page looks: too small to read or to touch, off the screen, not accessible.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is too small or sticks out, in the page that is on top. */
function measure() {
  const top = document.querySelector('dialog[open]') ?? document.body;
  const scrollsDown = getComputedStyle(document.body).overflowY !== 'hidden';
  const found = [];
  const visible = el => el.checkVisibility() && !el.closest('.hidden, .skip') && el.getClientRects().length > 0;
  for (const el of top.querySelectorAll('*')) {
    if (!visible(el)) continue;
    const box = el.getBoundingClientRect();
    const text = [...el.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    const size = parseFloat(getComputedStyle(el).fontSize);
    const said = el.textContent.trim().slice(0, 40);
    if (text && size < 16) found.push(`text of ${size}px: ${said}`);
    if (text && (box.right > innerWidth + 1 || box.left < -1)) found.push(`text off the screen: ${said}`);
    if (!el.matches('button, input:not([type=checkbox]), select, summary, .row, nav a, .button')) continue;
    if (box.width < 48 || box.height < 48) found.push(`target of ${box.width}x${box.height}: ${said}`);
    const scrolls = el.closest('.results, .lines, .paper');
    const down = !scrollsDown && (box.bottom > innerHeight + 1 || box.top < -1);
    if (!scrolls && (down || box.right > innerWidth + 1 || box.left < -1)) found.push(`off the screen: ${said}`);
  }
  const total = document.querySelector('.total output');
  if (total && parseFloat(getComputedStyle(total).fontSize) < 28) found.push('the total is small');
  if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
  return found;
}

/** @param {import('playwright-core').Page} page */
export async function wrongWith(page) {
  const wrong = await page.evaluate(measure);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(tags => window.axe.run(document, { runOnly: tags }), RULES);
  for (const v of violations) wrong.push(`${v.id}: ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].failureSummary ?? ''}`);
  return wrong;
}
