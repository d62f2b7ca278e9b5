// Each rule catches what breaks it, and lets pass what does not.
import { rules } from './rules.mjs';
import { check, end } from './t.mjs';

// sentence -> [files that break it, files that do not], several of each
const body = (n) => `int\nf(void)\n{\n${'    g();\n'.repeat(n)}}\n`;
const guard = (name) => `#ifndef ${name}\n#define ${name}\n#endif\n`;
const good = { 'pos/web/vi.json': '{"a":"x {n}","err":{"gone":"y"}}\n',
  'pos/web/en.json': '{"a":"z {n}","err":{"gone":"y"}}\n' };
const home = '/hom' + 'e/someone/x';
const host = 'registr' + 'y.npmjs.org';

const cases = {
  'a floor includes only itself and what is below': [
    [{ 'db/a.c': '#include "pos/x.h"\n' },
      { 'drivers/a.c': '#include "db/x.h"\n' },
      { 'sync/a.c': '#include "pos/x.h"\n' },
      { 'pos/a.c': '#include "tests/unit/t.h"\n' },
      { 'pos/sell/a.c': '#include "pos/http/x.h"\n' },
      { 'config/a.c': '#include "base/x.h"\n' }],
    [{ 'pos/a.c': '#include "sync/x.h"\n' },
      { 'tests/unit/a.c': '#include "pos/http/x.h"\n' },
      { 'db/a.c': '/* #include "pos/x.h"\n */\n' }],
  ],
  'each library has one door': [
    [{ 'pos/a.c': '#include <sqlite3.h>\n' },
      { 'base/jso.c': '#include <cjson/cJSON.h>\n' },
      { 'drivers/doc.c': '#include <ft2build.h>\n' },
      { 'sync/fetch_file.c': '#include <curl/curl.h>\n' },
      { 'sync/fetch.c': '#include <zlib.h>\n' },
      { 'base/crypto.c': '#include <openssl/evp.h>\n' }],
    [{ 'db/a.c': '#include <sqlite3.h>\n' },
      { 'base/http_reply.c': '#include <microhttpd.h>\n' },
      { 'sync/fetch.c': '#include <curl/curl.h>\n' },
      { 'base/gzip.c': '#include <zlib.h>\n' },
      { 'base/pkey.c': '#include <openssl/evp.h>\n' }],
  ],
  'includes are written from the root': [
    [{ 'db/a.c': '#include "b.h"\n', 'db/b.h': '' },
      { 'db/a.c': '#include "db/gone.h"\n' },
      { 'db/a.c': '#include <db/b.h>\n', 'db/b.h': '' },
      { 'db/a.c': '#include "../b.h"\n' }],
    [{ 'db/a.c': '#include "db/b.h"\n#include "sql_text.h"\n', 'db/b.h': '' }],
  ],
  'includes stand in order': [
    [{ 'db/a.c': '#include <b.h>\n#include "db/a.h"\n', 'db/a.h': '' },
      { 'db/a.c': '#include <a.h>\n#include "db/c.h"\n#include <b.h>\n' },
      { 'db/a.c': '#include <c.h>\n#include <b.h>\n' }],
    [{ 'db/a.c': '#include "db/a.h"\n#include <b.h>\n#include "base/c.h"\n' },
      { 'db/a_b.c': '#include "db/a.h"\n#include <b.h>\n' }],
  ],
  'header guards carry the path': [
    [{ 'db/a.h': guard('A_H') }, { 'db/a.h': '#pragma once\n' }],
    [{ 'db/a.h': guard('DB_A_H') }],
  ],
  'no file is past 500 lines': [
    [{ 'db/a.c': '\n'.repeat(501) }, { run: '\n'.repeat(501) },
      { 'pos/web/a.css': '\n'.repeat(501) }],
    [{ 'db/a.c': '\n'.repeat(500) }, { 'docs/a.md': '\n'.repeat(900) }],
  ],
  'no function is past 60 lines': [
    [{ 'db/a.c': body(57) },
      { 'db/a.c': body(1) + 'static struct x *\nlong_one(int a,\n    int b)\n' +
          body(56).slice(12) },
      { 'pos/a.js': `export function f() {\n${'  g();\n'.repeat(60)}}\n` },
      { 'pos/a.js': `const f = () => {\n${'  g();\n'.repeat(60)}};\n` },
      { 'pos/a.js': `class A {\n  f(a) {\n${'    g();\n'.repeat(60)}  }\n}\n` },
      { test: `f() {\n${'    g\n'.repeat(60)}}\n` }],
    [{ 'db/a.c': body(56) + body(56) },
      { 'db/a.c': 'int\nf(void)\n{\n    /*\n}\n*/\n    g("{");\n}\n' },
      { 'pos/a.js': `export function f() {\n${'  g();\n'.repeat(58)}}\n` }],
  ],
  'no line of C is past 80 columns': [
    [{ 'db/a.c': `// ${'x'.repeat(78)}\n` }],
    [{ 'db/a.c': `// ${'ệ'.repeat(77)}\n` }],
  ],
  "a function's brace stands alone": [
    [{ 'db/a.c': 'int f(void) {\n}\n' }],
    [{ 'db/a.c': 'struct a {\n};\nint b[] = {1};\n' }],
  ],
  'banned calls are not made': [
    [{ 'db/a.c': 'x = malloc(1);\n' }, { 'db/a.c': 'sprintf (s, "x");\n' },
      { 'pos/a.c': 'system("x");\n' }, { 'tests/a.c': 'rand();\n' }],
    [{ 'base/mem.c': 'calloc(1, 1);\n' }, { 'db/a.c': '// free(x)\n' },
      { 'db/a.c': 'mem_free(x); q->free(x); say("free(x)");\n' },
      { 'tests/a.c': 'system("x");\n' }],
  ],
  'structs are written out': [
    [{ 'db/a.h': 'typedef struct a {\n' }, { 'db/a.h': 'typedef enum a b;\n' }],
    [{ 'db/a.h': 'typedef enum err (*work)(void *);\n' }],
  ],
  'SQL stays in db': [
    [{ 'pos/a.c': 'run("SELECT 1");\n' }, { 'pos/a.c': 'r("UPDATE a SET b");\n' }],
    [{ 'db/a.c': 'run("PRAGMA x");\n' }, { 'pos/a.c': '// "SELECT 1"\n' }],
  ],
  'pages never make HTML of text': [
    [{ 'pos/web/a.jsx': 'el.innerHTML = x;\n' }, { 'pos/web/a.js': 'eval(x)\n' }],
    [{ 'pos/web/a.jsx': 'el.textContent = x;\n' }],
  ],
  'nothing strays at the top': [
    [{ 'notes.txt': '' }, { 'src/a.c': '' }],
    [{ 'base/a.c': '', run: '', 'CMakePresets.json': '' }],
  ],
  'every source is listed, every header used': [
    [{ 'db/CMakeLists.txt': 'a.c\n', 'db/a.c': '', 'db/b.c': '' },
      { 'tests/unit/CMakeLists.txt': '', 'tests/unit/test_x.c': '' },
      { 'db/a.h': '' }],
    [{ 'db/CMakeLists.txt': 'a.c\n', 'db/a.c': '#include "db/a.h"\n', 'db/a.h': '' },
      { 'tests/unit/CMakeLists.txt': 'ocop_unit_test(test_x LIBS base)\n',
        'tests/unit/test_x.c': '' }],
  ],
  'source lists have no globs': [
    [{ 'db/CMakeLists.txt': 'file(GLOB x *.c)\n' }],
    [{ 'db/CMakeLists.txt': 'a.c\n' }],
  ],
  'every SQL file is embedded': [
    [{ 'db/CMakeLists.txt': 'sql/a.sql\n', 'db/sql/b.sql': '' }],
    [{ 'db/CMakeLists.txt': 'sql/a.sql\n', 'db/sql/a.sql': '' }],
  ],
  'no place of one machine is named': [
    [{ 'docs/a.md': `see ${home}\n` }, { 'docs/a.md': `https://${host}/x\n` }],
    [{ 'docs/a.md': 'work/x, /var/lib/ocop-pos, /etc/ocop-pos\n' }],
  ],
  'both languages say the same things': [
    [{ ...good, 'pos/web/en.json': '{"a":"z {n}"}' },
      { ...good, 'pos/web/en.json': '{"a":"z","err":{"gone":"y"}}' },
      { ...good, 'pos/web/vi.json': '{"a":" ","err":{"gone":"y"}}' },
      { ...good, 'pos/web/vi.json': '{' }],
    [good],
  ],
  'every failure has its sentence': [
    [{ ...good, 'base/err.def': 'ERR(OTHER, FAULT, "x")\n' }],
    [{ ...good, 'base/err.def': 'ERR(GONE, FAULT, "x")\n' }],
  ],
  'text is clean': [
    [{ 'db/a.c': 'a' }, { 'db/a.c': 'a\r\n' }, { 'db/a.c': '\ta\n' },
      { 'db/a.c': 'a \n' }, { 'docs/a.md': 'Mie\u0302\u0301n\n' }],
    [{ 'docs/a.md': 'Miến\n' }],
  ],
};

const tree = (files) => new Map(Object.entries(files));
const show = (files) => JSON.stringify(files).slice(0, 120);

for (const [sentence, rule] of Object.entries(rules)) {
  const [bad, fine] = cases[sentence] ?? [[], []];
  const found = [];
  if (bad.length === 0) found.push('no example breaks this rule');
  for (const files of bad)
    if (rule(tree(files)).length === 0) found.push(`not caught: ${show(files)}`);
  for (const files of fine)
    found.push(...rule(tree(files)).map((f) => `wrongly caught: ${f}`));
  check(`"${sentence}" can fail`, found);
}
end();
