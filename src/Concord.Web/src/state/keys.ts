/** Where a key was pressed. `scroll`: a region that arrows scroll; `widget`: a tab or divider with arrow keys of its own. */
export type Place = 'page' | 'text' | 'choice' | 'button' | 'scroll' | 'widget' | 'dialog';

export interface Press {
  readonly key: string;
  /** Ctrl, or Command on a Mac. */
  readonly control: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly composing: boolean;
  readonly place: Place;
}

export type Command =
  | { readonly name: 'go'; readonly by: 1 | -1 }
  | { readonly name: 'criterion'; readonly by: 1 | -1 }
  | { readonly name: 'score'; readonly digit: number }
  | { readonly name: 'half' | 'settle' | 'leave' | 'save' | 'saveNext' | 'undo' | 'redo' | 'skip' | 'flag' | 'view' | 'prompt' | 'keys' };

export interface KeyLine {
  readonly keys: readonly string[];
  readonly does: string;
  /** One character without Ctrl: off with the switch (WCAG 2.1.4). */
  readonly single?: true;
}

export const keySheet: readonly KeyLine[] = [
  { keys: ['→', '←'], does: 'Next and previous output' },
  { keys: ['J', 'K'], does: 'The same', single: true },
  { keys: ['↑', '↓'], does: 'Previous and next criterion' },
  { keys: ['0 – 9'], does: 'Score the criterion in focus; 0 is 10 where the scale has no 0', single: true },
  { keys: ['.'], does: 'Half a point up or back, where the scale has halves', single: true },
  { keys: ['Enter'], does: 'Done with this field: to the next one' },
  { keys: ['Ctrl', 'Enter'], does: 'Save and next' },
  { keys: ['Ctrl', 'S'], does: 'Save and stay' },
  { keys: ['Ctrl', 'Z'], does: 'Undo, across saves too' },
  { keys: ['Ctrl', 'Shift', 'Z'], does: 'Redo' },
  { keys: ['Ctrl', 'Space'], does: 'Skip, with a reason' },
  { keys: ['F'], does: 'Flag: scored, and asks for another look', single: true },
  { keys: ['V'], does: 'Next view', single: true },
  { keys: ['P'], does: 'Show or hide the task', single: true },
  { keys: ['Esc'], does: 'Leave a text field, close a dialog' },
  { keys: ['?'], does: 'This sheet', single: true },
];

/** What a key press asks for; null leaves it to the browser. */
export function commandOf(press: Press, singleKeys: boolean): Command | null {
  const { key, place } = press;
  if (press.composing || place === 'dialog') return null;
  if (press.control) return press.alt ? null : controlCommand(press);
  if (press.alt) return null;
  if (place === 'text') return key === 'Escape' ? { name: 'leave' } : null;
  return arrowCommand(press, singleKeys) ?? (singleKeys ? singleCommand(press) : null);
}

function controlCommand({ key, shift }: Press): Command | null {
  switch (key.toLowerCase()) {
    case 'enter':
      return { name: 'saveNext' };
    case 's':
      return shift ? null : { name: 'save' };
    case 'z':
      return { name: shift ? 'redo' : 'undo' };
    case 'y':
      return shift ? null : { name: 'redo' };
    case ' ':
      return { name: 'skip' };
    default:
      return null;
  }
}

function arrowCommand({ key, shift, place }: Press, singleKeys: boolean): Command | null {
  if (shift) return null;
  if (key === 'Enter') return place === 'choice' || place === 'page' ? { name: 'settle' } : null;
  if (place === 'scroll' || place === 'widget') return null;
  // Without single keys a radio group has the arrow keys that every radio group has.
  if (place === 'choice' && !singleKeys) return null;
  switch (key) {
    case 'ArrowRight':
      return { name: 'go', by: 1 };
    case 'ArrowLeft':
      return { name: 'go', by: -1 };
    case 'ArrowDown':
      return { name: 'criterion', by: 1 };
    case 'ArrowUp':
      return { name: 'criterion', by: -1 };
    default:
      return null;
  }
}

function singleCommand({ key, shift }: Press): Command | null {
  if (key === '?') return { name: 'keys' };
  if (key === '.') return { name: 'half' };
  if (/^[0-9]$/.test(key)) return { name: 'score', digit: Number(key) };
  if (shift) return null;
  switch (key.toLowerCase()) {
    case 'j':
      return { name: 'go', by: 1 };
    case 'k':
      return { name: 'go', by: -1 };
    case 'f':
      return { name: 'flag' };
    case 'v':
      return { name: 'view' };
    case 'p':
      return { name: 'prompt' };
    default:
      return null;
  }
}
