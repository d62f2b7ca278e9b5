// A registry in a few lines: files by name, over http on loopback, and a list
// of what was asked for.
import { createServer } from 'node:http';

// files: Map of path ("/metadata/timestamp.json") to Buffer, string, or a
// function (request, response) that answers by itself.
export async function serve(files) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const file = files.get(request.url);
    if (typeof file === 'function') return file(request, response);
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file);
    return undefined;
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
