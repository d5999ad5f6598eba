import { signal } from '@preact/signals';
import { beforeEach, expect, test } from 'vitest';
import { Unreachable } from '../src/api/failures';
import { Desk } from '../src/state/desk';
import { Grading } from '../src/state/grading';
import type { Command } from '../src/state/keys';
import { TypeAhead } from '../src/state/type-ahead';
import { criteria, FakeHost, FakeTimers, settled } from './fakes';

let host: FakeHost;
let timers: FakeTimers;
let desk: Desk;
let grading: Grading;
let ahead: TypeAhead;
const dialog = signal<string | null>(null);

beforeEach(async () => {
  host = new FakeHost();
  timers = new FakeTimers();
  const api = host.api();
  desk = new Desk(api, timers);
  grading = new Grading(api, desk, timers);
  dialog.value = null;
  ahead = new TypeAhead({ desk, grading, dialog }, run);
  await desk.start(null);
});

function run(command: Command): void {
  if (command.name === 'score') grading.scoreDigit(command.digit);
  else if (command.name === 'settle') grading.turnTo(grading.focus.value.index + 1);
  else if (command.name === 'saveNext') void grading.save(true);
  else if (command.name === 'go') void desk.go(command.by);
  else if (command.name === 'skip') dialog.value = 'skip';
}

/** `4,3>` is: 4, Enter, 3, Ctrl+Enter. */
function type(keys: string): void {
  const names: Record<string, Command> = { ',': { name: 'settle' }, '>': { name: 'saveNext' }, '/': { name: 'skip' }, '+': { name: 'go', by: 1 } };
  for (const key of keys) ahead.take(names[key] ?? { name: 'score', digit: Number(key) });
}

const gate = () => {
  let open = () => {};
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
};
const saved = (key: string) => criteria.map((c) => host.grades.get(key)?.scores[c.id]);

test('a whole queue typed ahead lands on the outputs that it is meant for', async () => {
  type('4,3>5,1>0,2>');
  for (let i = 0; i < 5; i++) await settled();
  expect([saved('i1'), saved('i2'), saved('i3')]).toEqual([[4, 3], [5, 1], [0, 2]]);
  expect(desk.ended.value).toBe(true);
});

test('keys typed while an output is saved wait for the next one', async () => {
  const { promise, open } = gate();
  host.hold = promise;
  type('4,3>5');
  await settled();
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 3 });
  open();
  await settled();
  expect(desk.at.value).toBe('i2');
  expect(grading.form.value.scores).toEqual({ functionality: 5, aesthetics: null });
});

test('keys typed ahead of a save that fails change nothing, and that is said', async () => {
  host.fail = [new Unreachable('away')];
  type('4,3>5,5');
  await settled();
  expect(desk.at.value).toBe('i1');
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 3 });
  expect(grading.said.value).toContain('were not used');
  type('2');
  expect(grading.form.value.scores).toMatchObject({ aesthetics: 2 });
});

test('what is typed over two outputs stops where the second cannot be saved', async () => {
  const { promise, open } = gate();
  host.hold = promise;
  type('4,3>5,1>2,2');
  host.fail = [undefined as never, new Unreachable('away')];
  open();
  for (let i = 0; i < 5; i++) await settled();
  expect(desk.at.value).toBe('i2');
  expect(grading.form.value.scores).toEqual({ functionality: 5, aesthetics: 1 });
  expect(grading.said.value).toContain('were not used');
});

test('steps typed ahead keep their place among the others', async () => {
  type('4,3>+5');
  await settled();
  expect(desk.at.value).toBe('i3');
  expect(grading.form.value.scores).toMatchObject({ functionality: 5 });
});

test('a dialog typed ahead holds what follows until it is closed', async () => {
  type('4,3>/5');
  await settled();
  expect(dialog.value).toBe('skip');
  expect(grading.form.value.scores).toEqual({ functionality: null, aesthetics: null });
  dialog.value = null;
  expect(grading.form.value.scores).toMatchObject({ functionality: 5 });
});

test('a slow save does not hold the person up, and is not gone back to', async () => {
  const { promise, open } = gate();
  host.hold = promise;
  type('4,3>');
  await timers.pass(299);
  expect(desk.at.value).toBe('i1');
  await timers.pass(1);
  expect(desk.at.value).toBe('i2');
  type('5,1>');
  await timers.pass(300);
  expect(desk.at.value).toBe('i3');
  type('2,2>');
  await timers.pass(5_000);
  // Nothing else is left to grade: the end comes when it is true.
  expect(desk.at.value).toBe('i3');
  expect(desk.ended.value).toBe(false);
  open();
  await settled();
  expect([saved('i1'), saved('i2'), saved('i3')]).toEqual([[4, 3], [5, 1], [2, 2]]);
  expect(desk.ended.value).toBe(true);
});
