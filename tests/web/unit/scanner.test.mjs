import assert from 'node:assert/strict';
import test from 'node:test';
import { makeScanReader, physicalChar } from '../../../pos/web/lib/scanner.js';

/** Feeds keys `gap` ms apart; the last answer that is not null. */
function feed(keys, gap) {
  const read = makeScanReader();
  let answer = null;
  let now = 0;
  for (const key of keys) answer = read({ shiftKey: false, timeStamp: now += gap, ...key }) ?? answer;
  return answer;
}
const digits = text => [...text].map(d => ({ code: 'Digit' + d }));
const ENTER = { code: 'Enter' };
const CODE = '8936000000356';

test('a scanner at 5 ms a key is a scan', () =>
  assert.deepEqual(feed([...digits(CODE), ENTER], 5), { text: CODE, garbled: false }));

test('a slow Bluetooth scanner at 30 ms a key is a scan', () =>
  assert.equal(feed([...digits(CODE), ENTER], 30)?.text, CODE));

test('a scanner that ends with Tab, or types on the number pad, is a scan', () => {
  assert.equal(feed([...digits(CODE), { code: 'Tab' }], 5)?.text, CODE);
  const pad = [...CODE].map(d => ({ code: 'Numpad' + d }));
  assert.equal(feed([...pad, { code: 'NumpadEnter' }], 5)?.text, CODE);
});

test('a person at 80 ms a key is not a scan', () =>
  assert.equal(feed([...digits(CODE), ENTER], 80), null));

test('five quick keys are not a scan', () => assert.equal(feed([...digits('12345'), ENTER], 5), null));

test('what was typed slowly before a scan is not part of it', () => {
  const read = makeScanReader();
  read({ code: 'Digit5', shiftKey: false, timeStamp: 0 });
  read({ code: 'Digit8', shiftKey: true, timeStamp: 200 });
  let answer = null;
  [...digits(CODE), ENTER].forEach((key, i) => {
    answer = read({ shiftKey: false, timeStamp: 500 + i * 5, ...key }) ?? answer;
  });
  assert.equal(answer.text, CODE);
});

test('an input method that keeps the physical keys does no harm', () => {
  const keys = [{ code: 'KeyO', shiftKey: true }, { code: 'KeyC', shiftKey: true }, { code: 'KeyA', shiftKey: true },
    { code: 'KeyW', shiftKey: true }, ...digits('512'), ENTER];
  assert.deepEqual(feed(keys, 5), { text: 'OCAW512', garbled: false });
});

test('UniKey eating a key and sending Backspace and a keyless letter is noticed', () => {
  const keys = [{ code: 'KeyO' }, { code: 'KeyC' }, { code: 'KeyA' }, { code: 'Backspace' }, { code: '' },
    ...digits('5123'), ENTER];
  assert.equal(feed(keys, 5)?.garbled, true);
});

test('a shortcut ends what came before it', () => {
  const keys = [...digits('893600'), { code: 'KeyV', ctrlKey: true }, ENTER];
  assert.equal(feed(keys, 5), null);
});

test('letters follow Shift and CapsLock, signs the US layout', () => {
  const caps = { getModifierState: name => name === 'CapsLock' };
  assert.equal(physicalChar({ code: 'KeyA', shiftKey: false, timeStamp: 0 }), 'a');
  assert.equal(physicalChar({ code: 'KeyA', shiftKey: true, timeStamp: 0 }), 'A');
  assert.equal(physicalChar({ code: 'KeyA', shiftKey: false, timeStamp: 0, ...caps }), 'A');
  assert.equal(physicalChar({ code: 'KeyA', shiftKey: true, timeStamp: 0, ...caps }), 'a');
  assert.equal(physicalChar({ code: 'Slash', shiftKey: true, timeStamp: 0 }), '?');
  assert.equal(physicalChar({ code: 'F9', shiftKey: false, timeStamp: 0 }), null);
});
