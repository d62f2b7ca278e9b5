// Which key does what, where. One table, so that buttons show what keys do.

/** @typedef {'start' | 'enrol' | 'signin' | 'shift' | 'sell' | 'qty' | 'choose' | 'pay' | 'sending'
 *   | 'price' | 'approve' | 'stop' | 'refused' | 'fault' | 'done' | 'close' | 'closed'} Mode */
/** @typedef {{key: string, code: string, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} Key */

/** @type {Partial<Record<Mode, Record<string, string>>>} */
const KEYS = {
  sell: {
    F1: 'clear', F2: 'qty', F3: 'find', F4: 'printed', F8: 'printAgain', F9: 'pay', Delete: 'remove', 'Ctrl+Z': 'undo',
    'Ctrl+L': 'lock', 'Ctrl+End': 'close', Enter: 'add', Escape: 'escape',
    ArrowUp: 'up', ArrowDown: 'down', PageUp: 'lineUp', PageDown: 'lineDown',
    NumpadAdd: 'more', NumpadSubtract: 'less',
  },
  choose: { Enter: 'take', Escape: 'back', ArrowUp: 'up', ArrowDown: 'down' },
  pay: { Enter: 'settle', Escape: 'back', Backspace: 'erase', Delete: 'wipe', K: 'thousand' },
  price: { Enter: 'accept', Escape: 'back' },
  approve: { Escape: 'back' },
  stop: { Enter: 'back', Escape: 'back' },
  refused: { Enter: 'back', Escape: 'back', F8: 'approve' },
  fault: { Enter: 'again', Escape: 'back' },
  done: { F4: 'printed', F8: 'printAgain', Enter: 'next', ArrowUp: 'up', PageUp: 'up', ArrowDown: 'down', PageDown: 'down' },
  closed: { Enter: 'next' },
  close: { Escape: 'back' },
};

/** "Ctrl+Z", "F9", "Enter", "5". @param {Key} e */
export function keyName(e) {
  if (e.code === 'NumpadEnter') return 'Enter';
  const letter = /^Key([A-Z])$/.exec(e.code)?.[1];
  if (e.ctrlKey || e.metaKey) return 'Ctrl+' + (letter ?? e.key);
  return letter ?? e.key;
}

/** The digit of a key, on either row. @param {Key} e */
export function digitOf(e) {
  if (e.ctrlKey || e.altKey || e.metaKey) return null;
  return /^(?:Digit|Numpad)(\d)$/.exec(e.code)?.[1] ?? null;
}

/**
 * @param {Mode} mode
 * @param {Key} e
 * @param {boolean} [fieldEmpty] whether the search field is: + and - are letters else
 * @returns {{action: string, n?: number} | null}
 */
export function actionFor(mode, e, fieldEmpty = true) {
  if (e.altKey) return null;
  const name = keyName(e);
  if (name === 'F7') return { action: 'lang' };
  if (mode === 'sell' && fieldEmpty && (e.key === '+' || e.key === '-')) {
    return { action: e.key === '+' ? 'more' : 'less' };
  }
  const digit = digitOf(e);
  if (digit !== null && mode === 'pay') return { action: 'digit', n: Number(digit) };
  if (digit !== null && mode === 'choose') return { action: 'takeNth', n: Number(digit) - 1 };
  const tender = mode === 'pay' ? /^F([1-6])$/.exec(name)?.[1] : undefined;
  if (tender) return { action: 'tender', n: Number(tender) - 1 };
  const action = KEYS[mode]?.[name] ?? KEYS[mode]?.[e.code];
  return action ? { action } : null;
}
