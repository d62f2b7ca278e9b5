// A showroom whose daemon takes its lists from a mirror.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { daemon, folder, pos } from '../programs.mjs';
import { sha256 } from './sign.mjs';

const ROWS = `SELECT c.record FROM certified c JOIN certified_list l
  ON l.gen = c.gen WHERE l.name = '%' ORDER BY c.id`;

/** A new showroom: {data, conf, authorization}. */
function makeShop(url, rootBytes) {
  const dir = folder();
  const [data, conf, root] = ['data', 'ocop-pos.conf', 'root.json']
    .map((name) => join(dir, name));
  writeFileSync(root, rootBytes);
  writeFileSync(conf, `registry_url = "${url}";\nregistry_root = "${root}";\n`
    + 'sync_interval_minutes = 1440;\n');
  const made = pos(['init', '--data', data, '--showroom', '101', '--name',
    'Cửa hàng thử', '--commune', '00103']);
  assert.equal(made.status, 0, made.err);
  const token = pos(['token', 'create', '--data', data, '--role', 'manager',
    '--name', 'thử', '--json']);
  assert.equal(token.status, 0, token.err);
  return { data, conf, authorization: `Bearer ${JSON.parse(token.out).token}` };
}

function asker(url, authorization) {
  return async (method) => {
    const answer = await fetch(`${url}/api/v1/sync`,
      { method, headers: { authorization } });
    const body = await answer.json();
    assert.ok(answer.ok, JSON.stringify(body));
    return { ...body, status: answer.status };
  };
}

/** A cycle from now on, to its end. */
async function syncBy(ask) {
  let said = await ask('POST');
  for (let i = 0; i < 200 && (said.status === 202 || said.running); i += 1) {
    await new Promise((done) => setTimeout(done, 250));
    said = await ask('GET');
  }
  assert.ok(!said.running, 'the cycle has no end');
  return said;
}

/** {sync(), rows(name), told(name), trusted(role), peak(), left(), stop()}. */
export async function openShop(url, rootBytes) {
  const { data, conf, authorization } = makeShop(url, rootBytes);
  const shop = await daemon(data, '--config', conf);
  const ask = asker(shop.url, authorization);
  const database = join(data, readdirSync(data).find((name) => name.endsWith('.db')));
  const query = (sql) => {
    const done = spawnSync('sqlite3', ['-readonly', database, sql],
      { maxBuffer: 1 << 26 });
    assert.equal(done.status, 0, done.stderr.toString());
    return done.stdout.toString();
  };
  return {
    log: shop.log,
    sync: () => syncBy(ask),
    /** The hash of the rows that are looked up, and what is told of it. */
    rows: (name) => sha256(query(ROWS.replace('%', name))),
    told: async (name) =>
      (await ask('GET')).lists.find((list) => list.name === name)?.sha256,
    trusted: (role) =>
      Number(query(`SELECT version FROM trust WHERE role = '${role}'`)),
    /** The most memory it ever had, in MiB. */
    peak() {
      const text = readFileSync(`/proc/${shop.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(text)[1]) / 1024;
    },
    left: () => readdirSync(data, { recursive: true })
      .filter((name) => /\.(part|plain|ndjson)/.test(name)),
    stop: () => shop.stop(),
  };
}
