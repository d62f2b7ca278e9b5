// A registry of its own for a test: the real program, its books, its keys, its server.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BIN, freePort } from './shop.mjs';

const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** @param {object[]} records see certificate() in shop.mjs */
export async function openRegistry(records) {
  const dir = mkdtempSync(join(tmpdir(), 'ocop-web-registry-'));
  const registry = new Registry(dir, await freePort());
  registry.command('init', '--demo');
  await registry.publish(records);
  await registry.serve();
  return registry;
}

class Registry {
  constructor(dir, port) {
    Object.assign(this, { dir, port, files: 0 });
    this.url = 'http://127.0.0.1:' + port;
    /** What a showroom trusts first. */
    this.root = join(dir, 'www', 'v1', '1.root.json');
  }

  /** Runs ocop-registry; throws with its words when it refuses. */
  command(...words) {
    return execFileSync(join(BIN, 'ocop-registry'), [...words, '--dir', this.dir, '--json'], { encoding: 'utf8' });
  }

  /** Takes records into the books, and publishes what changed. */
  async publish(records = []) {
    if (records.length) {
      const file = join(this.dir, `records-${++this.files}.ndjson`);
      writeFileSync(file, records.map(r => JSON.stringify(r) + '\n').join(''));
      this.command('import', file, '--by', 'test');
    }
    this.command('publish', '--by', 'test');
  }

  /** A decision about one certificate, published at once. */
  async decide(what, id, ...more) {
    const day = new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10);
    this.command(what, id, '--decision', '12/QĐ-UBND', '--date', day, '--ground', 'thử', '--by', 'test', ...more);
    this.command('publish', '--by', 'test');
  }

  async serve() {
    const child = spawn(join(BIN, 'ocop-registry'), ['serve', '--dir', this.dir, '--listen', '127.0.0.1:' + this.port],
      { stdio: 'ignore' });
    running.add(child);
    this.gone = new Promise(gone => child.on('exit', () => { running.delete(child); gone(); }));
    this.child = child;
    const end = Date.now() + 30_000;
    while (!await fetch(this.url + '/v1/timestamp.json').then(r => r.ok, () => false)) {
      if (Date.now() > end || !running.has(child)) throw new Error('the registry does not start');
      await sleep(20);
    }
  }

  /** Nobody answers there any more. */
  async stop() {
    this.child.kill('SIGTERM');
    await this.gone;
  }

  async close() {
    if (running.has(this.child)) await this.stop();
    rmSync(this.dir, { recursive: true });
  }
}
