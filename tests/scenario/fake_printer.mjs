// The fake printer at a TCP port (tests/tools/fake_tcp.c).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const bin = process.env.OCOP_BIN ?? fileURLToPath(new URL('../../build/dev/bin', import.meta.url));

/** The fake printer: {at, tell(words) -> its log}. */
export async function fakePrinter(...args) {
  const child = spawn(join(bin, 'fake_tcp'), args, { stdio: ['pipe', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const { port } = await next();
  const tell = (words) => {
    child.stdin.write(`${words}\n`);
    return next();
  };
  return { at: `tcp:127.0.0.1:${port}`, tell, stop: () => child.stdin.end() };
}
