// What a showroom that has all lists receives in a day: hourly polls, and one
// publication of 40 changes in one province, in three, over all 34.
//
//   node tests/bench/wire.mjs [RECORDS] [PUBLICATIONS BEFORE]
//
// Before it, how long publications of 50,000 records take.
// Counts every byte of the answers, heads too; TCP and TLS are not in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { folder, program, registry, registryServer }
  from '../scenario/programs.mjs';

const records = process.argv[2] ?? '10300';
const before = Number(process.argv[3] ?? 61);

// The bytes that one GET brings.
function received(url, path) {
  const { port } = new URL(url);
  return new Promise((done, failed) => {
    let bytes = 0;
    let head = '';
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`GET /v1/${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n`
        + 'Accept-Encoding: gzip\r\nConnection: close\r\n\r\n'));
    socket.on('data', (piece) => {
      bytes += piece.length;
      head ||= piece.toString('latin1').split('\r\n\r\n')[0];
    });
    socket.on('error', failed);
    // "Connection: close" is ours to blame, not the registry's.
    socket.on('end', () => done({ bytes: bytes - 19, status: head.slice(9, 12) }));
  });
}

async function day(provinces) {
  const dir = join(folder(), 'registry');
  const read = (name) =>
    JSON.parse(readFileSync(join(dir, 'www/v1', name))).signed;
  registry('init', '--demo', '--dir', dir);
  assert.equal(program('fill_registry', [dir, 'add', records]).status, 0);
  registry('publish', '--dir', dir);
  const change = () => {
    const args = [dir, 'change', '40', String(provinces)];
    assert.equal(program('fill_registry', args).status, 0);
    registry('publish', '--dir', dir);
  };
  const snapshot = () =>
    `${read('timestamp.json').meta['snapshot.json'].version}.snapshot.json`;
  for (let i = 0; i < before; i++) change();
  const old = read(snapshot()).meta;
  change();
  const server = await registryServer(dir);
  const sums = { polls: 0, metadata: 0, deltas: 0 };
  const get = async (kind, path, status = '200') => {
    const answer = await received(server.url, path);
    assert.equal(answer.status, status, path);
    sums[kind] += answer.bytes;
  };
  for (let hour = 0; hour < 24; hour++) {
    await get('polls', '2.root.json', '404');
    await get('polls', 'timestamp.json');
  }
  await get('metadata', snapshot());
  const now = read(snapshot()).meta;
  for (const [file, { version }] of Object.entries(now)) {
    const role = file.slice(0, -5);
    if (version === old[file].version || role === 'vn-pages') continue;
    await get('metadata', `${version}.${file}`);
    const { targets } = read(`${version}.${file}`);
    const newest = Object.entries(targets).filter(([path, t]) =>
      path.includes('/delta-') && t.custom.ocop.from === t.custom.ocop.seq - 1);
    for (const [path, { hashes }] of newest)
      await get('deltas', `targets/${role}/${hashes.sha256}.${path.split('/')[1]}`);
  }
  await server.stop();
  return sums;
}

function seconds(...args) {
  const from = performance.now();
  registry(...args);
  return ((performance.now() - from) / 1000).toFixed(1);
}

function speed(count) {
  const dir = join(folder(), 'registry');
  const fill = (...args) =>
    assert.equal(program('fill_registry', [dir, ...args]).status, 0);
  registry('init', '--demo', '--dir', dir);
  fill('add', String(count));
  const first = seconds('publish', '--dir', dir);
  fill('change', '40', '3');
  const next = seconds('publish', '--dir', dir);
  console.log(`${count} records published: first ${first} s, 40 changes `
    + `${next} s, timestamp again ${seconds('renew', '--dir', dir)} s`);
}

speed(50000);
for (const provinces of [1, 3, 34]) {
  const { polls, metadata, deltas } = await day(provinces);
  const all = polls + metadata + deltas;
  console.log(`40 changes in ${provinces} of 34 provinces: ${all} bytes a day `
    + `(24 polls ${polls}, metadata ${metadata}, deltas ${deltas})`);
}
