// The passphrase of a key, asked on a terminal: `script` of util-linux is one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { bin, folder } from './programs.mjs';

const PHRASE = 'nước chảy đá mòn';
const OTHER = 'kiến tha lâu đầy tổ';

// Runs the command on a terminal and types each answer when its question
// comes: {status, shown}, all that the terminal showed.
function onTerminal(args, answers) {
  const command = [join(bin, 'ocop-registry'), ...args, '--lang', 'en'].join(' ');
  const child = spawn('script', ['-qec', command, '/dev/null'],
    { env: { ...process.env, SHELL: '/bin/sh' } });
  let shown = '';
  let from = 0;
  return new Promise((done) => {
    child.stdout.on('data', (piece) => {
      shown += piece;
      const [question, answer] = answers[0] ?? [];
      const at = question ? shown.indexOf(question, from) : -1;
      if (at < 0) return;
      from = at + question.length;
      answers.shift();
      // It asks, then stops the echo: what is typed before is thrown away.
      // The last one is followed by the end of the input, or `script` waits.
      setTimeout(() => (answers.length ? child.stdin.write(`${answer}\r`)
        : child.stdin.end(`${answer}\r`)), 200);
    });
    const late = setTimeout(() => child.kill('SIGKILL'), 30000);
    child.on('close', (status) => {
      clearTimeout(late);
      done({ status, shown, left: answers.length });
    });
  });
}

const ASK = 'Passphrase of the key';
const NEW = 'Passphrase for the new keys';
const AGAIN = 'Once more';

test('new keys are sealed by what is typed twice, and never shown', async () => {
  const dir = join(folder(), 'registry');
  const init = ['init', '--dir', dir, '--root-keys', '1', '--root-threshold', '1',
    '--targets-keys', '1', '--targets-threshold', '1'];
  const unequal = await onTerminal(init, [[NEW, PHRASE], [AGAIN, `${PHRASE}!`]]);
  assert.equal(unequal.status, 1, unequal.shown);
  assert.match(unequal.shown, /differ/);
  const short = await onTerminal(init, [[NEW, 'ngắn'], [AGAIN, 'ngắn']]);
  assert.equal(short.status, 1, short.shown);
  assert.match(short.shown, /12 characters/);
  const made = await onTerminal(init, [[NEW, PHRASE], [AGAIN, PHRASE]]);
  assert.equal(made.status, 0, made.shown);
  assert.equal(made.left, 0);
  for (const { shown } of [unequal, short, made])
    assert.ok(!shown.includes('đá mòn') && !shown.includes('ngắn'), shown);

  const rotate = ['key', 'rotate', 'p01', '--dir', dir];
  const wrong = await onTerminal(rotate, [[NEW, OTHER], [AGAIN, OTHER],
    [ASK, 'a'], [ASK, 'b'], [ASK, 'c']]);
  assert.equal(wrong.status, 1, wrong.shown);
  assert.match(wrong.shown, /does not open/);
  const second = await onTerminal(['publish', '--dir', dir],
    [[ASK, 'mistyped'], [ASK, PHRASE]]);
  assert.equal(second.status, 0, second.shown);
  assert.equal(second.left, 0);
});
