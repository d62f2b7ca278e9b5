// A showroom of its own, its daemon on a free port, and a client that holds
// every answer against the description the daemon itself serves.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from './client.mjs';
import { certified } from './goods.mjs';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';

// As libconfig has it: a list is ( { id = "a"; till = 1; }, ... ).
function value(v) {
  if (!Array.isArray(v)) return typeof v === 'number' ? v : JSON.stringify(v);
  const group = (o) => Object.entries(o).map(([k, x]) => `${k} = ${value(x)}; `);
  return `( ${v.map((o) => `{ ${group(o).join('')}}`).join(', ')} )`;
}

// A setting that is null is left out.
function settingsFile(dir, settings) {
  const all = {
    showroom_address: 'Số 1 Trịnh Công Sơn, phường Tây Hồ, Hà Nội',
    showroom_phone: '024 3719 0000',
    tax_code: '0100109106',
    printer: `file:${join(dir, 'paper')}`,
    ...settings,
  };
  const path = join(dir, 'ocop-pos.conf');
  const lines = Object.entries(all).filter(([, v]) => v !== null)
    .map(([k, v]) => `${k} = ${value(v)};\n`);
  writeFileSync(path, lines.join(''));
  return path;
}

// The port stands in the first line that the daemon logs.
function started(child, log) {
  return new Promise((done, failed) => {
    child.stderr.on('data', (piece) => {
      log.text += piece;
      const m = /serves http:.*port (\d+)\n/.exec(log.text);
      if (m) done(Number(m[1]));
    });
    child.on('exit', (code) => failed(new Error(`the daemon ended (${code}): ${log.text}`)));
  });
}

export class Shop {
  /** A new showroom with its daemon running; `settings` as in the file. */
  static async open(settings = {}) {
    const shop = new Shop();
    shop.dir = mkdtempSync(join(tmpdir(), 'shop-'));
    shop.data = join(shop.dir, 'data');
    process.on('exit', () => {
      shop.child?.kill('SIGKILL');
      rmSync(shop.dir, { recursive: true, force: true });
    });
    shop.config = settingsFile(shop.dir, settings);
    const said = execFileSync(`${bin}/make_showroom`, [shop.data],
      { input: certified().map((r) => `${JSON.stringify(r)}\n`).join('') });
    Object.assign(shop, JSON.parse(said));
    await shop.start();
    return shop;
  }

  /** `env`: what its process sees besides; a clock that was moved. */
  async start(settings = null, env = {}) {
    if (settings) this.config = settingsFile(this.dir, settings);
    this.log = { text: '' };
    this.child = spawn(`${bin}/ocop-posd`, ['--config', this.config,
      '--data', this.data, '--listen', `127.0.0.1:${this.port ?? 0}`],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
    this.port = await started(this.child, this.log);
    this.url = `http://127.0.0.1:${this.port}`;
    const answer = await fetch(`${this.url}/api/v1/openapi.json`);
    this.doc = await answer.json();
  }

  /** Ends the daemon as an operator does; it must have nothing to regret. */
  async stop() {
    const { child } = this;
    if (!child) return;
    this.child = null;
    child.removeAllListeners('exit');
    const ended = new Promise((done) => child.on('exit', (code, signal) =>
      done(code ?? signal)));
    child.kill('SIGTERM');
    assert.equal(await ended, 0, this.log.text);
    assert.doesNotMatch(this.log.text, / error |Sanitizer/);
  }

  /** Ends it for good; its books must be right, record by record. */
  async close() {
    await this.stop();
    const proof = spawnSync(`${bin}/ocop-pos`, ['verify', '--full', '--data', this.data],
      { encoding: 'utf8' });
    assert.equal(proof.status, 0, proof.stdout + proof.stderr);
  }

  async restart(settings = null, env = {}) {
    await this.stop();
    await this.start(settings, env);
  }

  /** A client with a role's token; null: nobody. */
  as(role, headers = {}) {
    const who = role ? { authorization: `Bearer ${this.tokens[role]}` } : {};
    return new Client(this, { ...who, ...headers });
  }
}
