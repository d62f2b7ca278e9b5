// The manager's page: is the list of certificates fresh, what of the goods must be seen to,
// what has changed, and which product belongs to which certificate.

import '../css/manager.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadChanges, loadGoods, loadPrinters, loadSync } from './load.js';
import { followEvents, start } from './server.js';
import { isManager, keepState, view } from './state.js';
import { Page } from './views/frame.jsx';

const CALM_MS = 1000; // one look for the several events of one sale
const REST_MS = 15_000; // and no more than so often while tills sell: the whole catalogue is read
const AGE_MS = 5 * 60_000; // a list grows old without any event

let looking = 0;
let looked = 0;
let missed = false;

/** Nobody looks at a page behind another: it reads when it is seen again. */
function goodsSoon() {
  missed = document.hidden;
  if (missed || looking) return;
  looking = window.setTimeout(() => {
    looking = 0;
    looked = Date.now();
    loadGoods();
  }, Math.max(CALM_MS, looked + REST_MS - Date.now()));
}

let hearing = 0;

/** Several events of one slip are one look. */
function printersSoon() {
  clearTimeout(hearing);
  hearing = window.setTimeout(loadPrinters, CALM_MS / 4);
}

function loadAll() {
  loadSync();
  loadGoods();
  loadPrinters();
  if (view.value === 'changes') loadChanges();
}

keepState();
render(<Page />, document.body);
effect(() => { if (isManager.value) loadAll(); });
followEvents({ onSync: loadAll, onGoods: goodsSoon, onPrinter: printersSoon });
document.addEventListener('visibilitychange', () => { if (missed) goodsSoon(); });
setInterval(() => { if (isManager.value) loadSync(); }, AGE_MS);
start();
