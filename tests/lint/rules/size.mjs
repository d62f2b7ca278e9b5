// No file past 500 lines, no function past 60, no line of C past 80 columns.
import { functions, strip } from '../c.mjs';
import { at, lines } from '../tree.mjs';

const FILE_MAX = 500;
const FUNCTION_MAX = 60;
const WIDTH_MAX = 80;
const CODE = /\.(c|h|def|js|jsx|mjs|css|html|sh|cmake|sql)$|^(run|test|\.ci\/run)$|CMakeLists\.txt$/;

export function fileLength(tree) {
  return lines(tree, CODE)
    .filter(([, all]) => all.length > FILE_MAX)
    .map(([path, all]) => at(path, all.length, `${all.length} lines`));
}

// A function of a script: from its heading to the line that closes it at the
// same indentation, which is how all of them are written here.
function scriptFunctions(all, heading, closing) {
  const found = [];
  all.forEach((line, i) => {
    const m = heading.exec(line);
    if (!m || !/[{(]\s*$/.test(line)) return;
    const close = all.findIndex(
      (l, j) => j > i && l.startsWith(m[1]) && closing.test(l.slice(m[1].length)));
    if (close > 0)
      found.push({ name: m[2], line: i + 1, length: close - i + 1 });
  });
  return found;
}

const JS_HEADING =
  /^(\s*)(?:export )?(?:default )?(?:(?:async )?function\*? (\w+)|(?:const|let) (\w+) = (?:async )?(?:\(|\w+ =>|function)|(?:static |async |get |set |#)*(?!if|for|while|switch|catch)(\w+)\([^;]*\) \{)/;

function functionsOf(path, all) {
  if (/\.[ch]$/.test(path)) return functions(all.join('\n'));
  if (/\.(js|jsx|mjs)$/.test(path))
    return scriptFunctions(all, JS_HEADING, /^\}/);
  return scriptFunctions(all, /^(\s*)(\w+)\(\) ?\{/, /^\}/);
}

export function functionLength(tree) {
  const found = [];
  const script = /\.(c|h|js|jsx|mjs|sh)$|^(run|test)$/;
  for (const [path, all] of lines(tree, script))
    for (const f of functionsOf(path, all))
      if (f.length > FUNCTION_MAX)
        found.push(at(path, f.line, `${f.name ?? 'a function'}: ${f.length} lines`));
  return found;
}

export function lineWidth(tree) {
  const found = [];
  for (const [path, all] of lines(tree, /\.[ch]$/)) {
    all.forEach((line, i) => {
      const width = [...line.normalize('NFC')].length;
      if (width > WIDTH_MAX) found.push(at(path, i + 1, `${width} columns`));
    });
  }
  return found;
}

// A definition whose brace does not stand alone in the first column would hide
// from the count of its lines.
export function bracesAlone(tree) {
  const found = [];
  for (const [path] of lines(tree, /\.[ch]$/)) {
    strip(tree.get(path)).split('\n').forEach((line, i) => {
      if (/^[A-Za-z_][^=;#]*\)\s*\{/.test(line))
        found.push(at(path, i + 1, 'the brace of a function stands alone'));
    });
  }
  return found;
}
