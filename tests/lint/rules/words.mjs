// Sentences: both languages complete, every text in one form.
import { at } from '../tree.mjs';

const VI = 'pos/web/vi.json';
const EN = 'pos/web/en.json';

function flat(value, prefix = '', into = new Map()) {
  for (const [key, v] of Object.entries(value)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (v && typeof v === 'object') flat(v, name, into);
    else into.set(name, v);
  }
  return into;
}

function load(tree, path, found) {
  try {
    return flat(JSON.parse(tree.get(path)));
  } catch (e) {
    found.push(at(path, 1, `not JSON: ${e.message}`));
    return null;
  }
}

const placeholders = (s) =>
  [...new Set(s.match(/\{\w+\}/g) ?? [])].sort().join(' ');

function compare(key, vi, en) {
  if (vi === undefined) return [at(VI, 1, `${key} is missing`)];
  if (en === undefined) return [at(EN, 1, `${key} is missing`)];
  for (const [path, s] of [[VI, vi], [EN, en]])
    if (typeof s !== 'string' || s.trim() === '')
      return [at(path, 1, `${key} is no sentence`)];
  if (placeholders(vi) !== placeholders(en))
    return [at(EN, 1, `${key} has other {placeholders} than Vietnamese`)];
  return [];
}

export function languages(tree) {
  const found = [];
  if (!tree.has(VI) && !tree.has(EN)) return found;
  const [vi, en] = [load(tree, VI, found), load(tree, EN, found)];
  if (!vi || !en) return found;
  for (const key of new Set([...vi.keys(), ...en.keys()]))
    found.push(...compare(key, vi.get(key), en.get(key)));
  return found;
}

// A failure that can reach a user has its sentence.
export function errorSentences(tree) {
  const found = [];
  if (!tree.has(VI)) return found;
  const vi = load(tree, VI, found);
  const named = new Set(['key_reused']); // idempotency_key_reused
  for (const m of (tree.get('base/err.def') ?? '').matchAll(/^ERR\((\w+)/gm)) {
    const code = m[1].toLowerCase();
    const name = named.has(code) ? `idempotency_${code}` : code;
    if (vi && !vi.has(`err.${name}`))
      found.push(at(VI, 1, `err.${name} is missing`));
  }
  return found;
}

export function cleanText(tree) {
  const found = [];
  for (const [path, text] of tree) {
    if (!text || /^LICENSE$|package-lock\.json$/.test(path)) continue;
    if (!text.endsWith('\n')) found.push(at(path, 1, 'does not end a line'));
    if (text !== text.normalize('NFC') && !/\/data\//.test(path))
      found.push(at(path, 1, 'is not NFC'));
    if (text.includes('\uFFFD') && !path.startsWith('tests/'))
      found.push(at(path, 1, 'is not UTF-8'));
    text.split('\n').forEach((line, i) => {
      if (/\r|\t/.test(line) && !/\.(psv|tsv|csv)$/.test(path))
        found.push(at(path, i + 1, 'a tab or a carriage return'));
      if (/[ ]$/.test(line)) found.push(at(path, i + 1, 'ends with a space'));
    });
  }
  return found;
}
