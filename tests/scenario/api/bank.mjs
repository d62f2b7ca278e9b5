// SePay as its documentation of webhooks describes it: JSON, signed with a
// secret that both sides know.
import { createHmac } from 'node:crypto';

export const SECRET = 'khoa-bi-mat-cua-sepay-2026';
export const ACCOUNT = '1020304050';

let number = 92704;

/** What SePay posts when `amount` came in with the payer's text `content`. */
export const notice = (amount, content, more = {}) => ({
  id: ++number, gateway: 'Vietcombank', transactionDate: '2026-11-22 14:02:37',
  accountNumber: ACCOUNT, code: null, content, transferType: 'in',
  description: content, transferAmount: amount, accumulated: 19077000,
  subAccount: null, referenceCode: `FT26326${number}`, ...more,
});

export const now = () => String(Math.floor(Date.now() / 1000));

export const signature = (body, at, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex')}`;

/** Posts `body` as SePay does; headers may be replaced, null leaves one out. */
export function tell(client, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const at = headers['x-sepay-timestamp'] ?? now();
  const all = { 'x-sepay-timestamp': at, 'x-sepay-signature': signature(text, at), ...headers };
  for (const [name, value] of Object.entries(all)) if (value === null) delete all[name];
  return client.call('POST', '/api/v1/bank-notices/sepay', text,
    { 'content-type': 'application/json', ...all });
}
