import assert from 'node:assert/strict';
import test from 'node:test';
import { actionFor, keyName } from '../../../pos/web/lib/keymap.js';

const key = (name, code = name, more = {}) => ({ key: name, code, ...more });
const act = (mode, k, empty) => actionFor(mode, k, empty)?.action ?? null;

test('the keys Vietnamese cashiers know do what they expect', () => {
  const known = { F1: 'clear', F2: 'qty', F3: 'find', F7: 'lang', F9: 'pay', Delete: 'remove', Enter: 'add',
    Escape: 'escape', ArrowUp: 'up', ArrowDown: 'down', PageUp: 'lineUp', PageDown: 'lineDown' };
  for (const [name, action] of Object.entries(known)) assert.equal(act('sell', key(name)), action, name);
  assert.equal(act('sell', key('z', 'KeyZ', { ctrlKey: true })), 'undo');
  assert.equal(act('sell', key('Z', 'KeyZ', { ctrlKey: true })), 'undo', 'with CapsLock');
});

test('plus and minus change the quantity, except while a word is typed', () => {
  assert.equal(act('sell', key('+', 'Equal'), true), 'more');
  assert.equal(act('sell', key('-', 'Minus'), true), 'less');
  assert.equal(act('sell', key('-', 'Minus'), false), null);
  assert.equal(act('sell', key('+', 'NumpadAdd'), false), 'more');
});

test('letters and digits are left to the search field', () => {
  assert.equal(act('sell', key('5', 'Digit5')), null);
  assert.equal(act('sell', key('k', 'KeyK')), null);
});

test('at payment digits are money, on either row, and K is a thousand', () => {
  assert.deepEqual(actionFor('pay', key('5', 'Digit5')), { action: 'digit', n: 5 });
  assert.deepEqual(actionFor('pay', key('0', 'Numpad0')), { action: 'digit', n: 0 });
  assert.equal(act('pay', key('k', 'KeyK')), 'thousand');
  assert.deepEqual(actionFor('pay', key('F3')), { action: 'tender', n: 2 });
  assert.equal(act('pay', key('F9')), null);
  assert.equal(act('pay', key('Enter', 'NumpadEnter')), 'settle');
});

test('in the chooser a digit takes', () =>
  assert.deepEqual(actionFor('choose', key('2', 'Digit2')), { action: 'takeNth', n: 1 }));

test('while a payment is under way no key does anything but change the language', () => {
  for (const name of ['Enter', 'Escape', 'F9', 'F1', 'Delete', '5'])
    assert.equal(act('sending', key(name, name === '5' ? 'Digit5' : name)), null, name);
  assert.equal(act('sending', key('F7')), 'lang');
});

test('the browser keeps its own keys', () => {
  assert.equal(act('sell', key('F5')), null);
  assert.equal(act('sell', key('ArrowLeft', 'ArrowLeft', { altKey: true })), null);
  assert.equal(act('pay', key('5', 'Digit5', { ctrlKey: true })), null);
});

test('a key is named by where it is, not by what an input method makes of it', () => {
  assert.equal(keyName(key('ư', 'KeyW', { ctrlKey: true })), 'Ctrl+W');
  assert.equal(keyName(key('Process', 'KeyK')), 'K');
});
