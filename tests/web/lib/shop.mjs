// A showroom of its own for a test: a new data folder, the real daemon, a manager's token.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openRegistry } from './registry.mjs';

export const BIN = process.env.OCOP_BIN ?? fileURLToPath(new URL('../../../build/dev/bin', import.meta.url));
const PIN = '2580';
const MANAGER_PIN = '2345';

// A test that failed leaves its daemon behind: it ends with us.
const running = new Set();
process.on('exit', () => running.forEach(child => child.kill('SIGKILL')));

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((found, failed) => {
    const server = createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** With a registry its list comes by that way alone. */
function writeSettings(dir, registry, more) {
  const file = join(dir, 'ocop-pos.conf');
  const asks = registry ? `registry_url = "${registry.url}";\nregistry_root = "${registry.root}";\n` : '';
  writeFileSync(file, asks + more);
  return file;
}

/** @param {object[]} certified records of the registry's list, see certificate()
 * @param {{registry?: boolean, settings?: (dir: string) => string}} [ask] with a registry, also without records; more lines
 *   of the settings */
export async function openShop(certified = [], { registry = certified.length > 0, settings } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'ocop-web-'));
  const data = join(dir, 'showroom');
  const command = (...words) => JSON.parse(execFileSync(join(BIN, 'ocop-pos'), [...words, '--data', data, '--json'],
    { encoding: 'utf8' }));
  command('init', '--showroom', '101', '--name', 'Showroom OCOP thử', '--commune', '00103');
  const { number } = command('staff', 'add', '--name', 'Nguyễn Thị Hạnh', '--role', 'cashier', '--pin', PIN);
  const manager = command('staff', 'add', '--name', 'Trần Minh Đức', '--role', 'manager', '--pin', MANAGER_PIN);
  const { token } = command('token', 'create', '--role', 'manager', '--name', 'test');
  const shop = new Shop(dir, data, token, await freePort());
  if (registry) shop.registry = await openRegistry(certified);
  if (registry || settings) shop.settings = writeSettings(dir, shop.registry, settings?.(dir) ?? '');
  shop.cashier = { number: String(number), pin: PIN };
  shop.manager = { number: String(manager.number), pin: MANAGER_PIN };
  shop.command = command;
  await shop.start();
  if (registry) await shop.sync();
  await shop.api('POST', '/api/v1/shifts', { till: '1', float: 500_000 });
  return shop;
}

/** A record of the registry's list whose last day is `days` from today. */
export function certificate(cert, days, { status = 'active', recall } = {}) {
  const day = offset => new Date(Date.now() + (offset * 24 + 7) * 3600_000).toISOString().slice(0, 10);
  return {
    schema: 'ocop-product/1', id: `VN01-0009${cert}`, cert, rev: 1, name: `Hàng thử ${cert}`,
    producer: { id: 'VN01-SX0901', name: 'HTX thử', form: 'cooperative' },
    place: { province_code: '01', commune_code: '00103', units_version: '2026' },
    group: { scheme: 'QD148-2023', code: '06' }, stars: 4,
    decision: { date: day(days - 1096), issuer: 'UBND thành phố Hà Nội', issuer_level: 'province' },
    valid_from: day(days - 1096), valid_until: day(days), status, evidence: 'demo',
    ...(status !== 'active' && { status_info: { at: day(-1), reason: 'thử', decision_number: '12/QĐ-UBND', ...(recall && { recall }) } }),
  };
}

class Shop {
  constructor(dir, data, token, port) {
    Object.assign(this, { dir, data, token, port, sku: 0, keys: 0 });
    this.url = 'http://127.0.0.1:' + port;
    this.log = '';
  }

  /** Starts the daemon, which must not be running: two would quarrel over the books, and
   * the test would kill the wrong one. */
  async start() {
    if (running.has(this.child)) throw new Error('the daemon before is still there');
    const child = spawn(join(BIN, 'ocop-posd'), ['--data', this.data, '--listen', '127.0.0.1:' + this.port,
      ...(this.settings ? ['--config', this.settings] : [])],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', text => { this.log += text; });
    running.add(child);
    this.gone = new Promise(gone => child.on('exit', () => { running.delete(child); gone(); }));
    this.child = child;
    const end = Date.now() + 30_000;
    while (!await fetch(this.url + '/healthz').then(r => r.ok, () => false)) {
      if (Date.now() > end || !running.has(child)) throw new Error('the daemon does not start:\n' + this.log);
      await sleep(20);
    }
  }

  /** As a power cut would: no goodbye. */
  async kill(signal = 'SIGKILL') {
    this.child.kill(signal);
    await this.gone;
  }

  async close() {
    await this.kill('SIGTERM');
    await this.registry?.close();
    rmSync(this.dir, { recursive: true });
  }

  /** One call with the manager's token; throws unless it is answered well. */
  async api(method, path, body, key) {
    const headers = { Authorization: 'Bearer ' + this.token, ...(body && { 'Content-Type': 'application/json' }),
      ...(key && { 'Idempotency-Key': key }) };
    const reply = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Asks the registry now; throws unless its list is in force here. */
  async sync() {
    for (let n = 0; n < 20; n++) {
      const state = await this.api('POST', '/api/v1/sync');
      if (state.error) throw new Error('the list does not come: ' + JSON.stringify(state.error));
      if (!state.running) return state;
    }
    throw new Error('the list does not come');
  }

  /** A new product with `qty` on the shelf; its id. */
  async stock({ name, price, qty, barcodes = [], unit = 'gói', kind = 'piece', registry = null }) {
    const sku = `THU-${++this.sku}`;
    const codes = barcodes.map(code => ({ code, qty: 1 }));
    const { id } = await this.api('POST', '/api/v1/products',
      { sku, name, unit, price, vat_class: '8', kind, barcodes: codes, registry_id: registry });
    await this.api('POST', '/api/v1/receivings', { supplier: 'HTX thử',
      lines: [{ product: id, qty, lot: 'LO1', expires: '2099-12-31', cost: 1000, agreement: null }], note: '' });
    return id;
  }

  async stockOf(id) {
    return (await this.api('GET', '/api/v1/products/' + id)).stock;
  }

  setPrice(id, price) {
    return this.api('PATCH', '/api/v1/products/' + id, { price });
  }

  /** What another till sells. */
  async sell(id, qty) {
    const { price } = await this.api('GET', '/api/v1/products/' + id);
    return this.api('POST', '/api/v1/sales', { till: '1', lines: [{ product: id, qty }],
      payments: [{ method: 'cash', tendered: price * qty }], expected_total: price * qty }, `another-till-${++this.keys}-${Date.now()}`);
  }
}
