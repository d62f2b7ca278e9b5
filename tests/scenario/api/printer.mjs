// The fake printer at a TCP port (tests/tools/fake_tcp.c).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';

/** Starts one: {at, tell(words), stop()}.  What it tells back is its log:
 * {count: {pulses, ..}, slips: [], events: []}. */
export async function fakePrinter() {
  const child = spawn(join(bin, 'fake_tcp'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const heard = async () => JSON.parse((await lines.next()).value);
  const { port } = await heard();
  return {
    at: `tcp:127.0.0.1:${port}`,
    tell(words) {
      child.stdin.write(`${words}\n`);
      return heard();
    },
    stop() {
      child.stdin.end('stop\n');
      return new Promise((done) => child.on('exit', done));
    },
  };
}
