// Documents by chance, the same for the same seed, and ways to write them.

// mulberry32: small, and good enough to be unkind.
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, one: (list) => list[below(list.length)] };
}

// Ranges of code points, the awkward ones on purpose.  Keys keep away from
// U+E000 and above: JavaScript sorts by halves of UTF-16, which puts those
// behind the letters past U+FFFF; by bytes, as TUF wants it, they come before.
const KEYS = [[0x20, 0x7e], [0x22, 0x22], [0x5c, 0x5c], [1, 0x1f], [0x7f, 0x9f],
  [0xc0, 0x1b0], [0x300, 0x323], [0x1ea0, 0x1ef9], [0x1f300, 0x1f6ff]];
const VALUES = [...KEYS, [0xe000, 0xfffd], [0x2028, 0x2029], [0xd7ff, 0xd7ff]];

function text(c, ranges) {
  let s = '';
  for (let n = c.below(12); n > 0; n--) {
    const [from, to] = c.one(ranges);
    s += String.fromCodePoint(from + c.below(to - from + 1));
  }
  return s;
}

function integer(c) {
  const n = Math.floor(c.next() * 2 ** c.below(54));
  return c.below(3) ? n : -n;
}

export function document(c, depth = 0) {
  const kind = c.below(depth > 5 ? 5 : 9);
  if (kind === 0) return integer(c);
  if (kind === 1) return c.one([true, false, null, 0, 2 ** 53, -(2 ** 53)]);
  if (kind <= 4) return text(c, VALUES);
  if (kind <= 6)
    return Array.from({ length: c.below(5) }, () => document(c, depth + 1));
  const object = {};
  for (let n = c.below(7); n > 0; n--) {
    const key = text(c, KEYS);
    if (key !== '__proto__') object[key] = document(c, depth + 1);
  }
  return object;
}

const SHORT = { '"': '\\"', '\\': '\\\\', '/': '\\/', '\b': '\\b', '\f': '\\f',
  '\n': '\\n', '\r': '\\r', '\t': '\\t' };

// Escapes where they must be, and now and then where they may.
function writeText(c, s) {
  let out = '"';
  for (const unit of s.split(/(?<![\ud800-\udbff])(?=[^])/)) {
    const must = /["\\\u0000-\u001f]/.test(unit);
    if (!must && c.below(8)) out += unit;
    else if (SHORT[unit] && c.below(2)) out += SHORT[unit];
    else
      for (let i = 0; i < unit.length; i++)
        out += `\\u${unit.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }
  return `${out}"`;
}

// One line of JSON, with white space by chance.
export function write(c, value) {
  const space = () => ' '.repeat(c.below(3) ? 0 : c.below(3));
  if (typeof value === 'string') return writeText(c, value);
  if (Array.isArray(value))
    return `[${space()}${value.map((v) => write(c, v) + space()).join(`,${space()}`)}]`;
  if (value && typeof value === 'object')
    return `{${space()}${Object.entries(value).map(([k, v]) =>
      `${writeText(c, k)}${space()}:${space()}${write(c, v)}`).join(`,${space()}`)}}`;
  return Object.is(value, -0) ? '-0' : JSON.stringify(value);
}
