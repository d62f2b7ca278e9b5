// Signing in and out, opening and closing the shift.

import { batch } from '@preact/signals';
import { parseMoney } from '../lib/money.js';
import { api, askSession, heard, pause } from './server.js';
import { cashRounding, closing, list, note, paying, shift, staff, t, till, warn, warnAnswer } from './state.js';
import { resumePayment } from './pay.js';
import { lookAtPrinters } from './printing.js';

/** @param {any} body of the session */
async function welcome(body) {
  batch(() => {
    api.csrf = body.csrf;
    till.value = String(body.till ?? '1');
    cashRounding.value = body.cash_rounding ?? 0;
    staff.value = { number: body.staff, name: body.name, role: body.role };
    note.value = null;
  });
  lookAtList();
  lookAtPrinters();
  await lookAtShift();
  if (paying.value) resumePayment();
}

/** Whether the till has an open shift; asks until it is told. */
export async function lookAtShift() {
  while (staff.value) {
    const answer = await heard(api.get(`/api/v1/shifts?till=${till.value}&open=1`));
    if (answer.status === 200) {
      const open = answer.body.items?.[0] ?? null;
      if (!open && !closing.value?.done) closing.value = null; // somebody else closed it
      shift.value = open;
      return;
    }
    warnAnswer(answer);
    await pause(1000);
  }
}

/** How old the list of certificates is: a cashier is told, and stars of one too old are not shown. */
export async function lookAtList() {
  if (!staff.value) return;
  const { status, body } = await heard(api.get('/api/v1/sync'));
  if (status === 200) list.value = { state: body.state, date: body.list_date };
}

/** At start, and when the daemon came back: are we still signed in? */
export async function start() {
  const body = await askSession();
  if (body) await welcome(body);
}

/** @param {string} number @param {string} pin */
export async function signIn(number, pin) {
  note.value = null;
  // Not through heard(): 401 here means a wrong PIN.
  const answer = await api.post('/api/v1/session', { body: { staff: number.trim(), pin } });
  const good = answer.status === 200 || answer.status === 201;
  if (good) {
    shift.value = undefined;
    await welcome(answer.body);
  } else warnAnswer(answer);
  return good;
}

/** Makes this browser a till's. @param {string} code what the manager read out */
export async function enrol(code) {
  note.value = null;
  const answer = await heard(api.post('/api/v1/devices', { body: { code: code.replace(/\D/g, '') } }));
  if (answer.status === 201) await start();
  else warnAnswer(answer);
}

/** The bill stays: the next cashier, or the same one, finds it. */
export async function lock() {
  const answer = await api.remove('/api/v1/session');
  if (answer.status !== 0 && answer.status < 500) staff.value = null;
  else warnAnswer(answer);
}

/** @param {string} text */
export async function openShift(text) {
  const float = parseMoney(text);
  if (float === null) return warn('badMoney', { text });
  const answer = await heard(api.post('/api/v1/shifts', { body: { till: till.value, float } }));
  if (answer.status === 201) {
    batch(() => { shift.value = answer.body; note.value = null; });
  } else if (answer.problem?.code === 'shift_open') {
    await lookAtShift();
  } else warnAnswer(answer);
}

export function askClose() {
  batch(() => { closing.value = { done: null }; note.value = null; });
}

/** @param {string} text what was counted, blind */
export async function closeShift(text) {
  const counted = parseMoney(text);
  if (counted === null) return warn('badMoney', { text });
  const path = `/api/v1/shifts/${encodeURIComponent(shift.value.id)}/close`;
  const answer = await heard(api.post(path, { body: { counted } }));
  if (answer.status === 200 || answer.status === 201) {
    batch(() => { closing.value = { done: answer.body ?? {} }; note.value = null; });
  } else warnAnswer(answer);
}

export function afterClose() {
  batch(() => { closing.value = null; shift.value = null; });
}

/** @param {any} who */
export function nameOf(who) {
  return who?.name || String(who?.number ?? '');
}

export const tillName = () => t('till', { till: till.value });

export function leaveClose() {
  batch(() => { closing.value = null; note.value = null; });
}
