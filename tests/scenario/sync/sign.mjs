// Metadata of The Update Framework, written by a few lines that share nothing
// with the programs under test: canonical JSON, key ids, signatures.
import crypto from 'node:crypto';

export const sha256 = (bytes) =>
  crypto.createHash('sha256').update(bytes).digest('hex');

const quote = (s) => `"${s.replace(/[\\"]/g, '\\$&')}"`;

/** OLPC canonical JSON. */
export function canonical(v) {
  if (typeof v === 'string') return quote(v);
  if (Array.isArray(v)) return `[${v.map(canonical).join(',')}]`;
  if (v === null || typeof v !== 'object') return String(v);
  const pairs = Object.keys(v).sort()
    .map((key) => `${quote(key)}:${canonical(v[key])}`);
  return `{${pairs.join(',')}}`;
}

// What stands before the 32 bytes of a seed in PKCS #8.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** An Ed25519 key that grows from 64 hex digits: {id, object, sign(bytes)}. */
export function keyOf(seed) {
  const secret = crypto.createPrivateKey({
    key: Buffer.concat([PKCS8, Buffer.from(seed, 'hex')]),
    format: 'der',
    type: 'pkcs8',
  });
  const point = crypto.createPublicKey(secret)
    .export({ format: 'der', type: 'spki' }).subarray(-32);
  const object = {
    keytype: 'ed25519',
    keyval: { public: point.toString('hex') },
    scheme: 'ed25519',
  };
  return {
    id: sha256(canonical(object)),
    object,
    sign: (bytes) => crypto.sign(null, Buffer.from(bytes), secret).toString('hex'),
  };
}

export const newKey = () => keyOf(crypto.randomBytes(32).toString('hex'));

/** The bytes of a metadata file: `signed`, signed by each of `keys`. */
export function signedFile(signed, keys) {
  const text = canonical(signed);
  const signatures = keys.map((key) => ({ keyid: key.id, sig: key.sign(text) }));
  return Buffer.from(`{"signatures":${canonical(signatures)},"signed":${text}}\n`);
}

/** "2026-11-25T10:15:00Z", so many seconds from now. */
export const expiry = (seconds) =>
  new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+/, '');
