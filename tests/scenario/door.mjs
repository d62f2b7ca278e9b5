// The dispatcher behind a real socket (tests/tools/http_door.c), and clients
// that say exactly what they are told to.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';

export function folder() {
  const dir = mkdtempSync(join(tmpdir(), 'door-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A running door: {port, token, url, tell(line), stop()}. */
export async function open(dir = folder(), ...how) {
  const child = spawn(`${bin}/http_door`, [dir, ...how],
    { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const ended = new Promise((done) => child.on('exit', (code) => done(code)));
  const { port, token } = JSON.parse(await next());
  return {
    port,
    token,
    url: `http://127.0.0.1:${port}`,
    bearer: { authorization: `Bearer ${token}` },
    async tell(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
    /** Ends it as the daemon ends; its exit code. */
    stop() {
      child.stdin.end('stop\n');
      return ended;
    },
  };
}

/** Sends bytes as they are; what came back until the other side closed, or
 * until `wait_ms` of silence. */
export function raw(port, bytes, wait_ms = 3000) {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1');
    const got = [];
    const end = () => {
      socket.destroy();
      done(Buffer.concat(got).toString('latin1'));
    };
    socket.setTimeout(wait_ms, end);
    socket.on('data', (piece) => got.push(piece));
    socket.on('error', end);
    socket.on('close', end);
    socket.write(bytes);
  });
}

export const status = (answer) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);

/** A request in one piece: lines of head, then the body. */
export function request(line, headers = [], body = '') {
  const length = body ? [`Content-Length: ${Buffer.byteLength(body)}`] : [];
  const head = [line, ...headers, ...length, 'Connection: close'];
  if (!headers.some((h) => /^host *:/i.test(h))) head.splice(1, 0, 'Host: localhost');
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The cookie `name=value` that an answer sets. */
export function cookie(response, name) {
  const set = response.headers.getSetCookie?.() ??
    [response.headers.get('set-cookie') ?? ''];
  const one = set.join(', ').split(', ').find((c) => c.startsWith(`${name}=`));
  return one?.split(';')[0];
}
