// The manager's page: is the list of certificates fresh, what of the goods must be seen to,
// what has changed, and which product belongs to which certificate.

import '../css/manager.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { loadChanges, loadGoods, loadSync } from './load.js';
import { followEvents, start } from './server.js';
import { isManager, keepState, view } from './state.js';
import { Page } from './views/frame.jsx';

const CALM_MS = 1000; // one look for the several events of a busy till
const AGE_MS = 5 * 60_000; // a list grows old without any event

let looking = 0;
function goodsSoon() {
  clearTimeout(looking);
  looking = window.setTimeout(loadGoods, CALM_MS);
}

function loadAll() {
  loadSync();
  loadGoods();
  if (view.value === 'changes') loadChanges();
}

keepState();
render(<Page />, document.body);
effect(() => { if (isManager.value) loadAll(); });
followEvents({ onSync: loadAll, onGoods: goodsSoon });
setInterval(() => { if (isManager.value) loadSync(); }, AGE_MS);
start();
