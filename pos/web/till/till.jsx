// The till: where a cashier sells.

import '../css/till.css';
import { render } from 'preact';
import { refresh, search } from './find.js';
import { listen } from './keys.js';
import { followEvents } from './server.js';
import { lookAtShift, start } from './session.js';
import { keepState, staff } from './state.js';
import { Page } from './views/frame.jsx';

const CALM_MS = 300; // one look for the several events of one sale

let looking = 0;
function lookAgain() {
  clearTimeout(looking);
  looking = window.setTimeout(refresh, CALM_MS);
}

keepState();
render(<Page />, document.body);
listen();
followEvents({ onStock: lookAgain, onShift: lookAtShift, onBack: start });
staff.subscribe(who => { if (who) search(''); });
start();
