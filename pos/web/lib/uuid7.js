// A key that sorts by time (RFC 9562, version 7). crypto.randomUUID wants a secure
// page, which a till on a shop's plain http is not; getRandomValues does not.

/**
 * @param {number} now milliseconds since 1970
 * @param {Uint8Array} random 10 bytes
 */
export function uuid7(now, random) {
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map(b => b.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
