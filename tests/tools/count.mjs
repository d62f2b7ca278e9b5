// tests/tools/count.mjs LOG STATUS - how many test cases a log tells of:
// prints "passed failed skipped".  Three ways of telling are known: the plain
// line "3 passed, 0 failed", node's TAP, and many programs under `ctest -V`.
// A program that failed without a failed case, or counted nothing, counts as
// one failed case: silence never looks like success.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const PLAIN = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const RESULT = /^\s*\d+\/\d+ Test\s+#(\d+): \S+ \.*\s*(\**)(\w+)/;

function plain(line) {
  const m = PLAIN.exec(line.trim());
  return m && [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)];
}

// The last plain line, else the totals that node's TAP ends with.
function countOne(lines) {
  let counted = null;
  const tap = {};
  for (const line of lines) {
    counted = plain(line) ?? counted;
    const m = /^# (pass|fail|cancelled|skipped) (\d+)$/.exec(line);
    if (m) tap[m[1]] = Number(m[2]);
  }
  if (counted || tap.pass === undefined) return counted;
  return [tap.pass, tap.fail + (tap.cancelled ?? 0), tap.skipped ?? 0];
}

// `ctest -V`: lines are "12: text"; a verdict line ends each program.
function countMany(lines) {
  const said = new Map();
  const sum = [0, 0, 0];
  for (const line of lines) {
    const m = /^(\d+): (.*)$/.exec(line);
    if (m) {
      const of = said.get(m[1]) ?? said.set(m[1], []).get(m[1]);
      of.push(m[2]);
      continue;
    }
    const end = RESULT.exec(line);
    if (!end) continue;
    const good = end[2] === '' && end[3] === 'Passed';
    const one = judged(countOne(said.get(end[1]) ?? []), good ? 0 : 1);
    one.forEach((n, i) => (sum[i] += n));
  }
  return sum;
}

function judged(counted, status) {
  const [p, f, s] = counted ?? [0, 0, 0];
  if (f === 0 && (status !== 0 || p + s === 0)) return [p, 1, s];
  return [p, f, s];
}

export function count(text, status) {
  const lines = text.split('\n');
  const many = lines.some((line) => /^Test project /.test(line));
  return judged(many ? countMany(lines) : countOne(lines), status);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(
    count(readFileSync(process.argv[2], 'utf8'), Number(process.argv[3]))
      .join(' '));
