import type { OutputFile } from '../api/types';

export interface FilePair {
  readonly path: string;
  readonly before: OutputFile | null;
  readonly after: OutputFile | null;
  readonly kind: 'same' | 'changed' | 'added' | 'removed';
}

/** Two outputs' files side by side, by path: what differs first, then what is the same. */
export function pairs(before: readonly OutputFile[], after: readonly OutputFile[]): readonly FilePair[] {
  const paths = [...new Set([...after, ...before].map((file) => file.path))].sort();
  const found = paths.map((path): FilePair => {
    const a = before.find((file) => file.path === path) ?? null;
    const b = after.find((file) => file.path === path) ?? null;
    const kind = !a ? 'added' : !b ? 'removed' : a.text === b.text && a.size === b.size ? 'same' : 'changed';
    return { path, before: a, after: b, kind };
  });
  return [...found.filter((pair) => pair.kind !== 'same'), ...found.filter((pair) => pair.kind === 'same')];
}

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'hunk';
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
}

export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** Numbers the lines of a patch's hunks. */
export function diffLines(hunks: readonly Hunk[]): readonly DiffLine[] {
  return hunks.flatMap((hunk) => {
    let before = hunk.oldStart;
    let after = hunk.newStart;
    const head: DiffLine = { kind: 'hunk', before: null, after: null, text: `Line ${hunk.newStart}` };
    const lines = hunk.lines.map((line): DiffLine => {
      const text = line.slice(1);
      if (line.startsWith('+')) return { kind: 'added', before: null, after: after++, text };
      if (line.startsWith('-')) return { kind: 'removed', before: before++, after: null, text };
      if (line.startsWith('\\')) return { kind: 'same', before: null, after: null, text: text.trim() };
      return { kind: 'same', before: before++, after: after++, text };
    });
    return [head, ...lines];
  });
}
