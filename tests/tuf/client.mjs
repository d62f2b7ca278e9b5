// ocop-tuf as its users run it: a folder of metadata, a folder of targets.
import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = process.env.OCOP_BIN ?? 'build/release/bin';

export class Client {
  constructor(url, { metadata = '/metadata', targets = '/targets' } = {}) {
    this.dir = mkdtempSync(join(tmpdir(), 'ocop-tuf-'));
    this.metadata = join(this.dir, 'metadata');
    this.targets = join(this.dir, 'targets');
    this.urls = { metadata: url + metadata, targets: url + targets };
    this.memory = 'unlimited'; // or KiB of addresses it may use
    mkdirSync(this.metadata);
    mkdirSync(this.targets);
  }

  // Exit status and what it said; a client that hangs is killed, and fails.
  run(...args) {
    return new Promise((done) => {
      const options = { timeout: 30000, killSignal: 'SIGKILL' };
      const words = ['-c', 'ulimit -v "$0" && exec "$@"', `${this.memory}`,
        join(bin, 'ocop-tuf'), '--metadata-dir', this.metadata, ...args];
      execFile('sh', words, options, (error, _, stderr) => done({
        status: error ? error.code ?? error.signal : 0, said: stderr,
      }));
    });
  }

  init(root) {
    const file = join(this.dir, 'initial.json');
    writeFileSync(file, root);
    return this.run('init', file);
  }

  refresh() {
    return this.run('--metadata-url', this.urls.metadata, 'refresh');
  }

  download(name) {
    return this.run('--metadata-url', this.urls.metadata,
      '--target-name', name, '--target-base-url', this.urls.targets,
      '--target-dir', this.targets, 'download');
  }

  version(role) {
    const text = readFileSync(join(this.metadata, `${role}.json`), 'utf8');
    return JSON.parse(text).signed.version;
  }

  roles() {
    return readdirSync(this.metadata).sort();
  }

  // The files that were downloaded, name to text.
  files() {
    return Object.fromEntries(readdirSync(this.targets).sort().map((name) =>
      [name, readFileSync(join(this.targets, name), 'utf8')]));
  }

  close() {
    rmSync(this.dir, { recursive: true });
  }
}
