import { beforeEach, expect, test } from 'vitest';
import { Unreachable } from '../src/api/failures';
import { Desk } from '../src/state/desk';
import { Grading } from '../src/state/grading';
import type { LeftDraft } from '../src/state/kept';
import { criteria, FakeHost, FakeTimers, settled } from './fakes';

let host: FakeHost;
let timers: FakeTimers;
let desk: Desk;
let grading: Grading;

beforeEach(async () => {
  host = new FakeHost();
  timers = new FakeTimers();
  desk = new Desk(host.api(), timers);
  grading = new Grading(host.api(), desk, timers);
  await desk.start(null);
});

const [functionality, aesthetics] = [criteria[0]!, criteria[1]!];
const scoreBoth = (f: number, a: number) => { grading.score(functionality, f); grading.score(aesthetics, a); };
const kinds = () => host.sent.map((s) => s.kind);

test('opening outputs saves nothing', async () => {
  await desk.go(1);
  await timers.pass(60_000);
  expect(host.sent).toEqual([]);
});

test('a draft is kept 500 ms after a change, and not before', async () => {
  grading.score(functionality, 4);
  await timers.pass(499);
  expect(kinds()).toEqual([]);
  await timers.pass(1);
  expect(host.sent).toMatchObject([{ kind: 'draft', key: 'i1', entry: { scores: { functionality: 4, aesthetics: null }, base: '' } }]);
});

test('0 is a score', async () => {
  scoreBoth(0, 0);
  await grading.save(true);
  expect(host.sent).toMatchObject([{ kind: 'grade', entry: { scores: { functionality: 0, aesthetics: 0 }, status: 'graded' } }]);
});

test('a save goes to the next output and leaves no draft behind it', async () => {
  scoreBoth(4, 3);
  await grading.save(true);
  await timers.pass(10_000);
  expect(kinds()).toEqual(['grade']);
  expect(desk.at.value).toBe('i2');
  expect(desk.items.value[0]!.status).toBe('graded');
});

test('saving the same state again sends nothing', async () => {
  scoreBoth(4, 3);
  await grading.save(false);
  await grading.save(false);
  expect(kinds()).toEqual(['grade']);
});

test('an incomplete grade is not saved, and the missing criterion comes into focus', async () => {
  grading.score(aesthetics, 3);
  await grading.save(true);
  expect(kinds()).not.toContain('grade');
  expect(grading.focus.value.index).toBe(0);
  expect(grading.said.value).toContain('Functionality');
});

test('a failed save keeps the work on screen and is tried again', async () => {
  host.fail = [new Unreachable('The grading host does not answer.')];
  scoreBoth(4, 3);
  await grading.save(true);
  expect(desk.at.value).toBe('i1');
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 3 });
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'retrying', at: 1000 });
  await timers.pass(1000);
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'saved' });
  expect(grading.saves.unsaved.size).toBe(0);
});

test('failures wait longer each time, and the network coming back ends the wait', async () => {
  host.fail = [1, 2, 3].map(() => new Unreachable('away'));
  scoreBoth(4, 3);
  await grading.save(false);
  await timers.pass(1000);
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'retrying', at: 3000 });
  await timers.pass(2000);
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'retrying', at: 7000 });
  grading.retry();
  await settled();
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'saved' });
});

test('work on an output left unsaved is still there on return', async () => {
  host.fail = Array.from({ length: 9 }, () => new Unreachable('away'));
  scoreBoth(4, 3);
  await grading.save(false);
  await desk.go(1);
  await desk.go(-1);
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 3 });
});

test('a save that did not see the latest one shows both, and mine wins when chosen', async () => {
  const theirs = host.save('i1', { scores: { functionality: 1, aesthetics: 1 }, notes: 'other', status: 'graded' });
  scoreBoth(4, 3);
  await grading.save(true);
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'conflict', current: theirs, mine: { scores: { functionality: 4, aesthetics: 3 } } });
  expect(host.grades.get('i1')).toBe(theirs);
  await grading.keepMine('i1');
  expect(host.grades.get('i1')!.scores).toEqual({ functionality: 4, aesthetics: 3 });
});

test('in a conflict the saved state can be taken, and mine comes back by undo', async () => {
  host.save('i1', { scores: { functionality: 1, aesthetics: 1 }, notes: '', status: 'graded' });
  scoreBoth(4, 3);
  await grading.save(false);
  grading.takeTheirs('i1');
  expect(grading.form.value.scores).toEqual({ functionality: 1, aesthetics: 1 });
  await grading.undo();
  expect(host.grades.get('i1')!.scores).toEqual({ functionality: 4, aesthetics: 3 });
});

test('undo across a save goes back to the output and saves the earlier state anew', async () => {
  scoreBoth(4, 3);
  await grading.save(false);
  grading.score(aesthetics, 5);
  await grading.save(true);
  expect(desk.at.value).toBe('i2');
  await grading.undo();
  expect(desk.at.value).toBe('i1');
  expect(host.grades.get('i1')!.scores).toEqual({ functionality: 4, aesthetics: 3 });
  expect(kinds().filter((k) => k === 'grade')).toHaveLength(3);
  await grading.redo();
  expect(host.grades.get('i1')!.scores).toEqual({ functionality: 4, aesthetics: 5 });
});

test('redo while the undone state is still on its way to the host is saved after it', async () => {
  scoreBoth(4, 3);
  await grading.save(false);
  grading.score(aesthetics, 5);
  await grading.save(false);
  let resolve = () => {};
  host.hold = new Promise<void>((done) => (resolve = done));
  void grading.undo();
  await settled();
  void grading.redo();
  await settled();
  resolve();
  await settled();
  expect(host.sent.filter((s) => s.kind === 'grade').map((s) => (s.entry as { scores: Record<string, number> }).scores['aesthetics'])).toEqual([3, 5, 3, 5]);
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 5 });
});

test('undo to an incomplete state never takes a submitted grade back', async () => {
  scoreBoth(4, 3);
  await grading.save(false);
  await grading.undo();
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: null });
  expect(host.grades.get('i1')!.status).toBe('graded');
});

test('a skip sends its reason without scores', async () => {
  grading.score(functionality, 4);
  await grading.skip(' Blank here. ');
  expect(host.sent.at(-1)).toMatchObject({ kind: 'grade', entry: { status: 'skipped', notes: 'Blank here.', scores: { functionality: null, aesthetics: null } } });
  expect(desk.at.value).toBe('i2');
});

test('a flag is part of what is saved', async () => {
  scoreBoth(4, 3);
  grading.flag();
  await grading.save(false);
  expect(host.grades.get('i1')!.status).toBe('flagged');
});

test('a flag is part of the draft, and is there again on return and in a page that opens later', async () => {
  grading.score(functionality, 4);
  grading.flag();
  await timers.pass(500);
  expect(host.sent).toMatchObject([{ kind: 'draft', entry: { scores: { functionality: 4 }, flagged: true } }]);
  await desk.go(1);
  await desk.go(-1);
  expect(grading.form.value).toMatchObject({ scores: { functionality: 4 }, flagged: true });

  const later = new Desk(host.api(), timers);
  const there = new Grading(host.api(), later, timers);
  await later.start(1);
  expect(there.form.value).toMatchObject({ scores: { functionality: 4 }, flagged: true });
});

test('a flag that was taken out of a saved grade stays out in its draft', async () => {
  scoreBoth(4, 3);
  grading.flag();
  await grading.save(false);
  grading.flag();
  await timers.pass(500);
  await desk.go(1);
  await desk.go(-1);
  expect(grading.form.value.flagged).toBe(false);
  expect(grading.changed.value).toBe(true);
});

test('a save goes to what the host says is next, and the arrows still walk in order', async () => {
  host.next = 'i3';
  scoreBoth(4, 3);
  await grading.save(true);
  expect(desk.at.value).toBe('i3');
  await desk.go(-1);
  expect(desk.at.value).toBe('i2');
});

test('what the host said is next counts only after that output, and while it is open', async () => {
  host.next = 'i1';
  scoreBoth(4, 3);
  await grading.save(true);
  expect(desk.at.value).toBe('i2');
  host.next = 'i3';
  scoreBoth(4, 3);
  await grading.save(false);
  await desk.go(1);
  await desk.next();
  expect(desk.ended.value).toBe(true);
});

test('the page begins with what the host says comes first', async () => {
  host.next = 'i2';
  const later = new Desk(host.api(), timers);
  await later.start(null);
  expect(later.at.value).toBe('i2');
});

test('by itself the page goes on 350 ms after the last score only where that is wanted', async () => {
  scoreBoth(4, 3);
  await timers.pass(400);
  expect(desk.at.value).toBe('i1');
  await desk.go(1);
  grading.autoAdvance = () => true;
  scoreBoth(2, 2);
  await timers.pass(349);
  expect(desk.at.value).toBe('i2');
  await timers.pass(1);
  expect(desk.at.value).toBe('i3');
});

test('visible seconds go with the grade', async () => {
  await timers.pass(5_000);
  desk.clock.setVisible(false);
  await timers.pass(60_000);
  desk.clock.setVisible(true);
  await timers.pass(2_000);
  scoreBoth(4, 3);
  await grading.save(false);
  expect(host.sent.at(-1)).toMatchObject({ entry: { seconds: 7 } });
});

test('a decision needs its reason', async () => {
  host.mode = 'adjudicate';
  desk = new Desk(host.api(), timers);
  grading = new Grading(host.api(), desk, timers);
  await desk.start(null);
  scoreBoth(4, 3);
  await grading.save(true);
  expect(kinds()).not.toContain('grade');
  grading.note('Ana is right.');
  await grading.save(true);
  expect(kinds()).toContain('grade');
});

test('a decision is taken back without its scores, for a reason', async () => {
  host.mode = 'adjudicate';
  desk = new Desk(host.api(), timers);
  grading = new Grading(host.api(), desk, timers);
  await desk.start(null);
  scoreBoth(4, 3);
  grading.note('Ana is right.');
  await grading.save(false);
  grading.note('');
  await grading.withdraw();
  expect(host.grades.get('i1')!.status).toBe('graded');
  grading.note('Ana was wrong.');
  await grading.withdraw();
  expect(host.grades.get('i1')).toMatchObject({ status: 'withdrawn', notes: 'Ana was wrong.', scores: { functionality: null, aesthetics: null } });
  expect(grading.form.value).toMatchObject({ notes: '', scores: { functionality: null } });
});

test('a save whose answer was lost is no conflict with itself', async () => {
  host.save('i1', { scores: { functionality: 4, aesthetics: 3 }, notes: '', status: 'graded' });
  scoreBoth(4, 3);
  await grading.save(true);
  expect(grading.saves.states.value.get('i1')).toMatchObject({ kind: 'saved' });
  expect(grading.saves.unsaved.size).toBe(0);
  expect(desk.at.value).toBe('i2');
});

test('what waited for its commit is told as committed once a later save took it along', async () => {
  host.refuses = true;
  scoreBoth(4, 3);
  await grading.save(true);
  expect(desk.pending.value).toBe(1);
  host.refuses = false;
  scoreBoth(5, 1);
  await grading.save(true);
  await settled();
  expect(desk.pending.value).toBe(0);
  await desk.openNumber(1);
  expect(desk.item.value?.grade).toMatchObject({ commit: '3fa9c1d', pending: null });
});

test('a draft that the host never heard of comes back with the page', async () => {
  let left: ReadonlyMap<string, LeftDraft> = new Map();
  const api = { ...host.api(), draft: async () => { throw new Unreachable('away'); } };
  desk = new Desk(api, timers);
  grading = new Grading(api, desk, timers);
  grading.unsent.keepLeft = (drafts) => { left = new Map(drafts); };
  await desk.start(null);
  grading.score(functionality, 4);
  grading.unsent.leave();
  await settled();
  expect(left.get('i1')).toMatchObject({ scores: { functionality: 4 }, base: '' });

  desk = new Desk(host.api(), timers);
  grading = new Grading(host.api(), desk, timers);
  grading.unsent.keepLeft = (drafts) => { left = new Map(drafts); };
  grading.unsent.resume(left);
  await desk.start(null);
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: null });
  await timers.pass(500);
  expect(host.sent).toMatchObject([{ kind: 'draft', key: 'i1', entry: { scores: { functionality: 4 } } }]);
  expect(left.size).toBe(0);
});

test('a draft left behind a save is forgotten', async () => {
  grading.unsent.resume(new Map([['i1', { scores: { functionality: 1 }, notes: '', flagged: false, base: 'v0', at: 0 }]]));
  host.save('i1', { scores: { functionality: 4, aesthetics: 3 }, notes: '', status: 'graded' });
  await desk.refresh('i1', true);
  expect(grading.form.value.scores).toEqual({ functionality: 4, aesthetics: 3 });
});

test('what is listed for another look is saved anew though nothing changed', async () => {
  scoreBoth(4, 3);
  await grading.save(false);
  desk.mark('i1', { status: 'open' });
  await grading.save(true);
  expect(kinds()).toEqual(['grade', 'grade']);
  expect(desk.items.value[0]!.status).toBe('graded');
});

test('after the last output comes the last page', async () => {
  for (let i = 0; i < 3; i++) {
    scoreBoth(4, 3);
    await grading.save(true);
  }
  expect(desk.ended.value).toBe(true);
});

test('work kept by an earlier page is saved upon the version that it saw', async () => {
  grading.resume(new Map([['i2', { work: { scores: { functionality: 5, aesthetics: 5 }, notes: '', status: 'graded', seconds: 3 }, base: '' }]]));
  await settled();
  expect(host.grades.get('i2')!.scores).toEqual({ functionality: 5, aesthetics: 5 });
});
