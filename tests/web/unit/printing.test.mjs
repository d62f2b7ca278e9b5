import assert from 'node:assert/strict';
import test from 'node:test';
import { inTrouble, learnNews, questions, troublesAt, wordFor } from '../../../pos/web/lib/printing.js';
import { readFileSync } from 'node:fs';

const words = lang => JSON.parse(readFileSync(new URL(`../../../pos/web/${lang}.json`, import.meta.url), 'utf8'));
const STATES = ['ready', 'unknown', 'offline', 'paper_out', 'cover_open', 'cutter', 'failed', 'gone'];
const printer = (state, more) => ({ id: 'receipt', state, queue: 0, roles: ['receipt', 'drawer'], ...more });
const job = (id, more) => ({ id, kind: 'receipt', receipt_no: '0101-000001', state: 'unknown', level: null, asked: true, ...more });

test('a printer is in trouble when nothing comes out until somebody does something', () => {
  assert.deepEqual(STATES.filter(state => inTrouble({ state })), STATES.slice(2));
});

test('a printer that does not answer is no trouble: many cheap ones never do', () => {
  assert.deepEqual(troublesAt([printer('unknown'), printer('ready')], '1'), []);
});

test('a till is told of its own printers, and of no labels', () => {
  const printers = [printer('gone', { id: 'a', till: 1 }), printer('gone', { id: 'b', till: 2 }), printer('gone', { id: 'c', till: 0 }),
    printer('gone', { id: 'd', roles: ['label'] }), printer('gone', { id: 'e', roles: ['label', 'copy'] })];
  assert.deepEqual(troublesAt(printers, '1').map(p => p.id), ['a', 'c', 'e']);
});

test('news is of one printer, and of one that is not known nothing', () => {
  const before = [printer('ready', { id: 'a' }), printer('ready', { id: 'b' })];
  const after = learnNews(before, { printer: 'b', state: 'paper_out', queue: 3, job: null });
  assert.deepEqual(after.map(p => [p.id, p.state, p.queue]), [['a', 'ready', 0], ['b', 'paper_out', 3]]);
  assert.deepEqual(learnNews(before, { printer: 'c', state: 'gone', queue: 1, job: null }), before);
});

test('a cashier is asked about receipts, oldest first, and about nothing that was answered', () => {
  const jobs = [job('j_10'), job('j_9'), job('j_8', { asked: false }), job('j_7', { kind: 'label', receipt_no: null }),
    job('j_6', { state: 'confirmed' }), job('j_5', { kind: 'copy' }), job('j_4', { kind: 'drawer' })];
  assert.deepEqual(questions(jobs).map(j => j.id), ['j_5', 'j_9', 'j_10']);
});

test('"printed" is said only of what the printer confirmed', () => {
  assert.equal(wordFor(job('j_1', { state: 'confirmed', level: 'process_id' })), 'confirmed');
  assert.equal(wordFor(job('j_1', { state: 'confirmed', level: null })), 'confirmed'); // by a person
  assert.equal(wordFor(job('j_1', { state: 'confirmed', level: 'accepted' })), 'accepted');
  assert.equal(wordFor(job('j_1', { state: 'sent' })), 'sending');
  assert.equal(wordFor(job('j_1', { state: 'queued' })), 'queued');
});

test('every state of a printer and of a job has its sentence in both languages, on both pages', () => {
  for (const lang of ['vi', 'en']) {
    const { till, manager, printer: ours } = words(lang);
    for (const state of STATES) {
      for (const text of [manager.printers.state[state], ours.state[state], ours.message[state]])
        assert.match(text ?? '', /\S/, `${lang} ${state}`);
      if (inTrouble({ state })) assert.match(till.printer[state] ?? '', /\.$/, `${lang} ${state}`);
    }
    for (const state of ['queued', 'sending', 'sent', 'confirmed', 'failed', 'cancelled'])
      assert.match(till.printer.job[wordFor({ state, level: null })] ?? '', /\S/, `${lang} ${state}`);
    for (const level of ['process_id', 'in_order', 'online', 'accepted'])
      for (const said of [manager.printers.level, ours.level]) assert.match(said[level] ?? '', /\S/, `${lang} ${level}`);
    for (const kind of ['receipt', 'copy', 'drawer', 'label', 'test']) assert.match(manager.printers.kind[kind] ?? '', /\S/);
    for (const role of ['receipt', 'copy', 'drawer', 'label']) assert.match(manager.printers.role[role] ?? '', /\S/);
  }
});
