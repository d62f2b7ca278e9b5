// An emulated machine: Debian's kernel under QEMU's software emulation, with a
// file system in memory made of what it is given.  Its clock counts instructions
// and jumps over idle time, so a wait inside costs nothing and nothing inside
// depends on how fast or busy this machine is.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync,
  realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

function only(folder, pattern) {
  const found = readdirSync(folder).filter((name) => pattern.test(name));
  if (found.length !== 1)
    throw new Error(`${folder}: ${found.length} files like ${pattern}`);
  return join(folder, found[0]);
}

/** The kernel that tests/tools/unpack.sh unpacked: {image, modules: name -> path}. */
export function kernelOf(folder) {
  if (!existsSync(folder))
    throw new Error(`${folder}: Debian's kernel could not be had; ./test fetches it`);
  const tree = only(join(folder, 'lib/modules'), /^\d/);
  const modules = new Map(readdirSync(tree, { recursive: true })
    .filter((name) => name.endsWith('.ko'))
    .map((name) => [basename(name, '.ko'), join(tree, name)]));
  return { image: only(join(folder, 'boot'), /^vmlinuz-/), modules };
}

// What a program needs to run, as the loader finds it here.
function librariesOf(file) {
  const told = execFileSync('ldd', [file], { encoding: 'utf8' });
  if (/not found/.test(told)) throw new Error(`${file}:\n${told}`);
  return [...told.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map((m) => m[1]);
}

/** Lays out a file system: `files` is [place in it, file or folder here] pairs,
 * `programs` files that go to /bin with their libraries. */
function layOut(root, files, programs) {
  for (const dir of ['bin', 'dev', 'proc', 'sys', 'run'])
    mkdirSync(join(root, dir), { recursive: true });
  const put = (to, from) => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    cpSync(realpathSync(from), join(root, to), { recursive: true });
  };
  for (const file of programs) {
    put(`/bin/${basename(file)}`, file);
    for (const library of librariesOf(file)) put(library, library);
  }
  for (const [to, from] of files) put(to, from);
}

function pack(root, archive) {
  const names = readdirSync(root, { recursive: true }).join('\n');
  writeFileSync(archive, execFileSync('cpio', ['-o', '-H', 'newc', '-R', '0:0', '--quiet'],
    { cwd: root, input: `${names}\n`, maxBuffer: 1 << 30 }));
}

function qemu(dir, kernel, limit_s) {
  const args = ['-M', 'pc,usb=off', '-accel', 'tcg', '-cpu', 'max',
    '-icount', 'shift=2,sleep=off', '-rtc', 'clock=vm', '-m', '512',
    '-nodefaults', '-display', 'none', '-no-reboot',
    '-kernel', kernel.image, '-initrd', join(dir, 'initrd'),
    '-append', 'console=ttyS0 loglevel=3 panic=-1 mitigations=off rdinit=/guest/init.sh',
    '-serial', `file:${join(dir, 'console')}`,
    '-serial', `file:${join(dir, 'files.tgz')}`];
  const child = spawn('qemu-system-x86_64', args,
    { stdio: ['ignore', 'ignore', 'inherit'] });
  process.on('exit', () => child.kill('SIGKILL'));
  return new Promise((done) => {
    const late = setTimeout(() => child.kill('SIGKILL'), limit_s * 1000);
    child.on('error', (e) => done(`qemu-system-x86_64: ${e.message}`));
    child.on('exit', (code, signal) => {
      clearTimeout(late);
      done(signal ? `killed after ${limit_s} s` : `exit ${code}`);
    });
  });
}

/** Boots it and waits until it is off: {end, console, pairs, out}, where
 * `out` is the folder it left.  At most `limit_s` seconds of our own time. */
export async function boot({ kernel, modules, files, programs, limit_s }) {
  const dir = mkdtempSync(join(tmpdir(), 'ocop-vm-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  const root = join(dir, 'root');
  layOut(root, [...files, ...modules.map((name) =>
    [`/modules/${name}.ko`, kernel.modules.get(name)])], programs);
  pack(root, join(dir, 'initrd'));
  const end = await qemu(dir, kernel, limit_s);
  const out = join(dir, 'out');
  mkdirSync(out);
  const tar = join(dir, 'files.tgz');
  if (statSync(tar, { throwIfNoEntry: false })?.size)
    execFileSync('tar', ['-xz', '-m', '-C', out, '-f', tar]);
  const same = join(out, 'same'); // lines: sentence|slip|picture
  return {
    end,
    out,
    pairs: existsSync(same) ? readFileSync(same, 'utf8').trim().split('\n') : [],
    console: readFileSync(join(dir, 'console'), 'utf8').replace(/\r/g, ''),
  };
}
