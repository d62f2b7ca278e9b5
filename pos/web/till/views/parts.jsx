// Small pieces that several views use.

import { useEffect, useRef } from 'preact/hooks';
import { formatVnd } from '../../lib/money.js';
import { formatDate, standing } from '../../lib/ocop.js';
import { note, t, tooOld } from '../state.js';

/** A field that is ready to be typed into when it appears (autofocus works once a page). */
export function useFocus() {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return field;
}

/** @param {import('../../lib/bill.js').Product} product */
export function priceOf({ price }) {
  return price === null ? t('find.noPrice') : formatVnd(price);
}

/** @param {{name: string}} props */
export function Key({ name }) {
  return <kbd aria-hidden="true">{name}</kbd>;
}

/** A button that shows its key.
 * @param {{keys?: string, onClick: (e: any) => unknown, children: any, class?: string, disabled?: boolean,
 *   label?: string, pressed?: boolean}} props */
export function Press({ keys, onClick, children, class: kind, disabled, label, pressed }) {
  return (
    <button type="button" class={kind} onClick={onClick} disabled={disabled} aria-label={label}
      aria-pressed={pressed} aria-keyshortcuts={keys?.replace('Ctrl ', 'Control+').replace('Del', 'Delete')}>
      {children}{keys && <Key name={keys} />}
    </button>
  );
}

/** What just happened, or what went wrong. One line high even when empty, so nothing jumps.
 * @param {{idle?: string}} props what stands there while nothing happens */
export function Strip({ idle = '' }) {
  const now = note.value;
  const text = now ? now.text ?? t(now.name ?? '', now.values) : idle;
  return <p class={'strip ' + (now?.kind ?? '')} role={now?.kind ? 'alert' : 'status'}>{text}</p>;
}

/** Stars when the certificate is in force; else what became of it.
 * @param {{ocop: import('../../lib/bill.js').Ocop | null | undefined}} props */
export function Stars({ ocop }) {
  const now = standing(ocop, Date.now(), tooOld.value);
  if (!now || !ocop) return null;
  const { standing: kind, stars } = now;
  if (kind !== 'good' && kind !== 'expiring') return <span class={'cert bad ' + kind}>{t(`ocop.${kind}Short`)}</span>;
  return (
    <span class={'cert ' + kind}>
      <span class="stars" aria-hidden="true">{'★'.repeat(stars)}</span>
      <span class="word">{t('ocop.stars', { stars })}</span>
      {kind === 'expiring' && <span class="soon">{t('ocop.expiring', { date: formatDate(ocop.valid_until) })}</span>}
    </span>
  );
}

/** A dialog over everything. Keys stay with lib/keymap.js, so nothing but a field is focused.
 * @param {{label: string, class?: string, children: any}} props */
export function Modal({ label, class: kind, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const open = () => {
    const d = dialog.current;
    if (!d || d.open) return;
    d.showModal();
    const first = /** @type {HTMLElement | null} */ (d.querySelector('input') ?? d.querySelector('[data-first]'));
    (first ?? d).focus();
  };
  useEffect(open, []);
  return (
    <dialog ref={dialog} class={kind} aria-label={label} tabIndex={-1} onClose={open}
      onCancel={e => e.preventDefault()}>
      {children}
    </dialog>
  );
}
