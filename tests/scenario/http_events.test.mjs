// Event streams over a real socket: news, heartbeat silence, resuming across a
// restart, ending with the token and with the daemon.
import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { folder, open, pause } from './door.mjs';

/** Listens: {status, events, ended}; an event is {id, event, data}. */
async function listen(door, headers = {}) {
  const heard = { events: [], status: 0 };
  await new Promise((begun) => {
    const asking = http.get(`${door.url}/api/v1/events`,
      { headers: { ...door.bearer, ...headers }, agent: false });
    heard.close = () => asking.destroy();
    asking.on('error', () => {});
    asking.on('response', (response) => {
      let text = '';
      heard.status = response.statusCode;
      heard.ended = new Promise((done) => response.on('close', done));
      response.setEncoding('utf8');
      response.on('data', (piece) => {
        text += piece;
        for (let at; (at = text.indexOf('\n\n')) >= 0; text = text.slice(at + 2))
          heard.events.push(parse(text.slice(0, at)));
        begun();
      });
      if (response.statusCode !== 200) begun();
    });
  });
  return heard;
}

function parse(block) {
  const event = {};
  for (const line of block.split('\n')) {
    const at = line.indexOf(': ');
    event[line.slice(0, at)] = line.slice(at + 2);
  }
  return event;
}

async function until(what) {
  for (let i = 0; i < 200; i++) {
    if (what()) return;
    await pause(50);
  }
  assert.fail(`never: ${what}`);
}

test('a sale is told within a moment, to everybody who listens', async () => {
  const door = await open();
  const ears = await Promise.all([1, 2, 3].map(() => listen(door)));
  assert.ok(ears.every((e) => e.status === 200));
  await door.tell('record sale');
  for (const ear of ears) {
    await until(() => ear.events.length >= 2);
    assert.equal(ear.events[0].retry, '2000');
    assert.equal(ear.events[1].event, 'sale');
    assert.deepEqual(JSON.parse(ear.events[1].data), {
      seq: Number(ear.events[1].id), kind: 'sale', receipt_no: '0101-000001',
      till: '1', total: 583000 });
  }
  assert.equal(await door.stop(), 0);
  await Promise.all(ears.map((e) => e.ended));
});

test('a listener resumes after a restart and misses nothing', async () => {
  const dir = folder();
  let door = await open(dir);
  const ear = await listen(door);
  await door.tell('record sale');
  await until(() => ear.events.length >= 2);
  const last = ear.events[1].id;
  await door.tell('record refund');
  await door.tell('record shift_open');
  await door.stop();

  door = await open(dir); // adds a token of its own: a record nobody is told of
  await door.tell('record receiving');
  const again = await listen(door, { 'last-event-id': last });
  await until(() => again.events.length >= 4);
  assert.deepEqual(again.events.slice(1).map((e) => e.event),
    ['sale', 'shift', 'stock']);
  const ids = again.events.slice(1).map((e) => Number(e.id));
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  assert.ok(ids[0] === Number(last) + 1);

  const lost = await listen(door, { 'last-event-id': '123456789' });
  await until(() => lost.events.length >= 2);
  assert.equal(lost.events[1].event, 'reset');
  assert.equal(await door.stop(), 0);
});

test('a token taken back ends its streams', async () => {
  const door = await open();
  const ear = await listen(door);
  await door.tell('revoke');
  const began = Date.now();
  await ear.ended;
  assert.ok(Date.now() - began < 5000);
  assert.equal((await listen(door)).status, 401);
  assert.equal(await door.stop(), 0);
});

test('the daemon ends at once with streams and idle connections open', async () => {
  const door = await open();
  const agent = new http.Agent({ keepAlive: true });
  const ears = await Promise.all([1, 2, 3, 4].map(() => listen(door)));
  await new Promise((done) => http.get(`${door.url}/healthz`, { agent },
    (r) => r.resume().on('end', done)));
  const began = Date.now();
  assert.equal(await door.stop(), 0);
  assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
  await Promise.all(ears.map((e) => e.ended));
  agent.destroy();
});

test('listeners that leave give their place back', async () => {
  const door = await open();
  for (let round = 0; round < 3; round++) {
    const ears = await Promise.all(
      Array.from({ length: 40 }, () => listen(door)));
    assert.ok(ears.every((e) => e.status === 200), `round ${round}`);
    ears.forEach((e) => e.close());
    await door.tell('record sale'); // writing to them shows that they left
    await door.tell('record sale');
    await until(() => true);
    await pause(300);
    await door.tell('record sale');
    await pause(300);
  }
  assert.equal(await door.stop(), 0);
});
