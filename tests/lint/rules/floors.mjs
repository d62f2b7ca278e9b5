// Who may include whom, and through which door.
import { includes } from '../c.mjs';
import { at } from '../tree.mjs';

const C = /\.[ch]$|\.def$/;
const MAY = {
  base: ['base'],
  db: ['db', 'base'],
  drivers: ['drivers', 'base'],
  sync: ['sync', 'db', 'drivers', 'base'],
  pos: ['pos', 'sync', 'db', 'drivers', 'base'],
};
// What is private to a part of a floor.
const PRIVATE = [
  [/^sync\/registry\//, /^(sync\/registry|tests)\//],
  [/^sync\/tuf\//, /^(sync|pos\/certified|tests)\//],
  [/^pos\/http\//, /^(pos\/http\/|pos\/[^/]+$|tests\/)/],
];
const DOORS = [
  [/^sqlite3\.h$/, /^db\//],
  [/^microhttpd\.h$/, /^base\/http[^/]*$/],
  [/^sodium(\.h|\/)/, /^base\/crypto\.c$/],
  [/^(cjson\/)?cJSON\.h$/, /^base\/json\.c$/],
  [/^utf8proc\.h$/, /^base\/text\.c$/],
  [/^libconfig\.h$/, /^base\/settings\.c$/],
  [/^qrencode\.h$/, /^drivers\/qr\.c$/],
  [/^(ft2build\.h|freetype\/)/, /^drivers\/font\.c$/],
  [/^(lib)?png(conf|libconf)?\.h$/, /^drivers\/png\.c$/],
  [/^libusb/, /^drivers\/usb[^/]*\.c$/],
  [/^openssl\//, /^base\/pkey\.c$/],
  [/^curl\//, /^sync\/fetch\.c$/],
  [/^zip\.h$/, /^base\/zip\.c$/],
  [/^expat\.h$/, /^base\/xlsx[^/]*$/],
  [/^(zlib|zconf)\.h$/, /^base\/gzip\.c$/],
  [/^libpq-fe\.h$/, /^sync\/registry\//],
];

function each(tree, check) {
  const found = [];
  for (const [path, text] of tree) {
    if (!text || !C.test(path)) continue;
    for (const inc of includes(text)) {
      const why = check(path, inc);
      if (why) found.push(at(path, inc.line, why));
    }
  }
  return found;
}

export function floors(tree) {
  return each(tree, (path, { form, name }) => {
    if (form !== '"' || !name.includes('/')) return null;
    const [from, to] = [path.split('/')[0], name.split('/')[0]];
    if (from === 'tests') return null;
    if (!MAY[from]) return `no C belongs in ${from}/`;
    if (!MAY[from].includes(to)) return `${from} may not include ${name}`;
    const room = PRIVATE.find(([inside]) => inside.test(name));
    return room && !room[1].test(path) ? `${name} is not for ${path}` : null;
  });
}

export function doors(tree) {
  return each(tree, (path, { name }) => {
    const door = DOORS.find(([header]) => header.test(name));
    if (!door || door[1].test(path) || path.startsWith('tests/')) return null;
    return `${name} has another door`;
  });
}

// `#include "db/stock.h"`: from the root, and there; a name without a folder is
// something generated: embedded files, the pages.
const GENERATED = /^(\w+\/sql_\w+|[a-z0-9_]+)\.h$/;
export function includesFromRoot(tree) {
  return each(tree, (path, { form, name }) => {
    if (form === '<') {
      return tree.has(name) ? `<${name}> is ours: "${name}"` : null;
    }
    if (!name.includes('/')) {
      const own = path.replace(/[^/]*$/, name);
      if (tree.has(own)) return `"${name}" is not written from the root`;
    }
    return tree.has(name) || GENERATED.test(name) ? null : `"${name}" is not in the tree`;
  });
}

function sorted(group) {
  return group.every((inc, i) => i === 0 || group[i - 1].name <= inc.name);
}

// The header whose promise the file keeps or tries, then <...>, then "...",
// each group sorted.
export function includeOrder(tree) {
  const found = [];
  for (const [path, text] of tree) {
    if (!text || !/\.[ch]$/.test(path)) continue;
    const all = includes(text).filter(({ name }) => !name.endsWith('.def'));
    const own = path.replace(/\.c$/, '.h');
    const has = path.endsWith('.c') && all.findIndex((i) => i.name === own);
    if (has > 0) {
      found.push(at(path, all[has].line, 'own header comes first'));
      continue;
    }
    const rest = all[0]?.form === '"' ? all.slice(1) : all;
    const first = rest.findIndex(({ form }) => form === '"');
    const late = rest.find(
      ({ form }, i) => form === '<' && first >= 0 && i > first);
    if (late)
      found.push(at(path, late.line, `<${late.name}> comes after "..."`));
    for (const form of ['<', '"']) {
      const group = rest.filter((inc) => inc.form === form);
      if (!sorted(group) && !late)
        found.push(at(path, group[0].line, 'includes are not sorted'));
    }
  }
  return found;
}

export function headerGuards(tree) {
  const found = [];
  for (const [path, text] of tree) {
    if (!text || !path.endsWith('.h')) continue;
    const guard = path.toUpperCase().replace(/[^A-Z0-9]/g, '_');
    const opened = text.includes(`#ifndef ${guard}\n#define ${guard}\n`);
    if (!opened || !/#endif[^\n]*\n$/.test(text))
      found.push(at(path, 1, `the guard should be ${guard}`));
  }
  return found;
}
