// What a mirror without any key can do: show old files, other files, too much,
// too little, too slowly.  `now` is the honest registry, about to publish list
// 2 of province 01; `was` is what the client has.  A row is [what is done,
// reason in the client's words, (now, was) -> twist of the mirror].
import { bombs, cut, drip, endless, status, swap } from './mirror.mjs';

const TIMESTAMP = /^timestamp\.json$/;
const SNAPSHOT = /\d\.snapshot\.json$/;
const TARGETS = /\d\.targets\.json$/;
const P01 = /\d\.p01\.json$/;
const LIST = /^targets\/p01\/[0-9a-f]{64}\.list-2\.ndjson$/;
const EACH = { TIMESTAMP, SNAPSHOT, TARGETS, P01, LIST };

const ROLLBACK = /lùi phiên bản/;
const DIFFERS = /mã băm|độ dài|không đúng \d+ byte/;
const VERSION = /là phiên bản \d+, đúng ra phải là \d+/;
const FORM = /sai dạng thức|không phải JSON|không đúng/;
const SIGNATURES = /chữ ký không đủ/;
const LARGE = /lớn hơn mức cho phép|độ dài|không đúng \d+ byte/;

/** The file of that name without its version: of another tree. */
const from = (repo, role) => () => {
  const version = repo.signed[role].version ?? repo.versions[role];
  return repo.files.get(`${version}.${role}.json`);
};
const listOf = (repo, pattern) =>
  () => [...repo.files].find(([name]) => pattern.test(name))[1];

export const replays = [
  ['shows a timestamp of the past', ROLLBACK,
    (now, was) => swap(TIMESTAMP, () => was.first.get('timestamp.json'))],
  ['shows the snapshot of the past under the new name', DIFFERS,
    (now, was) => swap(SNAPSHOT, from(was, 'snapshot'))],
  ['shows the targets of the past under the new name', VERSION,
    (now, was) => swap(TARGETS, from(was, 'targets'))],
  ["shows a province's metadata of the past under the new name", VERSION,
    (now, was) => swap(P01, from(was, 'p01'))],
  ['shows the list of the past under the new name', DIFFERS,
    (now, was) => swap(LIST, listOf(was, /p01\/.*list-1\./))],
  ['mixes a new timestamp with the other files of the past', /không có tệp .*snapshot\.json/,
    (now, was) => status(/snapshot|targets|p01/, 404)],
  ["shows one province's metadata as another's", SIGNATURES,
    (now) => swap(P01, from(now, 'p38'))],
  ["shows one province's list as another's", DIFFERS,
    (now) => swap(LIST, listOf(now, /p38\/.*list-1\./))],
  ['shows the snapshot as the timestamp', FORM,
    (now) => swap(TIMESTAMP, from(now, 'snapshot'))],
];

const flip = (bytes) => {
  const other = Buffer.from(bytes);
  other[other.length >> 1] ^= 1;
  return other;
};
const text = (make) => (bytes) => Buffer.from(make(bytes.toString()));

export const damages = [
  ['changes one letter of the list', DIFFERS, () => swap(LIST, flip)],
  ['adds a line to the list', DIFFERS,
    () => swap(LIST, text((s) => `${s}{}\n`))],
  ['changes one letter of the snapshot', DIFFERS, () => swap(SNAPSHOT, flip)],
  ['sets another version into the timestamp', SIGNATURES,
    () => swap(TIMESTAMP, text((s) => s.replace(/("version":)\d+\}\}\n$/, '$199}}')))],
  ['says a member twice', FORM,
    () => swap(TIMESTAMP, text((s) => s.replace('{', '{"signatures":[],')))],
  ['says a NUL', FORM,
    () => swap(TIMESTAMP, text((s) => s.replace('"_type":"timestamp"', '"_type":"timestamp\\u0000"')))],
  ['says a broken number', FORM,
    () => swap(TIMESTAMP, text((s) => s.replace(/("version":\d+)\}\}/, '$1.5}}')))],
  ['nests without end', FORM,
    () => swap(TIMESTAMP, () => Buffer.from('['.repeat(16000)))],
  ['says what is no UTF-8', FORM,
    () => swap(TIMESTAMP, (bytes) => Buffer.concat(
      [bytes.subarray(0, 9), Buffer.from([0xc3, 0x28]), bytes.subarray(9)]))],
  ['shows the page of a Wi-Fi sign-in', FORM,
    () => swap(TIMESTAMP, () => Buffer.from('<!doctype html><title>Wi-Fi</title>'))],
  ['shows nothing', FORM, () => swap(TIMESTAMP, () => Buffer.alloc(0))],
];

const AWAY = { location: 'http://example.vn/v1/timestamp.json' };
const floods = Object.entries(EACH).flatMap(([name, pattern]) => [
  [`sends a gigabyte as ${name}`, LARGE, () => endless(pattern, false)],
  [`announces a gigabyte as ${name}`, LARGE, () => endless(pattern, true)],
  [`sends ${name} as a gzip bomb`, LARGE, () => bombs(pattern)],
]);

export const wires = [
  ...floods,
  ['sends a gigabyte as the next root', LARGE,
    (now) => (now.put('2.root.json', ' '), endless(/2\.root\.json/, false))],
  ['redirects the timestamp to another host', /chuyển hướng/,
    () => status(TIMESTAMP, 302, AWAY)],
  ['redirects the list to another host', /chuyển hướng/,
    () => status(LIST, 307, AWAY)],
  ['redirects in a circle', /chuyển hướng/,
    () => status(TIMESTAMP, 302, { location: '/v1/timestamp.json' })],
  ['answers with an error', /lỗi 500/, () => status(TIMESTAMP, 500)],
  ['withholds the list', /không có tệp .*p01\/list-2\.ndjson/, () => status(LIST, 404)],
  ['breaks off in the list', /ngắt giữa chừng/, () => cut(LIST, 100, true)],
];

export const slow = ['lets the list drip', /quá chậm/, () => drip(LIST)];
