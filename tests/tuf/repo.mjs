// A repository of any shape: plain objects, signed with node's crypto over
// @tufjs/canonical-json.
import { createHash, generateKeyPairSync, constants, sign } from 'node:crypto';
import { canonicalize } from '@tufjs/canonical-json';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
export const later = (days) =>
  new Date(Date.now() + days * 86400e3).toISOString().replace(/\.\d+Z$/, 'Z');

const MAKE = {
  ed25519() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
    return { type: 'ed25519', scheme: 'ed25519', public: raw.toString('hex'),
      sign: (data) => sign(null, data, privateKey) };
  },
  ecdsa() {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { type: 'ecdsa', scheme: 'ecdsa-sha2-nistp256',
      public: pair.publicKey.export({ type: 'spki', format: 'pem' }),
      sign: (data) => sign('sha256', data, pair.privateKey) };
  },
  rsa() {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = { key: pair.privateKey, saltLength: 32,
      padding: constants.RSA_PKCS1_PSS_PADDING };
    return { type: 'rsa', scheme: 'rsassa-pss-sha256',
      public: pair.publicKey.export({ type: 'spki', format: 'pem' }),
      sign: (data) => sign('sha256', data, key) };
  },
};

export function newKey(kind = 'ed25519') {
  const made = MAKE[kind]();
  const json = { keytype: made.type, scheme: made.scheme,
    keyval: { public: made.public } };
  return { id: sha256(canonicalize(json)), json, sign: made.sign };
}

const keysOf = (roles) => Object.fromEntries(
  roles.flatMap(({ keys }) => keys).map(({ id, json }) => [id, json]));
const roleOf = ({ keys, threshold }) =>
  ({ keyids: keys.map(({ id }) => id), threshold });

export function signed(part, keys) {
  const data = Buffer.from(canonicalize(part));
  const signatures = keys.map((key) =>
    ({ keyid: key.id, sig: key.sign(data).toString('hex') }));
  return JSON.stringify({ signatures, signed: part });
}

// Every role is { keys, threshold, version, expires }, open to any change
// before the next publish(); a targets role has targets and delegations too.
export class Repo {
  constructor(kind = 'ed25519') {
    const role = () => ({ keys: [newKey(kind)], threshold: 1, version: 1,
      expires: later(30) });
    Object.assign(this, { root: role(), timestamp: role(), snapshot: role(),
      targets: { ...role(), targets: {}, delegations: [] } });
    this.consistent = true;
    this.oldRootKeys = [];
    this.delegated = {};
    this.files = new Map();
  }

  delegate(name, paths, { parent = this.targets, kind, ...more } = {}) {
    this.delegated[name] = { keys: [newKey(kind)], threshold: 1, version: 1,
      expires: later(30), targets: {}, delegations: [] };
    parent.delegations.push({ name, paths, terminating: false, ...more,
      role: this.delegated[name] });
    return this.delegated[name];
  }

  addTarget(role, path, text) {
    const bytes = Buffer.from(text);
    const hash = sha256(bytes);
    role.targets[path] = { hashes: { sha256: hash }, length: bytes.length };
    const cut = path.lastIndexOf('/') + 1;
    this.files.set(`/targets/${encodeURI(path)}`, bytes);
    this.files.set(encodeURI(
      `/targets/${path.slice(0, cut)}${hash}.${path.slice(cut)}`), bytes);
  }

  part(type, role, more) {
    return { _type: type, spec_version: '1.0.31', version: role.version,
      expires: role.expires, ...more };
  }

  put(name, { version }, text) {
    const prefix = this.consistent && name !== 'timestamp' ? `${version}.` : '';
    this.files.set(
      `/metadata/${prefix}${encodeURIComponent(name)}.json`, text);
    return { version, length: Buffer.byteLength(text), hashes: { sha256: sha256(text) } };
  }

  putRoot() {
    const roles = Object.fromEntries(['root', 'timestamp', 'snapshot', 'targets']
      .map((name) => [name, roleOf(this[name])]));
    const part = this.part('root', this.root, { roles,
      consistent_snapshot: this.consistent,
      keys: keysOf([this.root, this.timestamp, this.snapshot, this.targets]) });
    this.files.set(`/metadata/${this.root.version}.root.json`,
      signed(part, this.root.signing
        ?? [...new Set([...this.root.keys, ...this.oldRootKeys])]));
  }

  // A root more; `change` may exchange keys, the old ones sign it too.
  nextRoot(change) {
    this.oldRootKeys = this.root.keys;
    change?.();
    this.root.version++;
    this.putRoot();
    this.oldRootKeys = [];
  }

  putTargets(name, role) {
    const delegations = role.delegations.length === 0 ? {} : { delegations: {
      keys: keysOf(role.delegations.map((d) => d.role)),
      roles: role.delegations.map(({ role: below, ...said }) =>
        ({ ...said, ...roleOf(below) })) } };
    return this.put(name, role, signed(
      this.part('targets', role, { targets: role.targets, ...delegations }),
      role.signing ?? role.keys));
  }

  publish() {
    this.putRoot();
    const meta = { 'targets.json': this.putTargets('targets', this.targets) };
    for (const [name, role] of Object.entries(this.delegated))
      meta[`${name}.json`] = this.putTargets(name, role);
    const snapshot = this.put('snapshot', this.snapshot,
      signed(this.part('snapshot', this.snapshot, { meta }),
        this.snapshot.signing ?? this.snapshot.keys));
    this.put('timestamp', this.timestamp, signed(
      this.part('timestamp', this.timestamp, { meta: { 'snapshot.json': snapshot } }),
      this.timestamp.signing ?? this.timestamp.keys));
  }

  publishNext() {
    for (const role of [this.timestamp, this.snapshot, this.targets,
      ...Object.values(this.delegated)]) role.version++;
    this.publish();
  }
}
