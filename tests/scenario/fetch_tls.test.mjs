// Files over https: only from whoever proves to be the host that was asked.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bin, folder } from './programs.mjs';

const dir = folder();
const servers = [];
after(() => servers.forEach((server) => server.close()));

/** A certificate that signs itself: {key, cert, file}. */
function certificate(name, names, days = 2) {
  const [key, cert] = [join(dir, `${name}.key`), join(dir, `${name}.pem`)];
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt',
    'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert,
    '-days', String(days), '-subj', `/CN=${name}`,
    '-addext', `subjectAltName=${names}`]);
  assert.equal(made.status, 0, made.stderr.toString());
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
}

/** An https server with it; its port. */
async function serve({ key, cert }, answer = (request, response) =>
  response.end('signed')) {
  const server = https.createServer({ key, cert }, answer);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.on('tlsClientError', () => {});
  servers.push(server);
  return server.address().port;
}

function fetchOnce(...args) {
  const child = spawn(join(bin, 'fetch_once'), args);
  let out = '';
  child.stdout.on('data', (piece) => (out += piece));
  return new Promise((done) =>
    child.on('close', (code) => done(`${code} ${out.trim()}`)));
}

test('a host that proves its name is fetched from', async () => {
  const good = certificate('good', 'DNS:localhost,IP:127.0.0.1');
  const port = await serve(good);
  assert.equal(await fetchOnce(`https://localhost:${port}/v1`, 'x', good.file), '0 signed');
  assert.equal(await fetchOnce(`https://127.0.0.1:${port}`, 'x', good.file), '0 signed');
});

test('a certificate that nobody vouches for is refused', async () => {
  const port = await serve(certificate('alone', 'DNS:localhost'));
  assert.equal(await fetchOnce(`https://localhost:${port}/`, 'x'), '1 tls');
});

test('a certificate of another name is refused', async () => {
  const other = certificate('other', 'DNS:ocop.example.vn');
  const port = await serve(other);
  assert.equal(await fetchOnce(`https://localhost:${port}/`, 'x', other.file), '1 tls');
});

test('https is not left for http', async () => {
  const good = certificate('leaves', 'DNS:localhost');
  const port = await serve(good, (request, response) => response.writeHead(302, {
    location: `http://localhost:${servers[0].address().port}/x` }).end());
  assert.equal(await fetchOnce(`https://localhost:${port}/`, 'x', good.file), '1 redirect');
});

test('a server that speaks no TLS is refused', async () => {
  const http = await import('node:http');
  const server = http.createServer((request, response) => response.end('plain'));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  servers.push(server);
  assert.equal(
    await fetchOnce(`https://localhost:${server.address().port}/`, 'x'), '1 tls');
});
