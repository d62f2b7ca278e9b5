import assert from 'node:assert/strict';
import test from 'node:test';
import { addLine, amountOf, clearLines, findLine, learn, openBill, saleBody, setQty, totalOf, undo }
  from '../../../pos/web/lib/bill.js';

const product = (id, price, stock = 10) => ({ id, sku: id, name: id, unit: 'gói', price, stock });
const mien = product('p_1', 60_000);
const trau = product('p_2', 890_000);

test('the same product again adds to its line', () => {
  const bill = addLine(addLine(addLine(openBill('k'), mien, 1000), trau, 750), mien, 2000);
  assert.deepEqual(bill.lines.map(l => [l.product.id, l.milli]), [['p_1', 3000], ['p_2', 750]]);
});

test('another lot of the same product is another line', () => {
  const bill = addLine(addLine(openBill('k'), mien, 1000), mien, 1000, 'l_9');
  assert.equal(bill.lines.length, 2);
  assert.equal(findLine(bill, 'p_1', 'l_9'), 1);
  assert.equal(findLine(bill, 'p_1'), 0);
});

test('quantity zero removes the line, and undo brings it back', () => {
  const bill = addLine(openBill('k'), mien, 1000);
  const gone = setQty(bill, 0, 0);
  assert.deepEqual(gone.lines, []);
  assert.deepEqual(undo(gone).lines, bill.lines);
});

test('undo goes back step by step and stops at the empty bill', () => {
  let bill = openBill('k');
  for (let n = 1; n <= 3; n++) bill = addLine(bill, mien, 1000);
  assert.equal(undo(bill).lines[0].milli, 2000);
  for (let n = 0; n < 9; n++) bill = undo(bill);
  assert.deepEqual(bill.lines, []);
});

test('undo remembers fifty steps, not the whole day', () => {
  let bill = openBill('k');
  for (let n = 0; n < 200; n++) bill = addLine(bill, mien, 1000);
  assert.equal(bill.past.length, 50);
});

test('a cleared bill keeps its key and can come back', () => {
  const bill = addLine(openBill('k'), mien, 1000);
  assert.equal(clearLines(bill).key, 'k');
  assert.deepEqual(undo(clearLines(bill)).lines, bill.lines);
});

test('a change to a line that is not there changes nothing', () => {
  const bill = openBill('k');
  assert.equal(setQty(bill, 3, 1000), bill);
  assert.equal(clearLines(bill), bill);
  assert.equal(undo(bill), bill);
});

test('an amount is rounded half a dong up, without floats', () => {
  assert.equal(amountOf({ product: product('x', 890_000), milli: 750 }), 667_500);
  assert.equal(amountOf({ product: product('x', 1), milli: 500 }), 1);
  assert.equal(amountOf({ product: product('x', 1), milli: 499 }), 0);
  assert.equal(amountOf({ product: product('x', 1_099_511_627), milli: 333 }), 366_137_372);
});

test('a new price reaches the lines and the steps of undo, but is no step itself', () => {
  const bill = learn(addLine(addLine(openBill('k'), mien, 1000), mien, 1000), new Map([['p_1', { price: 65_000 }]]));
  assert.equal(totalOf(bill), 130_000);
  assert.equal(totalOf(undo(bill)), 65_000);
});

test('the sale says what the contract says', () => {
  const bill = addLine(addLine(openBill('k'), mien, 2000), trau, 750, 'l_9');
  assert.deepEqual(saleBody('1', bill, 800_000), {
    till: '1',
    lines: [{ product: 'p_1', qty: 2 }, { product: 'p_2', qty: 0.75, lot: 'l_9' }],
    payments: [{ method: 'cash', tendered: 800_000 }],
    expected_total: 787_500,
  });
});
