// How programs of others read a picture: QR codes by zbarimg and jsqr, letters
// by tesseract.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

import jsqr from 'jsqr';

process.env.OMP_THREAD_LIMIT = '1'; // tesseract is slower with more
const run = (program, ...args) => execFileSync(program, args,
  { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 });

/** {width, height, dots} as a PBM file, with a white border as paper has. */
export function save({ width, height, dots }, path) {
  const stride = Math.ceil(width / 8);
  const bits = Buffer.alloc(stride * height);
  dots.forEach((dot, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    if (dot) bits[y * stride + (x >> 3)] |= 0x80 >> x % 8;
  });
  writeFileSync(path, Buffer.concat([
    Buffer.from(`P4\n${width} ${height}\n`), bits]));
  return path;
}

/** Rows `from` up to `to` of a picture. */
export const rows = ({ width, dots }, from, to) => ({ width, height: to - from,
  dots: dots.subarray(from * width, to * width) });

/** What the QR code says, to two readers that know nothing of each other. */
export function qr(picture, path) {
  const { width, height, dots } = picture;
  const rgba = new Uint8ClampedArray(4 * dots.length).fill(255);
  for (let i = 0; i < dots.length; i++)
    if (dots[i]) rgba.fill(0, 4 * i, 4 * i + 3);
  return {
    zbarimg: run('zbarimg', '-q', '--raw', path).toString().trim(),
    jsqr: jsqr(rgba, width, height, { inversionAttempts: 'dontInvert' })?.data,
  };
}

// The words on it; as a scanner would see it: larger, a little soft.
function words(path, times) {
  const seen = `${path}.ocr.png`;
  run('convert', path, '-bordercolor', 'white', '-border', '30', '-filter',
    'Box', '-resize', `${100 * times}%`, '-blur', '0x1', seen);
  return run('tesseract', seen, '-', '-l', 'vie', '--psm', '6', '--dpi', '400')
    .toString().normalize('NFC').split(/\s+/).join(' ');
}

/** Which of the names tesseract does not read.  What it mistook in one scan (a
 * 3 for a 5, large letters made larger) it may read in another. */
export function unread(path, names) {
  let left = names;
  for (const times of [2, 1, 3]) {
    const text = left.length > 0 ? words(path, times) : '';
    left = left.filter((name) => !reads(text, name));
  }
  return left;
}

/** Is `name` in the text?  Gaps are not compared, and one letter without marks
 * may be taken for its like ("g" for "q", "l" for "i").  A wrong mark, a letter
 * more or less, two wrong letters: not read. */
function reads(text, name) {
  const letters = (s) => [...s.replace(/\s/g, '')];
  const [all, want] = [letters(text), letters(name)];
  return all.some((_, at) => {
    const wrong = want.filter((letter, i) => all[at + i] !== letter);
    return wrong.length === 0 || (wrong.length === 1 && /[a-z]/.test(wrong[0]));
  });
}
