import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';
import { say } from '../../../pos/web/lib/words.js';

const WEB = new URL('../../../pos/web/', import.meta.url);
const read = path => readFileSync(new URL(path, WEB), 'utf8');
const scripts = folder => readdirSync(new URL(folder + '/', WEB))
  .filter(name => /\.jsx?$/.test(name)).map(name => [`${folder}/${name}`, read(`${folder}/${name}`)]);
const PAGES = { till: ['lib', 'till', 'till/views'], manager: ['lib', 'manager', 'manager/views'] };
const sources = [...new Set(Object.values(PAGES).flat())].flatMap(scripts);

/** Dotted names of all sentences. */
function leaves(words, prefix = '') {
  return Object.entries(words).flatMap(([name, w]) =>
    typeof w === 'string' ? [prefix + name] : leaves(w, `${prefix}${name}.`));
}

test('sentences are found by name and take values', () => {
  const words = { pay: { again: 'try {n} of {n}' }, plain: 'x' };
  assert.equal(say(words, 'pay.again', { n: 3 }), 'try 3 of 3');
  assert.equal(say(words, 'plain'), 'x');
  assert.equal(say(words, 'pay.nothing'), 'pay.nothing');
  assert.equal(say(words, 'pay'), 'pay');
});

test('no sentence stands in the code', () => {
  const vietnamese = /[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]/i;
  for (const [name, text] of sources) {
    assert.ok(!vietnamese.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')), name);
    if (!name.endsWith('x')) continue;
    assert.doesNotMatch(text, /<\w+[^<>{}=]*>[A-Za-z]{2,}[^<{]*<\/(?!kbd)/, name);
    assert.doesNotMatch(text, /(?:aria-label|placeholder|title|alt)="[^"]+"/, name);
  }
});

/** Said by its name, by its last word, or by a name put together: 'status.' + word. */
function isUsed(name, all) {
  const [head, last] = [name.slice(0, name.lastIndexOf('.') + 1), name.split('.').at(-1).replace(/Short$/, '')];
  return all.includes(`'${name}'`) || all.includes(`'${last}'`)
    || (head !== '' && (all.includes(`'${head}' +`) || all.includes('`' + head + '${')));
}

for (const [page, folders] of Object.entries(PAGES)) {
  test(`every sentence of the ${page} page is used, and every one it uses is there`, () => {
    const all = folders.flatMap(scripts).map(([, text]) => text).join('\n');
    const names = leaves(JSON.parse(read('vi.json'))[page]);
    for (const name of names) assert.ok(isUsed(name, all), `${name} is used`);
    for (const [, name] of all.matchAll(/\bt\('([\w.]+)'[,)]/g)) assert.ok(names.includes(name), `${name} is there`);
    for (const [, name] of all.matchAll(/\b(?:tell|warn|complain)\('(\w+)'/g))
      assert.ok(names.includes('note.' + name), `note.${name} is there`);
  });
}
