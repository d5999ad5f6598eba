import { expect, test } from 'vitest';
import { commandOf, type Place, type Press } from '../src/state/keys';

const press = (key: string, place: Place = 'page', more: Partial<Press> = {}): Press => ({ key, place, control: false, shift: false, alt: false, composing: false, ...more });

test.each([
  ['4', { name: 'score', digit: 4 }], ['ArrowRight', { name: 'go', by: 1 }], ['j', { name: 'go', by: 1 }], ['k', { name: 'go', by: -1 }],
  ['ArrowDown', { name: 'criterion', by: 1 }], ['f', { name: 'flag' }], ['v', { name: 'view' }], ['p', { name: 'prompt' }], ['?', { name: 'keys' }], ['Enter', { name: 'settle' }],
])('%s on the page', (key, command) => expect(commandOf(press(key), true)).toEqual(command));

test.each([['Enter', false, 'saveNext'], ['s', false, 'save'], ['z', false, 'undo'], ['Z', true, 'redo'], [' ', false, 'skip']] as const)('Ctrl and %s', (key, shift, name) => {
  for (const place of ['page', 'text', 'choice', 'button'] as const) expect(commandOf(press(key, place, { control: true, shift }), false)).toEqual({ name });
});

test('single keys do nothing in text fields and dialogs', () => {
  for (const key of ['4', 'f', '?', 'ArrowRight', 'Enter']) for (const place of ['text', 'dialog'] as const) expect(commandOf(press(key, place), true)).toBeNull();
});

test('single keys can be switched off, arrows and Ctrl stay', () => {
  for (const key of ['4', 'f', 'j', '?', 'v', 'p']) expect(commandOf(press(key), false)).toBeNull();
  expect(commandOf(press('ArrowRight'), false)).toEqual({ name: 'go', by: 1 });
  expect(commandOf(press('ArrowDown', 'choice'), false)).toBeNull();
});

test('no bare Backspace, Delete or Enter discards or submits', () => {
  for (const place of ['page', 'choice', 'button'] as const) {
    expect(commandOf(press('Backspace', place), true)).toBeNull();
    expect(commandOf(press('Delete', place), true)).toBeNull();
    expect(['settle', undefined]).toContain(commandOf(press('Enter', place), true)?.name);
  }
});

test('Esc leaves a text field, and a key of an input method is left alone', () => {
  expect(commandOf(press('Escape', 'text'), true)).toEqual({ name: 'leave' });
  expect(commandOf(press('4', 'page', { composing: true }), true)).toBeNull();
});
