// The till: where a cashier sells.

import '../css/till.css';
import { render } from 'preact';
import { refresh, refreshBill, search } from './find.js';
import { listen } from './keys.js';
import { followReceipt, hearPrinter } from './printing.js';
import { followEvents } from './server.js';
import { lookAtList, lookAtShift, start } from './session.js';
import { keepState, staff } from './state.js';
import { Page } from './views/frame.jsx';

const CALM_MS = 300; // one look for the several events of one sale
const AGE_MS = 10 * 60_000; // a list grows old without any event

let looking = 0;
function lookAgain() {
  clearTimeout(looking);
  looking = window.setTimeout(refresh, CALM_MS);
}

/** Another list: what stands on the bill may be withdrawn now. */
function lookAtGoods() {
  lookAtList();
  refreshBill();
}

keepState();
render(<Page />, document.body);
listen();
followEvents({ onStock: lookAgain, onList: lookAtGoods, onShift: lookAtShift,
  onPrinter: hearPrinter, onBack: start });
followReceipt();
staff.subscribe(who => { if (who) search(''); });
setInterval(lookAtList, AGE_MS);
start();
