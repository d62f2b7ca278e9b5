// A manager lets an exception pass, once: for this bill as it stands.

import { computed } from '@preact/signals';
import { MAY_PASS } from '../lib/outcome.js';
import { askManager, openMoney, resumePayment, send } from './pay.js';
import { approval, cash, isManager, note, paying, refusedFor, warn } from './state.js';

/** Asks for a manager after a refusal, when a manager may let it pass. */
export function askAfterRefusal() {
  if (MAY_PASS.has(refusedFor.value)) askManager([refusedFor.value]);
}

/** A manager who is signed in here has only to say yes; but what was sent with a PIN is sent again with one. */
export const needsPin = computed(() => !isManager.value || Boolean(paying.value?.approved));

/** The number and the PIN are looked at by the daemon, with the sale.
 * @param {string} staff @param {string} pin */
export function allow(staff, pin) {
  if (needsPin.value && (staff.trim() === '' || pin === '')) return warn('managerMissing');
  if (needsPin.value) approval.value = { staff: staff.trim(), pin };
  note.value = null;
  goOn();
}

/** Before the money was counted: to the money. After: the same sale again, now with what was allowed;
 * nothing was written under its key. After a reload: the same bytes. */
function goOn() {
  const mine = paying.value;
  if (mine?.approved && approval.value) return resumePayment();
  if (mine) return send(mine.tendered);
  if (refusedFor.value) return again();
  openMoney();
}

function again() {
  refusedFor.value = '';
  send(cash.value.tendered);
}
