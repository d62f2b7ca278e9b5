// A web server that carries a registry's files, and can be told to misbehave
// with any of them.
import http from 'node:http';
import zlib from 'node:zlib';

/** {url, serve(files), twist, asked, close()}.  `twist` is asked first:
 * (name, response, bytes) -> true when it has answered itself. */
export async function openMirror() {
  const mirror = { files: new Map(), twist: null, asked: [] };
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
    response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  mirror.url = `http://127.0.0.1:${server.address().port}`;
  mirror.serve = (files, twist = null) => {
    mirror.files = files;
    mirror.twist = twist;
    mirror.asked = [];
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
