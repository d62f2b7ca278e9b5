// The pages' logic, without a browser.
import './unit/bill.test.mjs';
import './unit/keymap.test.mjs';
import './unit/labels.test.mjs';
import './unit/money.test.mjs';
import './unit/morning.test.mjs';
import './unit/ocop.test.mjs';
import './unit/payment.test.mjs';
import './unit/printing.test.mjs';
import './unit/scanner.test.mjs';
import './unit/words.test.mjs';
