// What must be listed is listed, and nothing else lies about.
import { at, lines } from '../tree.mjs';

const TOP = new Set(`pos drivers sync db tests config base docs run test .ci
  CMakeLists.txt CMakePresets.json README.md LICENSE CONTRIBUTING.md
  .clang-format .editorconfig .gitignore .gitattributes`.split(/\s+/));

export function topLevel(tree) {
  const names = new Set([...tree.keys()].map((path) => path.split('/')[0]));
  return [...names].filter((name) => !TOP.has(name))
    .map((name) => at(name, 1, 'does not belong at the top'));
}

// Names of C files that a CMakeLists.txt speaks of, as paths from the root.
function listed(path, text) {
  const folder = path.replace(/CMakeLists\.txt$/, '');
  const files = new Set();
  for (const m of text.matchAll(/[\w./-]+\.c\b/g)) files.add(folder + m[0]);
  for (const m of text.matchAll(/\bocop_\w+\(\s*(\w+)/g))
    files.add(`${folder}${m[1]}.c`);
  return files;
}

export function sourcesListed(tree) {
  const known = new Set();
  const used = new Set();
  for (const [path, text] of tree) {
    if (!text) continue;
    if (path.endsWith('CMakeLists.txt'))
      for (const file of listed(path, text)) known.add(file);
    for (const m of text.matchAll(/#\s*include\s*"([^"]+)"/g)) used.add(m[1]);
  }
  const found = [];
  for (const path of tree.keys()) {
    if (path.endsWith('.c') && !known.has(path))
      found.push(at(path, 1, 'no CMakeLists.txt lists it'));
    if (path.endsWith('.h') && !used.has(path))
      found.push(at(path, 1, 'nothing includes it'));
  }
  return found;
}

export function noGlobs(tree) {
  const found = [];
  for (const [path, all] of lines(tree, /CMakeLists\.txt$/))
    all.forEach((line, i) => {
      if (/\bGLOB(_RECURSE)?\b|aux_source_directory/.test(line))
        found.push(at(path, i + 1, 'source lists are written out'));
    });
  return found;
}

// Every migration and named statement file is embedded.
export function sqlListed(tree) {
  const text = tree.get('db/CMakeLists.txt') ?? '';
  return [...tree.keys()]
    .filter((path) => /^db\/.*\.sql$/.test(path))
    .filter((path) => !text.includes(path.replace(/^db\//, '')))
    .map((path) => at(path, 1, 'db/CMakeLists.txt does not embed it'));
}

// The repository tells nothing of the machines it was written on.  Written so
// that this file does not match itself.
const PLACES = [
  [/(?:^|[\s"'`=(:])\/(?:wor[k]|hom[e]|roo[t]|User[s]|workspac[e])\//,
    'a path of one machine'],
  [/\b(?:registr[y]|npm|pypi|crates|repo|mirror|proxy)[\w.-]*\.(?:npmjs|yarnpkg|pkg|[\w-]+)\.(?:org|com|dev|internal)\b/,
    'the host of a package registry'],
  [/"resolve[d]":\s*"http/, 'a lock file that names its registry'],
];

export function noPlaces(tree) {
  const found = [];
  for (const [path, text] of tree) {
    if (text === null) continue;
    text.split('\n').forEach((line, i) => {
      for (const [pattern, why] of PLACES)
        if (pattern.test(line)) found.push(at(path, i + 1, why));
    });
  }
  return found;
}
