// What somebody can do who holds some of the keys, and what a signer must not
// do with its own.  Rows as in attacks.mjs, but `act` publishes by itself.
import { listBytes } from './repo.mjs';
import { canonical, expiry, newKey, sha256, signedFile } from './sign.mjs';

const SIGNATURES = /chữ ký không đủ/;

const twice = (keys) => (signed) => {
  const one = signedFile(signed, [keys[0]]);
  const [, sig] = /"signatures":\[(.*?)\]/.exec(one);
  return Buffer.from(one.toString().replace(sig, `${sig},${sig}`));
};

// A root that is not signed as it must be, of version 2 unless told otherwise.
function badRoot(now, by, more = {}) {
  now.root(more.version ?? 2, { by, change: more.change });
  now.put('2.root.json', now.files.get(`${more.version ?? 2}.root.json`));
  now.publish();
}

export const signers = [
  ['lets the timestamp expire', /hết hạn/,
    (now) => now.publish({ timestamp: { seconds: -60 } })],
  ['lets the snapshot expire', /hết hạn/,
    (now) => now.publish({ snapshot: { change: (s) => (s.expires = expiry(-60)) } })],
  ['lets the targets expire', /hết hạn/,
    (now) => now.publish({ targets: { change: (s) => (s.expires = expiry(-60)) } })],
  ["lets a province's metadata expire", /hết hạn/,
    (now) => now.publish({ p01: { change: (s) => (s.expires = expiry(-60)) } })],
  ['signs the targets with one key of the two needed', SIGNATURES,
    (now) => now.publish({ targets: { by: now.keys.targets.slice(0, 1) } })],
  ['signs the targets twice with one key', /chữ ký không đủ|sai dạng thức/,
    (now) => now.publish({ targets: { bytes: twice(now.keys.targets) } })],
  ['signs the targets with one key under two names', SIGNATURES, (now) => {
    const [one] = now.keys.targets;
    now.publish({ targets: { by: [one, { ...one, id: 'f'.repeat(64) }] } });
  }],
  ["signs the timestamp with a province's key", SIGNATURES,
    (now) => now.publish({ timestamp: { by: now.keys.p01 } })],
  ["signs the snapshot with the timestamp's key", SIGNATURES,
    (now) => now.publish({ snapshot: { by: now.keys.timestamp } })],
  ["signs one province's metadata with another's key", SIGNATURES,
    (now) => now.publish({ p01: { by: now.keys.p38 } })],
  ['signs a new root with one key of the two needed', SIGNATURES,
    (now) => badRoot(now, now.keys.root.slice(0, 1))],
  ['signs a new root with keys of its own', SIGNATURES, (now) => {
    now.keys.root = [newKey(), newKey()];
    badRoot(now, now.keys.root);
  }],
  ['leaves out a root', /phiên bản/,
    (now) => badRoot(now, now.keys.root, { version: 3 })],
  ['signs with keys of a kind nobody knows', SIGNATURES, (now) => {
    const delegations = now.signed.targets.delegations;
    const future = { keytype: 'future', keyval: { public: '00' }, scheme: 'future-1' };
    const id = sha256(canonical(future));
    delegations.keys[id] = future;
    delegations.roles.find((role) => role.name === 'p01').keyids = [id];
    now.publish({ p01: { by: [{ id, sign: () => '00'.repeat(64) }] } });
  }],
];

const meta = (change) => ({ snapshot: { change: (signed) => change(signed.meta) } });

export const snapshots = [
  ['forgets a province in the snapshot', /bỏ mất|không được ai ủy quyền/,
    (now) => now.publish(meta((files) => delete files['p38.json']))],
  ['lowers a province in the snapshot', /lùi phiên bản/,
    (now) => now.publish(meta((files) => (files['p38.json'].version = 1)))],
  ['announces a snapshot of a gigabyte', /lớn hơn|sai dạng thức|độ dài/,
    (now) => now.publish({ timestamp: { change: (signed) =>
      (signed.meta['snapshot.json'].length = 1 << 30) } })],
  ['announces a list of a gigabyte', /lớn hơn|quá lớn|sai dạng thức/, (now) => {
    Object.values(now.signed.p01.targets)[0].length = 1 << 30;
    now.publish();
  }],
];

// List 2 of p01, made by `make` of the records that it has.
const list2 = (make) => (now) => {
  const { p01, p38 } = now.records;
  now.list('p01', 2, listBytes(make(structuredClone(p01), p38[0])));
  now.publish();
};
const change = (more) => list2((all, other) => {
  Object.assign(all[5], typeof more === 'function' ? more(other) : more);
  return all;
});

// Signed well, and still not what this signer may say.
export const contents = [
  ["a province lists a product of another's place", /VN01-\d+ là sản phẩm của tỉnh khác/,
    change({ place: { province_code: '38' } })],
  ["a province lists another's product", /VN38-\d+ là sản phẩm của tỉnh khác/,
    list2((all, other) => [...all, other])],
  ["a province takes another's number of a product", /xuất hiện hai lần/,
    list2((all, other) => [...all, { ...all[0], cert: 4000000001, id: other.id }])],
  ["a province takes another's certificate number", /xuất hiện hai lần/,
    change((other) => ({ cert: other.cert }))],
  ['a province lists five stars', /không có thẩm quyền công nhận 5 sao/, change({ stars: 5 })],
  ['a province lists what the centre decided', /không có thẩm quyền công nhận 4 sao/,
    change({ decision: { date: '2025-03-01', issuer: 'Bộ', issuer_level: 'central' } })],
  ['the list has a product twice', /không tăng dần/, list2((all) => [...all, all.at(-1)])],
  ['the list has a certificate number twice', /xuất hiện hai lần/,
    list2((all) => (all[5].cert = all[4].cert, all))],
  ['the list is not sorted', /không tăng dần/, list2((all) => all.reverse())],
  ['the list is no list', /thiếu schema|hồ sơ/, list2(() => ['x'])],
  ['a record has no name', /thiếu name/, change({ name: undefined })],
  ['a record has six stars', /chỉ sản phẩm 3, 4 hoặc 5 sao/, change({ stars: 6 })],
  ['a record ends before it begins', /đứng trước ngày có hiệu lực/, change({ valid_until: '2000-01-01' })],
  ['a record is written in another form', /không viết đúng dạng chuẩn/, (now) => {
    const text = listBytes(now.records.p01).toString();
    now.list('p01', 2, Buffer.from(text.replace('{"cert"', '{ "cert"')));
    now.publish();
  }],
];

// Nothing to refuse: a name outside a signer's prefix is nobody's.
export const ignored = [
  ['a province names a target of another', null, (now) => {
    now.signed.p38.targets['p01/list-9.ndjson'] = now.signed.p38.targets['p38/list-1.ndjson'];
    now.signed.p01.targets = structuredClone(now.wasP01);
    now.publish();
  }],
];
