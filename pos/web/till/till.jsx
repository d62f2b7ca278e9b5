// The till: where a cashier sells.

import '../css/till.css';
import { render } from 'preact';

render(<h1>OCOP</h1>, document.body);
