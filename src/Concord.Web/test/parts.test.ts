import { expect, test } from 'vitest';
import type { Peer, QueueItem } from '../src/api/types';
import { diffLines, pairs } from '../src/state/diff';
import { KeptStore, type KeptWork } from '../src/state/kept';
import { spreadOf, spreads } from '../src/state/peers';
import { nextOpen, progressText } from '../src/state/queue';
import { savedLine, type SavedFacts } from '../src/state/saved';
import { choices, halfOf, keyOf, objection, valueOfDigit } from '../src/state/scale';
import { readSettings } from '../src/state/settings';
import { isWeb } from '../src/views/markdown';
import { criteria } from './fakes';

const queue = (...statuses: QueueItem['status'][]): QueueItem[] => statuses.map((status, i) => ({ key: `i${i}`, challenge: 'c', number: i + 1, status, needs: 1 }));
const memory = () => { const map = new Map<string, string>(); return { getItem: (k: string) => map.get(k) ?? null, setItem: (k: string, v: string) => void map.set(k, v), removeItem: (k: string) => void map.delete(k), key: (i: number) => [...map.keys()][i] ?? null, get length() { return map.size; } }; };

test('the next open output is sought round the end, and none is left when all are done', () => {
  expect(nextOpen(queue('open', 'graded', 'skipped'), 'i1')?.key).toBe('i0');
  expect(nextOpen(queue('graded', 'flagged', 'skipped'), 'i0')).toBeNull();
});

test('progress counts what needs its last grader among what is left', () => {
  expect(progressText(queue('graded', 'open', 'draft'), 3)).toBe('1 of 3, 2 need a third grader');
});

test('digits are values of the scale; 0 is 10 only where there is no 0', () => {
  const ten = { min: 1, max: 10, step: 1, level: 'ordinal' } as const;
  expect(valueOfDigit(ten, 0)).toBe(10);
  expect(keyOf(ten, 10)).toBe('0');
  expect(valueOfDigit({ ...ten, min: 0 }, 0)).toBe(0);
  expect(valueOfDigit(ten, 7)).toBe(7);
  expect(valueOfDigit({ ...ten, max: 5 }, 7)).toBeNull();
});

test('half points go up and back within the scale; fine scales are typed', () => {
  const halves = { min: 0, max: 5, step: 0.5, level: 'interval' } as const;
  expect([halfOf(halves, 3), halfOf(halves, 3.5), halfOf(halves, 5)]).toEqual([3.5, 3, null]);
  expect(choices({ ...halves, max: 100, step: 1 })).toBeNull();
  expect(objection(halves, 3.25)).toContain('steps of 0.5');
});

test('a peer far from the median differs', () => {
  const peers = [4, 4, 1].map((score, i): Peer => ({ grader: `g${i}`, scores: { functionality: score }, notes: '', status: 'graded', graded_at: '' }));
  expect(spreadOf(criteria[0]!, peers)).toMatchObject({ median: 4, range: 3, differ: new Set(['g2']) });
});

test('for a lead the host counts how the graders agree, and who is away', () => {
  const split = { criterion: 'functionality', graders: 3, median: 4, min: 3, max: 4, same: 1 / 3, within_step: 1, away: ['jo'] };
  const [first, second] = spreads(criteria, [], { criteria: [split, { ...split, criterion: 'aesthetics', graders: 1, same: null, within_step: null, away: [] }], decisions: [] });
  expect(first).toMatchObject({ median: 4, words: '3 to 4', agreement: ['33 % same', '100 % within a step'], differ: new Set(['jo']) });
  expect(second).toMatchObject({ words: 'one grader', agreement: ['–'] });
});

test('a failed save of another output is said before this one’s success', () => {
  const facts: SavedFacts = {
    key: 'i0', items: queue('graded', 'open'), saves: new Map([['i1', { kind: 'retrying', because: 'away', remedy: null, at: 0 }]]), draft: { kind: 'none' }, changed: false,
    grade: { saved_at: '2026-11-21T14:02:11Z', commit: '3fa9c1d', pending: null, status: 'graded' }, pending: 0, commits: true, now: Date.parse('2026-11-21T15:00:00Z'),
  };
  expect(savedLine(facts)).toMatchObject({ tone: 'bad', act: { kind: 'retry', key: 'i1' } });
  expect(savedLine({ ...facts, saves: new Map() })).toMatchObject({ tone: 'good', commit: '3fa9c1d' });
  expect(savedLine({ ...facts, saves: new Map([['i1', { kind: 'saving' }]]) }).text).toMatch(/^Saving/);
  expect(savedLine({ ...facts, saves: new Map(), grade: { ...facts.grade!, commit: null, pending: 'hook says no' } })).toMatchObject({ tone: 'warn', detail: 'hook says no' });
  expect(savedLine({ ...facts, saves: new Map(), pending: 2 })).toMatchObject({ tone: 'warn', text: expect.stringMatching(/^Saved .*; 2 on disk, not committed$/), act: { kind: 'commit' } });
  expect(savedLine({ ...facts, saves: new Map(), pending: 1, changed: true, draft: { kind: 'kept', at: 0 } })).toMatchObject({ tone: 'warn', act: { kind: 'commit' } });
  expect(savedLine({ ...facts, saves: new Map(), now: Date.parse('2026-11-28T15:00:00Z') }).text).toMatch(/^Saved 2026-11-21 /);
});

test('files that differ come first, and lines are numbered on both sides', () => {
  const file = (path: string, text: string) => ({ path, size: text.length, text });
  expect(pairs([file('a', '1'), file('b', '1')], [file('a', '1'), file('b', '2'), file('c', '')]).map((p) => [p.path, p.kind])).toEqual([['b', 'changed'], ['c', 'added'], ['a', 'same']]);
  expect(diffLines([{ oldStart: 3, newStart: 3, lines: [' x', '-y', '+z'] }]).slice(1).map((l) => [l.before, l.after])).toEqual([[3, 3], [4, null], [null, 4]]);
});

test('settings are remembered, and a torn store gives the standard', () => {
  const store = memory();
  readSettings(store).formWidth.value = 480;
  expect(readSettings(store).formWidth.value).toBe(480);
  store.setItem('concord.theme', '{torn');
  expect(readSettings(store).theme.value).toBe('system');
});

test('unsaved work outlives the page, session by session', () => {
  const store = memory();
  const work = { work: { scores: {}, notes: 'n', status: 'graded', seconds: 1 } as const, base: 'v1' };
  new KeptStore<KeptWork>(store, 'unsaved', 's').write(new Map([['i1', work]]));
  expect(new KeptStore<KeptWork>(store, 'unsaved', 's').read().get('i1')).toEqual(work);
  expect(new KeptStore<KeptWork>(store, 'unsaved', 'other').read().size).toBe(0);
});

test('a tab that has nothing unsaved leaves the work that another tab keeps', () => {
  const work = { work: { scores: { a: 1 }, notes: 'n', status: 'graded' as const, seconds: 2 }, base: 'v1' };
  const store = memory();
  const [mine, other] = [new KeptStore<KeptWork>(store, 'unsaved', 's'), new KeptStore<KeptWork>(store, 'unsaved', 's')];
  mine.write(new Map([['i1', work]]));
  other.write(new Map([['i2', work]]));
  other.write(new Map());
  expect([...new KeptStore<KeptWork>(store, 'unsaved', 's').read().keys()]).toEqual(['i1']);
  mine.write(new Map());
  expect(new KeptStore<KeptWork>(store, 'unsaved', 's').read().size).toBe(0);
});

test('only addresses of the web become links', () => {
  expect(['https://example.org', 'javascript:alert(1)', ' data:text/html,x', '//x'].map(isWeb)).toEqual([true, false, false, false]);
});
