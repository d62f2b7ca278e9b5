// A web server that carries a registry's files, and can be told to misbehave
// with any of them.
import http from 'node:http';
import zlib from 'node:zlib';
import { sha256 } from './sign.mjs';

const etagOf = (bytes) => `"${sha256(bytes).slice(0, 16)}"`;

/** As an honest server answers: ETag, and Range with If-Range. */
function answer(request, response, bytes) {
  const etag = etagOf(bytes);
  const [, first] = /^bytes=(\d+)-$/.exec(request.headers.range ?? '') ?? [];
  const from = request.headers['if-range'] === etag ? Number(first ?? 0) : 0;
  const rest = bytes.subarray(from);
  const head = { etag, 'content-length': rest.length };
  if (from > 0)
    head['content-range'] = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
  response.writeHead(from > 0 ? 206 : 200, head).end(rest);
  return from;
}

/** {url, serve(files, twist), asked, continued, close()}.  `twist` is asked first:
 * (name, response, bytes) -> true when it has answered itself. */
export async function openMirror() {
  const mirror = { files: new Map(), twist: null, asked: [], continued: 0 };
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.replace(/^\/v1\//, ''));
    const bytes = mirror.files.get(name);
    mirror.asked.push(name);
    response.on('error', () => {});
    if (mirror.twist?.(name, response, bytes)) return;
    if (!bytes) {
      response.writeHead(404).end();
      return;
    }
    mirror.continued += answer(request, response, bytes) > 0;
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  mirror.url = `http://127.0.0.1:${server.address().port}`;
  mirror.serve = (files, twist = null) => {
    mirror.files = files;
    mirror.twist = twist;
    mirror.asked = [];
    mirror.continued = 0;
  };
  mirror.close = () => {
    server.closeAllConnections?.();
    server.close();
  };
  return mirror;
}

const only = (pattern, answer) => (name, response, bytes) =>
  pattern.test(name) && bytes !== undefined &&
  (answer(response, bytes, name), true);

/** Files that match come cut to `n` bytes; as if that were all, or with the
 * connection lost. */
export const cut = (pattern, n, lost) => only(pattern, (response, bytes) => {
  response.writeHead(200, { 'content-length': lost ? bytes.length : n });
  response.write(bytes.subarray(0, n), () => lost && response.destroy());
  if (!lost) response.end();
});

/** The connection is lost after `n` bytes; they are those of `make`, told to be
 * the beginning of the right ones. */
export const beginning = (pattern, n, make = (bytes) => bytes) =>
  only(pattern, (response, bytes) => {
    response.writeHead(200, { 'content-length': bytes.length, etag: etagOf(bytes) });
    response.write(make(bytes).subarray(0, n), () => response.destroy());
  });

/** Other bytes in place of them. */
export const swap = (pattern, make) => only(pattern, (response, bytes, name) => {
  const other = make(bytes, name);
  response.writeHead(200, { 'content-length': other.length }).end(other);
});

export const status = (pattern, code, headers = {}) =>
  only(pattern, (response) => response.writeHead(code, headers).end());

/** A gigabyte of spaces, its length told or not. */
export const endless = (pattern, told) => only(pattern, (response) => {
  const size = 1 << 30;
  const block = Buffer.alloc(1 << 16, ' ');
  let left = size;
  response.writeHead(200, told ? { 'content-length': size } : {});
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= block.length;
      if (!response.write(block)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
});

// A gigabyte of zeros is a megabyte, packed; a bomb for whoever unpacks first.
let bomb;
export function bombs(pattern) {
  bomb ??= zlib.gzipSync(Buffer.alloc(1 << 26), { level: 9 });
  const many = Buffer.concat(Array(16).fill(bomb));
  return only(pattern, (response) => response.writeHead(200, {
    'content-encoding': 'gzip', 'content-length': many.length }).end(many));
}

/** A byte now and then. */
export const drip = (pattern) => only(pattern, (response, bytes) => {
  let at = 0;
  response.writeHead(200, { 'content-length': bytes.length });
  const timer = setInterval(() => {
    if (response.destroyed || at >= bytes.length) clearInterval(timer);
    else response.write(bytes.subarray(at, ++at));
  }, 200);
  timer.unref();
});
