// A client of the API.  Every answer is held against the daemon's own
// description: status, code, every member; and no sentence may have a hole.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { faultsOf, resolve } from './schema.mjs';

/** A key as programs make it: time-ordered, 36 characters. */
export function newKey() {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function patternOf(doc, path) {
  const want = path.split('?')[0].split('/');
  const fits = (p) => p.length === want.length
    && p.every((piece, i) => piece === want[i] || (piece.startsWith('{') && want[i]));
  const all = Object.keys(doc.paths).filter((p) => fits(p.split('/')));
  return all.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

// The sentence tells a person what to do: whole, in the language asked for.
function checkProblem(answer) {
  const { json } = answer;
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(json.status, answer.status);
  assert.match(json.detail, /\p{L}.*[.!?]$/u, JSON.stringify(json));
  const said = Object.values(json.args ?? {}).reduce((all, v) => all.replaceAll(v, ''), json.detail);
  assert.doesNotMatch(said, /\{\w+(:\w+)?\}|…/, json.detail);
  for (const one of json.errors ?? []) assert.deepEqual(Object.keys(one), ['path', 'code']);
}

function describedResponse(doc, op, answer) {
  const exact = op.responses[String(answer.status)];
  const found = resolve(doc, exact ?? op.responses.default);
  assert.ok(found, `${answer.what}: ${answer.status} is not described`);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0];
  if (!found.content) return null;
  const media = found.content[type] ?? found.content['*/*'];
  assert.ok(media, `${answer.what}: ${type} is not described with ${answer.status}`);
  return media.schema ?? null;
}

export function holdAgainst(doc, method, path, answer) {
  const pattern = patternOf(doc, path);
  const op = doc.paths[pattern]?.[method.toLowerCase()];
  answer.what = `${method} ${path} ${answer.status} ${answer.text.slice(0, 400)}`;
  if (answer.status >= 400 && answer.json && pattern !== '/healthz') checkProblem(answer);
  if (!op) return answer;
  const schema = describedResponse(doc, op, answer);
  if (!schema || !answer.json) return answer;
  const faults = faultsOf(doc, schema, answer.json);
  assert.deepEqual(faults, [], answer.what);
  return answer;
}


export class Client {
  constructor(shop, headers) {
    this.shop = shop;
    this.headers = headers;
  }

  with(headers) {
    return new Client(this.shop, { ...this.headers, ...headers });
  }

  async call(method, path, body, headers = {}) {
    const sent = { ...this.headers, ...headers };
    if (body !== undefined && !('content-type' in sent))
      sent['content-type'] = 'application/json';
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const r = await fetch(this.shop.url + path, { method, headers: sent, redirect: 'manual',
      body: body === undefined || raw ? body : JSON.stringify(body) });
    const bytes = Buffer.from(await r.arrayBuffer());
    const text = bytes.toString('utf8');
    const isJson = /^application\/(problem\+)?json\b/.test(r.headers.get('content-type') ?? '');
    const json = isJson && text ? JSON.parse(text) : null;
    return holdAgainst(this.shop.doc, method, path,
      { status: r.status, headers: r.headers, bytes, text, json });
  }

  get(path, headers) { return this.call('GET', path, undefined, headers); }

  patch(path, body) { return this.call('PATCH', path, body); }

  post(path, body, key = null) {
    return this.call('POST', path, body, key ? { 'idempotency-key': key } : {});
  }

  /** The answer's JSON; the status must be as said. */
  async ok(status, promise) {
    const answer = await promise;
    assert.equal(answer.status, status, answer.what);
    return answer.json;
  }

  /** The problem; status and code must be as said. */
  async refused(status, code, promise) {
    const answer = await promise;
    assert.equal(answer.status, status, answer.what);
    assert.equal(answer.json.code, code, answer.what);
    return answer.json;
  }

  sell(lines, more = {}, key = newKey()) {
    const body = { till: '1', lines, payments: [{ method: 'cash', tendered: 100000000 }], ...more };
    return this.post('/api/v1/sales', body, key);
  }

  refund(no, body, key = newKey()) {
    return this.post(`/api/v1/sales/${no}/refunds`, { method: 'cash', reason: 'Khách trả lại', ...body }, key);
  }

  /** All items of a list, page by page of `limit`. */
  async all(path, limit = 200) {
    const items = [];
    const mark = path.includes('?') ? '&' : '?';
    let cursor = null;
    do {
      const after = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await this.ok(200, this.get(`${path}${mark}limit=${limit}${after}`));
      assert.ok(page.items.length <= limit && (page.items.length === limit || page.cursor === null));
      items.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    return items;
  }
}
