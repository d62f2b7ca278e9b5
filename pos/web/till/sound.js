// "Not added": a red strip and one low tone, never a dialog. A cashier looks at the goods,
// not at the screen.

import { warn } from './state.js';

/** @type {AudioContext | null} */
let audio = null;

export function lowTone() {
  try {
    audio ??= new AudioContext();
    const now = audio.currentTime;
    const tone = audio.createOscillator();
    const level = audio.createGain();
    tone.type = 'square';
    tone.frequency.value = 196;
    level.gain.setValueAtTime(0.12, now);
    level.gain.exponentialRampToValueAtTime(0.001, now + 0.3);
    tone.connect(level).connect(audio.destination);
    tone.start(now);
    tone.stop(now + 0.3);
  } catch { /* no sound here: the red strip stands */ }
}

/** @param {string} name @param {Record<string, string>} [values] */
export function complain(name, values) {
  lowTone();
  warn(name, values);
}
