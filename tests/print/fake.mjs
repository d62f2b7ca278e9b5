// The fake printer at a TCP port (tests/tools/fake_tcp.c), and pictures.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';

import { PNG } from 'pngjs';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const running = new Set();
const folders = [];
// A test that fails leaves its printer behind: it must not keep us waiting.
after(() => running.forEach((child) => child.kill('SIGKILL')));
process.on('exit', () => {
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

export function folder() {
  const dir = mkdtempSync(join(tmpdir(), 'print-'));
  folders.push(dir);
  return dir;
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Starts a printer: {at, port, dir, tell(words), state(), until(f), stop()}.
 * `options` are those of the program: {width: 384, lacks: 'asb,gs_r', ...}.
 * What is told back is its log: {idle, count: {}, slips: [], events: []}. */
export async function printer(options = {}) {
  const dir = folder();
  const args = Object.entries({ ...options, dir })
    .flatMap(([key, value]) => [`--${key}`, `${value}`]);
  const child = spawn(join(bin, 'fake_tcp'), args,
    { stdio: ['pipe', 'pipe', 'inherit'] });
  running.add(child);
  const ended = new Promise((done) => child.on('exit', (code) => {
    running.delete(child);
    done(code);
  }));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { port } = await next();
  // One at a time: an answer belongs to the line before it.
  let turn = Promise.resolve();
  const say = (words) => {
    turn = turn.then(() => {
      child.stdin.write(`${words}\n`);
      return next();
    });
    return turn;
  };
  return {
    port,
    dir,
    at: `tcp:127.0.0.1:${port}`,
    state: () => say('state'),
    async tell(words) {
      const log = await say(words);
      if (!log.known) throw new Error(`the printer does not know "${words}"`);
      return log;
    },
    /** Its log as soon as `holds(log)`; fails when that takes too long. */
    async until(holds, what = 'it') {
      for (let i = 0; i < 600; i++) {
        const log = await say('state');
        if (holds(log)) return log;
        await pause(50);
      }
      throw new Error(`waited in vain until ${what}: ` +
        JSON.stringify((await say('state')).count));
    },
    async stop() {
      const log = await say('stop');
      await ended;
      return log;
    },
  };
}

/** A picture as {width, height, dots}: a byte a dot, 1 = black. */
export function ofPng(bytes) {
  const { width, height, data } = PNG.sync.read(bytes);
  const dots = Buffer.alloc(width * height);
  for (let i = 0; i < dots.length; i++) dots[i] = data[4 * i] < 128 ? 1 : 0;
  return { width, height, dots };
}

export function ofPbm(path) {
  const bytes = readFileSync(path);
  const [, w, h] = /^P4\n(\d+) (\d+)\n/.exec(bytes.subarray(0, 40).toString('latin1'));
  const [width, height] = [Number(w), Number(h)];
  const stride = Math.ceil(width / 8);
  const from = bytes.length - stride * height;
  const dots = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      dots[y * width + x] = bytes[from + y * stride + (x >> 3)] >> (7 - x % 8) & 1;
  return { width, height, dots };
}

/** The first dot in which two pictures differ, in words; null: in none. */
export function differ(a, b) {
  if (a.width !== b.width || a.height !== b.height)
    return `${a.width} x ${a.height} and ${b.width} x ${b.height} dots`;
  for (let i = 0; i < a.dots.length; i++)
    if (a.dots[i] !== b.dots[i])
      return `dot ${i % a.width}, ${Math.floor(i / a.width)}`;
  return null;
}
