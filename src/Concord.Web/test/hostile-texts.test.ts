import { expect, test } from 'vitest';
import { highlighted } from '../src/views/highlighting';
import { blocks } from '../src/views/markdown';

interface Element { readonly props?: { readonly children?: unknown } }

function wordsAndDepth(shown: unknown): { words: string; depth: number } {
  if (typeof shown === 'string') return { words: shown, depth: 0 };
  if (Array.isArray(shown)) {
    const parts = shown.map(wordsAndDepth);
    return { words: parts.map((p) => p.words).join(''), depth: Math.max(0, ...parts.map((p) => p.depth)) };
  }
  const inner = wordsAndDepth((shown as Element | null)?.props?.children ?? '');
  return { words: inner.words, depth: inner.depth + 1 };
}

test('code that nests without end is shown whole, and not nested without end', () => {
  for (const [path, text] of [['a.js', '`${'.repeat(8_000)], ['a.py', 'f"{'.repeat(8_000)], ['a.html', `<script>${'`${'.repeat(8_000)}`]] as const) {
    const { words, depth } = wordsAndDepth(highlighted(path, text));
    expect(words === text).toBe(true);
    expect(depth).toBeLessThan(100);
  }
});

test('code in one long run is shown at once', () => {
  for (const [path, text] of [['a.js', `${'a'.repeat(190_000)}=(`], ['a.md', '['.repeat(190_000)]] as const) {
    const begun = performance.now();
    expect(wordsAndDepth(highlighted(path, text)).words === text).toBe(true);
    expect(performance.now() - begun).toBeLessThan(3_000);
  }
});

test('markdown that nests without end is shown as it is', () => {
  for (const text of ['> '.repeat(20_000), `${'- '.repeat(5_000)}a`, `${'> '.repeat(300)}a`])
    expect(wordsAndDepth(blocks(text)).words === text).toBe(true);
});
