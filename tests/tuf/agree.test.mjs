// ocop-tuf and tuf-js before the same repositories, right and wrong: both say
// the same, and what they trust afterwards is the same.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { Updater } from 'tuf-js';
import { Client } from './client.mjs';
import { Repo, later, newKey } from './repo.mjs';
import { serve } from './server.mjs';

// tuf-js with the same two orders as our client.
class TufJs {
  constructor(url) {
    this.dir = mkdtempSync(join(tmpdir(), 'tuf-js-'));
    this.url = url;
  }

  init(root) {
    writeFileSync(join(this.dir, 'root.json'), root);
  }

  async run(name) {
    try {
      const updater = new Updater({ metadataDir: this.dir, targetDir: this.dir,
        metadataBaseUrl: `${this.url}/metadata`,
        targetBaseUrl: `${this.url}/targets`,
        config: { fetchRetries: 0, fetchRetry: 0 } });
      await updater.refresh();
      if (name === undefined) return 0;
      const info = await updater.getTargetInfo(name);
      if (!info) return 1;
      await updater.downloadTarget(info, join(this.dir, 'file'));
      return 0;
    } catch {
      return 1;
    }
  }

  version(role) {
    const file = join(this.dir, `${role}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file)).signed.version : 0;
  }

  close() {
    rmSync(this.dir, { recursive: true });
  }
}

const TOPS = ['root', 'timestamp', 'snapshot', 'targets'];

// Both clients before one repository.  refresh(0) and download(1, name) say
// what both must answer.
async function before(repo, run) {
  const server = await serve(repo.files);
  const [ours, theirs] = [new Client(server.url), new TufJs(server.url)];
  const both = async (want, name) => {
    const said = name === undefined ? await ours.refresh() : await ours.download(name);
    assert.equal(said.status, want, said.said);
    assert.equal(await theirs.run(name), want, 'tuf-js says otherwise');
  };
  try {
    repo.publish();
    const root = repo.files.get('/metadata/1.root.json');
    assert.equal((await ours.init(root)).status, 0);
    theirs.init(root);
    await run({
      refresh: (want) => both(want),
      download: both,
      same: () => TOPS.forEach((role) =>
        assert.equal(ours.roles().includes(`${role}.json`) ? ours.version(role) : 0,
          theirs.version(role), role)),
      ours, server,
    });
  } finally {
    ours.close();
    theirs.close();
    await server.close();
  }
}

for (const kind of ['ed25519', 'ecdsa', 'rsa'])
  test(`keys of kind ${kind} verify, and a changed file does not`, () => {
    const repo = new Repo(kind);
    repo.addTarget(repo.targets, 'a/b.txt', 'xin chào');
    return before(repo, async ({ refresh, download, same, ours }) => {
      await refresh(0);
      same();
      await download(0, 'a/b.txt');
      assert.deepEqual(ours.files(), { 'a%2Fb.txt': 'xin chào' });
      const good = repo.files.get('/metadata/timestamp.json');
      repo.files.set('/metadata/timestamp.json',
        good.replace('"version":1', '"version":2'));
      await refresh(1);
      same();
    });
  });

test('keys of several kinds sign one role together', () => {
  const repo = new Repo();
  repo.targets.keys = [newKey('rsa'), newKey('ecdsa'), newKey('ed25519')];
  repo.targets.threshold = 3;
  return before(repo, async ({ refresh, same }) => {
    await refresh(0);
    repo.targets.signing = repo.targets.keys.slice(1);
    repo.publishNext();
    await refresh(1);
    same();
  });
});

test('delegations lead to the role that may speak, and to no other', () => {
  const repo = new Repo();
  const p01 = repo.delegate('p01', ['p01/*'], { terminating: true });
  const p02 = repo.delegate('p02', ['p02/*'], { terminating: true });
  repo.addTarget(p01, 'p01/list-1.ndjson', 'một');
  repo.addTarget(p02, 'p02/list-1.ndjson', 'hai');
  repo.addTarget(p02, 'p01/list-2.ndjson', 'giả');
  return before(repo, async ({ download }) => {
    await download(0, 'p01/list-1.ndjson');
    await download(0, 'p02/list-1.ndjson');
    await download(1, 'p01/list-2.ndjson');
    await download(1, 'p01/x/list-1.ndjson');
  });
});

test('a delegated role with too few keys is refused by both', () => {
  const repo = new Repo();
  const p01 = repo.delegate('p01', ['p01/*']);
  repo.addTarget(p01, 'p01/a', 'một');
  p01.keys.push(newKey());
  p01.threshold = 2;
  p01.signing = [p01.keys[0]];
  return before(repo, async ({ refresh, download }) => {
    await refresh(0);
    await download(1, 'p01/a');
    p01.signing = p01.keys;
    repo.publishNext();
    await download(0, 'p01/a');
  });
});

test('roots are changed key by key, up to all of them', () => {
  const repo = new Repo();
  return before(repo, async ({ refresh, same }) => {
    for (let i = 0; i < 3; i++)
      repo.nextRoot(() => { repo.root.keys = [newKey(), newKey()]; });
    repo.nextRoot(() => { repo.root.threshold = 2; });
    await refresh(0);
    same();
    repo.root.keys = [newKey(), newKey()]; // nobody of before signed
    repo.root.version++;
    repo.putRoot();
    await refresh(1);
    same();
  });
});

test('versions that go back are refused by both', () => {
  const repo = new Repo();
  repo.delegate('p01', ['p01/*']);
  return before(repo, async ({ refresh, same }) => {
    repo.publishNext();
    await refresh(0);
    same();
    repo.timestamp.version = 1;
    repo.publish();
    await refresh(1);
    same();
    repo.timestamp.version = 3;
    repo.snapshot.version = 1;
    repo.publish();
    await refresh(1);
    same();
    repo.snapshot.version = 3;
    repo.delegated.p01.version = 1;
    repo.publish();
    await refresh(1);
    same();
  });
});

test('expired metadata is a freeze to both, whichever role it is', async () => {
  for (const role of TOPS) {
    const repo = new Repo();
    repo[role].expires = later(-1);
    await before(repo, async ({ refresh, same }) => {
      await refresh(1);
      same();
    });
  }
});

test('after stolen keys are changed, lower versions are taken again', () => {
  const repo = new Repo();
  repo.snapshot.version = repo.timestamp.version = 9999;
  return before(repo, async ({ refresh, same }) => {
    await refresh(0);
    repo.nextRoot(() => {
      repo.snapshot.keys = [newKey()];
      repo.timestamp.keys = [newKey()];
    });
    repo.snapshot.version = repo.timestamp.version = 1;
    repo.publish();
    await refresh(0);
    same();
  });
});

test('without consistent snapshots names carry neither version nor hash', () => {
  const repo = new Repo();
  repo.consistent = false;
  repo.addTarget(repo.targets, 'a.txt', 'a');
  return before(repo, async ({ download, server }) => {
    await download(0, 'a.txt');
    assert.ok(server.asked.includes('/targets/a.txt'));
    assert.ok(server.asked.includes('/metadata/snapshot.json'));
  });
});

test('keys of unknown kinds do not count, and do not hurt', () => {
  const repo = new Repo();
  const odd = newKey();
  odd.json = { keytype: 'sigstore', scheme: 'oidc', keyval: { public: 'x' } };
  repo.timestamp.keys.push(odd);
  return before(repo, async ({ refresh, same }) => {
    await refresh(0);
    repo.timestamp.threshold = 2;
    repo.nextRoot();
    repo.publishNext();
    await refresh(1);
    same();
  });
});
