// ocop-pos, ocop-posd and ocop-registry as their users start them.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
export const source = process.env.OCOP_SOURCE ?? '.';

// Nobody's own language decides what a test reads.
const quiet = { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: '' };

// A test that fails leaves its daemon behind: it must not keep us waiting.
const running = new Set();
const folders = [];
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

export function folder() {
  const dir = mkdtempSync(join(tmpdir(), 'ocop-'));
  folders.push(dir);
  return dir;
}

function run(program, args, { input = '', env = {} } = {}) {
  const done = spawnSync(join(bin, program), args, {
    input,
    env: { ...quiet, ...env },
    maxBuffer: 1 << 28,
  });
  return {
    status: done.status ?? done.signal,
    out: done.stdout.toString(),
    err: done.stderr.toString(),
  };
}

/** Runs `ocop-pos ...args`: {status, out, err}. */
export const pos = (args, more) => run('ocop-pos', args, more);

/** Runs another program of the build, a test's tool among them. */
export const program = run;

/** Runs `ocop-registry ...args --json`: its answer; fails when it failed. */
export function registry(...args) {
  const done = run('ocop-registry', [...args, '--json']);
  if (done.status !== 0)
    throw new Error(`ocop-registry ${args.join(' ')}: ${done.status}\n${done.err}`);
  return JSON.parse(done.out);
}

/** The same without waiting; a promise of {status, out, err}. */
export function posLater(args) {
  const child = spawn(join(bin, 'ocop-pos'), args, { env: quiet });
  const got = { out: '', err: '' };
  child.stdout.on('data', (piece) => (got.out += piece));
  child.stderr.on('data', (piece) => (got.err += piece));
  const ended = new Promise((done) =>
    child.on('close', (status) => done({ status, ...got })));
  return Object.assign(ended, { kill: () => child.kill('SIGKILL') });
}

// A server that says on which port it serves.
async function server(name, args) {
  const child = spawn(join(bin, name), args,
    { stdio: ['ignore', 'ignore', 'pipe'], env: quiet });
  const ended = new Promise((done) =>
    child.on('exit', (code, signal) => {
      running.delete(child);
      done(code ?? signal);
    }));
  running.add(child);
  let log = '';
  const port = await new Promise((serves, fails) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      log += `${line}\n`;
      const m = /serves .* port (\d+)$/.exec(line);
      if (m) serves(m[1]);
    });
    ended.then((why) => fails(new Error(`${name}: ${why}\n${log}`)));
  });
  child.unref();
  child.stderr.unref();
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid,
    log: () => log,
    stop(signal = 'SIGTERM') {
      child.ref();
      child.kill(signal);
      return ended;
    },
  };
}

/** Starts the daemon on `data`: {url, log(), stop(signal)}. */
export const daemon = (data, ...more) =>
  server('ocop-posd', ['--data', data, '--listen', '127.0.0.1:0', ...more]);

/** Starts `ocop-registry serve` on the folder `dir`: the same. */
export const registryServer = (dir) =>
  server('ocop-registry', ['serve', '--dir', dir, '--listen', '127.0.0.1:0']);
