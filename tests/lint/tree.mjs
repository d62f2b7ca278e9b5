// The checkout as the rules see it: a Map from path to text.  A rule is a
// function of such a Map, so its own test can hand it a few invented files.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BINARY =
  /\.(png|jpg|woff2?|ttf|otf|pdf|gz|ico)$|^tests\/fuzz\/corpus\//;
const IGNORED = new Set(['.git', 'build', 'demo', 'node_modules', '.cache']);

// A copy without git's own folder is walked instead.
function walk(top, at = '') {
  return readdirSync(join(top, at), { withFileTypes: true }).flatMap((e) => {
    if (at === '' && IGNORED.has(e.name)) return [];
    if (e.name === 'node_modules') return [];
    const path = at ? `${at}/${e.name}` : e.name;
    return e.isDirectory() ? walk(top, path) : [path];
  });
}

function names(top) {
  try {
    const out = execFileSync(
      'git', ['-C', top, 'ls-files', '-co', '--exclude-standard', '-z'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const found = out.split('\0').filter((p) => p && existsSync(join(top, p)));
    if (found.length > 0) return found;
  } catch {
    // no git here, or not a checkout
  }
  return walk(top);
}

/** @returns {Map<string, string|null>} null: a file that holds no text */
export function readTree(top) {
  const tree = new Map();
  for (const path of names(top).sort()) {
    const full = join(top, path);
    const text = !BINARY.test(path) && lstatSync(full).isFile();
    tree.set(path, text ? readFileSync(full, 'utf8') : null);
  }
  return tree;
}

/** The text files whose path matches, as [path, lines] pairs. */
export function lines(tree, pattern) {
  return [...tree]
    .filter(([path, text]) => text !== null && pattern.test(path))
    .map(([path, text]) => [path, text.replace(/\n$/, '').split('\n')]);
}

/** One finding, as every rule gives it. */
export function at(path, line, text) {
  return `${path}:${line}: ${text}`;
}
