// ocop-tuf as a client under attack: one try brings the metadata up to date
// and fetches the list of province 01 that it names.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, folder } from '../programs.mjs';

function run(args) {
  const child = spawn(join(bin, 'ocop-tuf'), args,
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LC_ALL: 'vi_VN.UTF-8', LANG: 'vi' } });
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  return new Promise((done) => child.on('close', (code) => done({ code, said })));
}

/** {take(seq), hash()}: what came of the newest try is in `hash`. */
export async function tufClient(mirror, rootBytes) {
  const dir = folder();
  const [metadata, targets] = [join(dir, 'metadata'), join(dir, 'targets')];
  mkdirSync(metadata);
  mkdirSync(targets);
  writeFileSync(join(dir, 'root.json'), rootBytes);
  const made = await run(['--metadata-dir', metadata, 'init', join(dir, 'root.json')]);
  if (made.code) throw new Error(made.said);
  return {
    dir: metadata,
    async take(seq) {
      const with_ = ['--metadata-dir', metadata, '--metadata-url', `${mirror.url}/v1/`];
      const refresh = await run([...with_, 'refresh']);
      if (refresh.code) return refresh;
      return run([...with_, '--target-name', `p01/list-${seq}.ndjson`,
        '--target-base-url', `${mirror.url}/v1/targets/`, '--target-dir', targets, 'download']);
    },
    list(seq) {
      const names = [`p01/list-${seq}.ndjson`, `p01%2Flist-${seq}.ndjson`];
      const path = names.map((n) => join(targets, n)).find((n) => existsSync(n));
      return path ? readFileSync(path) : null;
    },
  };
}
