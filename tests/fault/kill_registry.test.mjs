// ocop-registry killed at random points of publishing, renewing and changing
// keys: what is served is a repository that a client accepts, the one before
// or the one after, and the next run goes on from there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { bin, folder, program, registry, registryServer }
  from '../scenario/programs.mjs';

const KILLS = process.env.OCOP_LONG ? 500 : 50;
const PROVINCES = 5;

// A generator of its own, so that a failure can be run again: OCOP_SEED.
let seed = Number(process.env.OCOP_SEED ?? Date.now() % 1e9);
console.log(`# OCOP_SEED=${seed}`);
function chance() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}

const dir = join(folder(), 'registry');
const v1 = (name) => JSON.parse(readFileSync(join(dir, 'www/v1', name)));

function fill(...args) {
  const done = program('fill_registry', [dir, ...args.map(String)]);
  assert.equal(done.status, 0, done.err);
}

// What a client should find now, read from the folder itself.
function current() {
  const timestamp = v1('timestamp.json').signed;
  const snapshot = v1(`${timestamp.meta['snapshot.json'].version}.snapshot.json`);
  const p01 = v1(`${snapshot.signed.meta['p01.json'].version}.p01.json`).signed;
  const list = Object.keys(p01.targets).find((path) => /list-/.test(path));
  return { timestamp: timestamp.version, list };
}

class Client {
  constructor() {
    const at = folder();
    this.metadata = join(at, 'metadata');
    this.targets = join(at, 'targets');
    mkdirSync(this.metadata);
    mkdirSync(this.targets);
    copyFileSync(join(dir, 'www/v1/1.root.json'), join(at, 'root.json'));
    this.run('init', join(at, 'root.json'));
  }

  run(...args) {
    const done = program('ocop-tuf', ['--metadata-dir', this.metadata, ...args]);
    assert.equal(done.status, 0, done.err);
  }

  fetch(url, name) {
    this.run('--metadata-url', `${url}/v1`, '--target-name', name,
      '--target-base-url', `${url}/v1/targets`, '--target-dir', this.targets,
      'download');
  }

  version() {
    return JSON.parse(readFileSync(join(this.metadata, 'timestamp.json')))
      .signed.version;
  }
}

// One run, killed after so many milliseconds; was it?
function runAndKill(args, ms) {
  return new Promise((done) => {
    const child = spawn(join(bin, 'ocop-registry'), [...args, '--dir', dir],
      { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      assert.ok(signal === 'SIGKILL' || code === 0, `${args}: ${code}`);
      done(signal === 'SIGKILL');
    });
  });
}

const WORK = [['publish'], ['publish'], ['publish'], ['renew'],
  ['key', 'rotate', 'timestamp'], ['key', 'rotate', 'snapshot'],
  ['key', 'rotate', 'targets'], ['key', 'rotate', 'p01'],
  ['key', 'rotate', 'root']];

test(`${KILLS} kills: always the old repository or the new one`, async () => {
  registry('init', '--demo', '--dir', dir);
  fill('add', 2000);
  const whole = WORK.map((work) => {
    fill('change', 20, PROVINCES);
    const from = performance.now();
    registry(...work, '--dir', dir);
    return performance.now() - from;
  });
  const server = await registryServer(dir);
  const faithful = new Client();
  let killed = 0;
  let i = 0;
  for (; killed < KILLS && i < KILLS * 5; i++) {
    const kind = Math.floor(chance() * WORK.length);
    const work = WORK[kind];
    const before = current();
    if (work[0] === 'publish') fill('change', 1 + i % 20, PROVINCES);
    killed += await runAndKill(work, chance() * whole[kind]);
    const now = current();
    // The run before may have got no further than its books: then this one
    // finished its work first.
    assert.ok(now.timestamp >= before.timestamp
      && now.timestamp <= before.timestamp + 2, `${work}: ${now.timestamp}`);
    faithful.fetch(server.url, now.list);
    assert.equal(faithful.version(), now.timestamp);
    if (i % 10 === 0) new Client().fetch(server.url, now.list);
  }
  console.log(`# ${killed} of ${i} runs were killed before their end`);
  assert.ok(killed > KILLS / 4, 'the kills came too late to try anything');

  registry('publish', '--dir', dir);
  const end = current();
  faithful.fetch(server.url, end.list);
  assert.equal(await server.stop(), 0);
  const left = readdirSync(join(dir, 'www/v1'), { recursive: true })
    .filter((name) => name.endsWith('.new'));
  assert.deepEqual(left, [], 'what was half-written is gone');
});
