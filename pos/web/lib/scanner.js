// Reads a keyboard-wedge scanner out of the stream of keys.
//
// A scanner types like a very fast keyboard. Vietnamese input methods (Telex, VNI)
// rewrite what it types ("OCOP-AW5" -> "OCOP-Ă5"), so this reads physical keys
// (event.code) and never the text that lands in a field.

/** People do not sustain this; scanners do, slow Bluetooth ones too (30 ms). */
export const SCAN_GAP_MS = 50;
const SCAN_MIN_KEYS = 6;

// The US layout, which scanners emulate: plain and with Shift.
/** @type {Record<string, [string, string]>} */
const PUNCTUATION = {
  Minus: ['-', '_'], Equal: ['=', '+'], Period: ['.', '>'], Slash: ['/', '?'],
  Semicolon: [';', ':'], Comma: [',', '<'], Quote: ["'", '"'], BracketLeft: ['[', '{'],
  BracketRight: [']', '}'], Backslash: ['\\', '|'], Backquote: ['`', '~'], Space: [' ', ' '],
};
const SHIFTED_DIGITS = ')!@#$%^&*(';

/**
 * @typedef {{code: string, shiftKey: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean,
 *   timeStamp: number, getModifierState?: (name: string) => boolean}} Key
 */

/** The ASCII character of a physical key. @param {Key} e */
export function physicalChar(e) {
  const letter = /^Key([A-Z])$/.exec(e.code);
  if (letter) {
    const upper = e.shiftKey !== Boolean(e.getModifierState?.('CapsLock'));
    return upper ? letter[1] : letter[1].toLowerCase();
  }
  const digit = /^Digit([0-9])$/.exec(e.code);
  if (digit) return e.shiftKey ? SHIFTED_DIGITS[Number(digit[1])] : digit[1];
  const pad = /^Numpad([0-9])$/.exec(e.code);
  if (pad) return pad[1];
  return PUNCTUATION[e.code]?.[e.shiftKey ? 1 : 0] ?? null;
}

/** @param {string} code */
function endsScan(code) {
  return code === 'Enter' || code === 'NumpadEnter' || code === 'Tab';
}

/**
 * Feeds on keydown events; answers only on the key that ends a scan, and never
 * withholds a key, so a fast typist loses nothing.
 * `garbled`: UniKey and EVKey hook below the browser, eat a key and send Backspace
 * and a character without a key. The physical keys are gone; only the cashier can
 * help, by switching the input method off.
 */
export function makeScanReader() {
  let buffer = '';
  let last = -Infinity;
  let garbled = false;
  /** @param {Key} e @returns {{text: string, garbled: boolean} | null} */
  return e => {
    if (e.timeStamp - last >= SCAN_GAP_MS) {
      buffer = '';
      garbled = false;
    }
    if (endsScan(e.code)) {
      const scan = buffer.length >= SCAN_MIN_KEYS ? { text: buffer, garbled } : null;
      buffer = '';
      return scan;
    }
    if (e.ctrlKey || e.altKey || e.metaKey) {
      buffer = '';
      return null;
    }
    const char = physicalChar(e);
    if (char !== null) buffer += char;
    else if (buffer && (e.code === '' || e.code === 'Backspace')) garbled = true;
    else return null; // Shift itself, arrows, F-keys
    last = e.timeStamp;
    return null;
  };
}
