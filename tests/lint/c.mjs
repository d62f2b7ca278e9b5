// What the rules need to know of C, written in the manner of this house: a
// top-level function's brace stands alone in the first column.

/** `text` with comments blanked, and strings too when `strings` says so; lines
 * stay where they are. */
export function strip(text, { strings = true } = {}) {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
  return text.replace(token, (t) => {
    if (t[0] === '/') return t.replace(/[^\n]/g, ' ');
    return strings ? t[0] + t.slice(1, -1).replace(/[^\n]/g, ' ') + t[0] : t;
  });
}

/** [{form: '<' or '"', name, line}] */
export function includes(text) {
  return strip(text, { strings: false }).split('\n').flatMap((line, i) => {
    const m = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
    return m ? [{ form: m[1], name: m[2], line: i + 1 }] : [];
  });
}

// The line where the declaration that ends above `brace` begins.
function heading(code, brace) {
  let i = brace;
  while (i > 0 && !/^\s*$|[;}]\s*$|^#/.test(code[i - 1])) i--;
  return i;
}

/** [{name, line, length}]: from the name's heading to the closing brace. */
export function functions(text) {
  const code = strip(text).split('\n');
  const found = [];
  for (let i = 0; i < code.length; i++) {
    if (code[i] !== '{') continue;
    const from = heading(code, i);
    let to = i;
    while (to < code.length - 1 && !/^}/.test(code[to])) to++;
    const m = /([A-Za-z_]\w*)\s*\(/.exec(code.slice(from, i).join(' '));
    if (m) found.push({ name: m[1], line: from + 1, length: to - from + 1 });
    i = to;
  }
  return found;
}
