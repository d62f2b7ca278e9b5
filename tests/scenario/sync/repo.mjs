// A registry's published files with every key at hand, so that a test can be
// the registry, a thief of one key, or whoever carries the files.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expiry, keyOf, newKey, sha256, signedFile } from './sign.mjs';

const DAY = 86400;
const TOP = ['root', 'timestamp', 'snapshot', 'targets'];
const roleOf = (keys, threshold) => ({ keyids: keys.map((k) => k.id), threshold });
const objects = (keys) => Object.fromEntries(keys.map((k) => [k.id, k.object]));

/** A record of the list of `province`; `more` changes fields of it. */
export function record(province, n, more = {}) {
  const number = String(n).padStart(4, '0');
  return {
    cert: Number(province) * 1000 + n,
    decision: { date: '2025-03-01', issuer: 'UBND', issuer_level: 'province' },
    evidence: 'demo',
    group: { code: '1', scheme: 'QD148-2023' },
    id: `VN${province}-${number}`,
    name: `Mật ong số ${n}`,
    place: { province_code: province },
    producer: { form: 'cooperative', id: `P${province}`, name: 'Hợp tác xã Mẫu' },
    rev: 1,
    schema: 'ocop-product/1',
    stars: 3 + (n % 2),
    status: 'active',
    valid_from: '2025-03-01',
    valid_until: '2028-03-01',
    ...more,
  };
}

// Records are canonical in the journal's sense, which for these is the same.
const line = (value) => {
  const sort = (v) => (v && typeof v === 'object' && !Array.isArray(v)
    ? Object.fromEntries(Object.keys(v).sort().map((k) => [k, sort(v[k])])) : v);
  return `${JSON.stringify(sort(value))}\n`;
};
export const listBytes = (records) => Buffer.from(records.map(line).join(''));

export class Repo {
  /** Three keys and two needed for root and targets; one for all else. */
  constructor(roles = ['vn', 'p01', 'p38']) {
    this.roles = roles;
    this.busy = ['targets', ...roles]; // what publish signs anew
    this.keys = { root: [0, 0, 0].map(newKey), targets: [0, 0, 0].map(newKey) };
    for (const role of ['timestamp', 'snapshot', ...roles])
      this.keys[role] = [newKey()];
    this.files = new Map(); // "1.root.json", "targets/p01/<hash>.list-1.ndjson"
    this.signed = {};
    this.versions = { snapshot: 0, timestamp: 0 };
    this.root(1);
    this.delegate();
    for (const role of roles) this.signed[role] = this.empty();
  }

  /** A copy to be tampered with; the keys are the same. */
  clone() {
    const copy = Object.create(Repo.prototype);
    Object.assign(copy, this, {
      files: new Map(this.files),
      signed: structuredClone(this.signed),
      versions: { ...this.versions },
      keys: { ...this.keys },
    });
    return copy;
  }

  put(name, bytes) {
    this.files.set(name, Buffer.from(bytes));
  }

  head(type, version, seconds) {
    return { _type: type, expires: expiry(seconds), spec_version: '1.0.31', version };
  }

  empty() {
    return { ...this.head('targets', 0, 90 * DAY), targets: {} };
  }

  /** Root `version`, signed by `by` (those of the root before, and its own). */
  root(version, { by = this.keys.root, change = (signed) => signed } = {}) {
    const roles = Object.fromEntries(TOP.map((top) => [top,
      roleOf(this.keys[top], ['root', 'targets'].includes(top) ? 2 : 1)]));
    this.signed.root = change({
      ...this.head('root', version, 365 * DAY),
      consistent_snapshot: true,
      keys: objects(TOP.flatMap((top) => this.keys[top])),
      roles,
    });
    this.put(`${version}.root.json`, signedFile(this.signed.root, by));
  }

  delegate() {
    this.signed.targets = {
      ...this.empty(),
      delegations: {
        keys: objects(this.roles.flatMap((role) => this.keys[role])),
        roles: this.roles.map((name) => ({
          ...roleOf(this.keys[name], 1),
          name,
          paths: [`${name}/*`],
          terminating: true,
        })),
      },
    };
  }

  /** The role's list number `seq`; only it is named, by its role. */
  list(role, seq, bytes, { path = `${role}/list-${seq}.ndjson` } = {}) {
    this.signed[role].targets = {};
    this.target(role, path, bytes, { kind: 'full', seq });
    return this;
  }

  /** `role` names the target `path` with these bytes; `lie` about them. */
  target(role, path, bytes, ocop, lie = {}) {
    const meta = { hashes: { sha256: sha256(bytes) }, length: bytes.length, ...lie };
    this.signed[role].targets[path] = { ...meta, custom: { ocop } };
    const slash = path.lastIndexOf('/') + 1;
    this.put(`targets/${path.slice(0, slash)}${meta.hashes.sha256}.${path.slice(slash)}`,
      bytes);
  }

  /** Sign everything anew, each with the next version.  `tamper` may change
   * what is signed, or say who signs: {role: {by, bytes(signed)}}. */
  publish(tamper = {}) {
    const meta = { ...this.signed.snapshot?.meta };
    for (const role of this.busy) {
      const signed = this.signed[role];
      signed.version += 1;
      const bytes = this.write(role, signed, tamper[role]);
      this.put(`${signed.version}.${role}.json`, bytes);
      meta[`${role}.json`] = { version: signed.version };
    }
    return this.online(meta, tamper);
  }

  /** Snapshot and timestamp anew. */
  online(meta = this.signed.snapshot.meta, tamper = {}) {
    const version = ++this.versions.snapshot;
    this.signed.snapshot = { ...this.head('snapshot', version, 7 * DAY), meta };
    const snapshot = this.write('snapshot', this.signed.snapshot, tamper.snapshot);
    this.put(`${version}.snapshot.json`, snapshot);
    this.stamp({ 'snapshot.json': {
      hashes: { sha256: sha256(snapshot) }, length: snapshot.length, version,
    } }, tamper.timestamp);
    return this;
  }

  stamp(meta = this.signed.timestamp.meta, tamper = {}) {
    const version = ++this.versions.timestamp;
    this.signed.timestamp = {
      ...this.head('timestamp', version, tamper.seconds ?? 3 * DAY), meta };
    this.put('timestamp.json', this.write('timestamp', this.signed.timestamp, tamper));
    return this;
  }

  write(role, signed, { by = this.keys[role].slice(0, 2), bytes, change } = {}) {
    if (change) change(signed);
    return bytes ? bytes(signed, by) : signedFile(signed, by);
  }

  /** After an attack that was signed well: the next honest version is above. */
  above(other) {
    for (const role of ['targets', ...this.roles])
      if (other.signed[role])
        this.signed[role].version =
          Math.max(this.signed[role].version, other.signed[role].version);
    for (const top of ['snapshot', 'timestamp'])
      this.versions[top] = Math.max(this.versions[top], other.versions[top]);
    return this;
  }
}

function everyFile(dir, into = []) {
  for (const name of readdirSync(dir)) {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) everyFile(path, into);
    else into.push(path);
  }
  return into;
}

/** What ocop-registry published in `dir` (init --demo), and its keys; `busy`
 * are the roles that sign anew from here on. */
export function loadRepo(dir, busy) {
  const repo = Object.create(Repo.prototype);
  const www = join(dir, 'www/v1');
  repo.files = new Map(everyFile(www).filter((path) => !path.endsWith('.gz'))
    .map((path) => [relative(www, path), readFileSync(path)]));
  const read = (name) => JSON.parse(repo.files.get(name)).signed;
  const timestamp = read('timestamp.json');
  const snapshot = read(`${timestamp.meta['snapshot.json'].version}.snapshot.json`);
  repo.signed = { root: read('1.root.json'), timestamp, snapshot };
  for (const [name, { version }] of Object.entries(snapshot.meta))
    repo.signed[name.replace('.json', '')] = read(`${version}.${name}`);
  repo.busy = busy;
  repo.roles = Object.keys(snapshot.meta).map((name) => name.replace('.json', ''))
    .filter((role) => role !== 'targets');
  repo.versions = { snapshot: snapshot.version, timestamp: timestamp.version };
  const keys = everyFile(join(dir, 'keys')).sort()
    .map((path) => keyOf(JSON.parse(readFileSync(path)).seed));
  const signers = (name) => JSON.parse(repo.files.get(name)).signatures
    .map(({ keyid }) => keyid);
  const held = (ids) => keys.filter((key) => ids.includes(key.id));
  repo.keys = {};
  for (const top of TOP)
    repo.keys[top] = held(repo.signed.root.roles[top].keyids);
  for (const role of repo.roles)
    repo.keys[role] = held(signers(`${repo.signed[role].version}.${role}.json`));
  return repo;
}
