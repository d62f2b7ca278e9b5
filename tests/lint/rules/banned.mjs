// Calls and constructions that this house does without.
import { strip } from '../c.mjs';
import { at } from '../tree.mjs';

const MEMORY = 'malloc calloc realloc free strdup strndup reallocarray';
const NEVER = `strcpy stpcpy strcat strncpy strncat sprintf vsprintf gets
  strtok strtok_r atoi atol atoll atof rand srand random srandom drand48
  localtime localtime_r gmtime asctime ctime ctime_r mktime alloca tmpnam
  tempnam mktemp scanf sscanf fscanf setjmp longjmp signal vfork`;
const PROGRAMS = 'system popen';

const words = (list) => list.split(/\s+/).join('|');
const call = (list) => new RegExp(`(?<![\\w.>])(${words(list)})\\s*\\(`, 'g');

// [calls, where they are allowed].  Tests may start programs.
const BANNED = [
  [call(NEVER), /^$/],
  [call(MEMORY), /^base\/mem\.c$/],
  [call(PROGRAMS), /^tests\//],
];

function eachMatch(tree, pattern, { strings = true } = {}, visit) {
  for (const [path, text] of tree) {
    if (!text || !/\.[ch]$/.test(path)) continue;
    const code = strip(text, { strings });
    for (const m of code.matchAll(pattern))
      visit(path, code.slice(0, m.index).split('\n').length, m);
  }
}

export function bannedCalls(tree) {
  const found = [];
  for (const [pattern, allowed] of BANNED)
    eachMatch(tree, pattern, {}, (path, line, m) => {
      if (!allowed.test(path)) found.push(at(path, line, `${m[1]}()`));
    });
  return found;
}

export function noTypedefStruct(tree) {
  const found = [];
  const pattern = /\btypedef\s+(struct|enum|union)\b[^;(]*[;{]/g;
  eachMatch(tree, pattern, {}, (path, line, m) =>
    found.push(at(path, line, `typedef ${m[1]}`)));
  return found;
}

// Outside db/ and the tests no string begins to look like SQL.
export function sqlInDb(tree) {
  const found = [];
  const pattern =
    /"\s*(SELECT|INSERT( OR \w+)? INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX|TRIGGER)|PRAGMA|WITH RECURSIVE)\b/g;
  eachMatch(tree, pattern, { strings: false }, (path, line, m) => {
    if (!/^(db|tests)\//.test(path))
      found.push(at(path, line, `SQL outside db/: ${m[1]}`));
  });
  return found;
}

// Pages take text as text.
export function noHtmlFromText(tree) {
  const found = [];
  const pattern =
    /\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write)\b|\beval\(|\bnew Function\(/;
  for (const [path, text] of tree) {
    if (!text || !/^(pos|sync)\/.*\.(js|jsx|mjs|html)$/.test(path)) continue;
    text.split('\n').forEach((line, i) => {
      const m = pattern.exec(line);
      if (m) found.push(at(path, i + 1, m[0]));
    });
  }
  return found;
}
