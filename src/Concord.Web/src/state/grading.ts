import { batch, computed, signal } from '@preact/signals';
import type { Api } from '../api/client';
import type { Criterion, Grade, GradeStatus, Item, SavedGrade } from '../api/types';
import type { Desk } from './desk';
import { difference, draftForm, emptyForm, formOfGrade, formOfItem, formOfWork, isStale, missing, sameForm, statusOf, withScore, type Form } from './form';
import { History, type Step } from './history';
import type { KeptWork } from './kept';
import type { Work } from './saver';
import { Saves } from './saves';
import { choices, halfOf, objection, valueOfDigit } from './scale';
import type { Timers } from './timers';
import { Unsent } from './unsent';

/** After the last score, where the person wants it. */
const advanceAfter = 350;
/** A save that takes longer goes on behind the next output: a slow disk or hook shall not hold a person up. */
const patience = 300;

/** What a person does to the output on the desk: scores, notes, drafts, saves, undo. */
export class Grading {
  readonly form = signal<Form>({ scores: {}, notes: '', flagged: false });
  /** The criterion in focus; as many as there are criteria: the notes. `asked` counts up when the browser's focus shall follow. */
  readonly focus = signal({ index: 0, asked: 0 });
  readonly saves: Saves;
  readonly unsent: Unsent;
  /** A draft that did not see the saved grade. */
  readonly stale = signal<Form | null>(null);
  /** For people and for the live region: why nothing happened, what undo changed. */
  readonly said = signal('');
  /** The output that is saved and then left; null: none. */
  readonly turning = signal<string | null>(null);
  /** Between two outputs: the one on screen is done with, the next one is not there. */
  readonly between = computed(() => this.turning.value !== null || this.#desk.loading.value);
  readonly revealed = signal<{ readonly number: number; readonly model: string } | null>(null);
  readonly saved = computed(() => formOfGrade(this.criteria, this.#desk.item.value?.grade ?? null));
  readonly changed = computed(() => !sameForm(this.form.value, this.saved.value));

  autoAdvance: () => boolean = () => false;
  told: (key: string) => void = () => {};

  readonly #desk: Desk;
  readonly #timers: Timers;
  readonly #history = new History();
  #advance: (() => void) | null = null;

  constructor(api: Api, desk: Desk, timers: Timers) {
    this.#desk = desk;
    this.#timers = timers;
    this.saves = new Saves(api, timers);
    this.saves.stored = (key, result, work) => this.#stored(key, result, work);
    this.saves.again = (key, grade) => this.#again(key, grade);
    this.saves.say = (text) => this.say(text);
    this.unsent = new Unsent(api, desk, this.saves, timers);
    desk.opened = (item) => this.#opened(item);
    desk.leaving = () => this.#leaving();
    desk.inHand = (key) => this.saves.isFlying(key);
  }

  get criteria(): readonly Criterion[] {
    return this.#desk.session.value?.benchmark.criteria ?? [];
  }

  score(criterion: Criterion, value: number | null): void {
    const why = value === null ? null : objection(criterion.scale, value);
    if (why) return this.say(why);
    this.#edit(withScore(this.form.value, criterion.id, value), criterion.id);
    const fresh = (this.#desk.item.value?.grade ?? null) === null;
    if (fresh && value !== null && this.autoAdvance() && missing(this.criteria, this.form.value).length === 0)
      this.#advance = this.#timers.after(advanceAfter, () => void this.save(true));
  }

  scoreDigit(digit: number): void {
    const criterion = this.criteria[this.focus.value.index];
    if (!criterion) return;
    const value = valueOfDigit(criterion.scale, digit);
    if (value !== null) {
      this.score(criterion, value);
      this.turnTo(this.focus.value.index);
    } else if (choices(criterion.scale)) this.say(`${criterion.title} goes from ${criterion.scale.min} to ${criterion.scale.max}.`);
  }

  half(): void {
    const criterion = this.criteria[this.focus.value.index];
    const value = criterion ? halfOf(criterion.scale, this.form.value.scores[criterion.id] ?? null) : null;
    if (criterion && value !== null) this.score(criterion, value);
  }

  note(notes: string): void {
    this.#edit({ ...this.form.value, notes }, 'notes');
  }

  flag(): void {
    this.#edit({ ...this.form.value, flagged: !this.form.value.flagged }, 'flag');
    this.say(this.form.value.flagged ? 'Flagged: it will ask for another look once saved.' : 'No longer flagged.');
  }

  /** Moves to another criterion; `ask`: the browser's focus follows. */
  turnTo(index: number, ask = true): void {
    const bounded = Math.max(0, Math.min(this.criteria.length, index));
    const { index: old, asked } = this.focus.value;
    if (ask || bounded !== old) this.focus.value = { index: bounded, asked: ask ? asked + 1 : asked };
  }

  async undo(): Promise<void> {
    const step = this.#history.undo();
    await this.#travel(step, step?.before, 'Undone', 'There is nothing to undo.');
  }

  async redo(): Promise<void> {
    const step = this.#history.redo();
    await this.#travel(step, step?.after, 'Done again', 'There is nothing to redo.');
  }

  /** Saves what is entered; `next`: and turns to the next output once it is safe. */
  async save(next: boolean): Promise<void> {
    const gaps = missing(this.criteria, this.form.value);
    if (gaps.length > 0) return this.#incomplete(gaps, next);
    const lead = this.#desk.session.value?.mode === 'adjudicate';
    if (lead && this.form.value.notes.trim() === '') {
      this.turnTo(this.criteria.length);
      return this.say('A decision needs its reason.');
    }
    await this.#send(statusOf(this.form.value), next);
  }

  /** Leaves the output without scores, for a reason. */
  async skip(reason: string): Promise<void> {
    this.#edit({ ...emptyForm(this.criteria), notes: reason.trim() }, 'skip');
    await this.#send('skipped', true);
  }

  /** A lead takes a decision back, for a reason. */
  async withdraw(): Promise<void> {
    if (this.form.value.notes.trim() === '') {
      this.turnTo(this.criteria.length);
      return this.say('Taking a decision back needs its reason.');
    }
    await this.#send('withdrawn', false);
  }

  retry(): void {
    this.saves.retry();
    this.unsent.flush();
  }

  /** What another window saved is in the way: this one's state is saved upon it. */
  async keepMine(key: string): Promise<void> {
    const dispute = this.saves.dispute(key);
    if (!dispute) return;
    this.#adopt(key, dispute.current);
    await this.saves.save(key, dispute.mine);
  }

  /** … or given up for it. It stays within reach of undo. */
  takeTheirs(key: string): void {
    const current = this.saves.dispute(key)?.current;
    if (!current) return;
    this.unsent.forget(key);
    this.#adopt(key, current);
    this.saves.yieldTo(key, current);
    if (this.#desk.at.value !== key) return;
    const theirs = formOfGrade(this.criteria, current);
    this.#history.push({ key, before: this.form.value, after: theirs, field: 'conflict', at: this.#timers.now() });
    this.form.value = theirs;
  }

  useStaleDraft(use: boolean): void {
    const draft = this.stale.value;
    this.stale.value = null;
    if (draft && use) this.#edit(draft, 'draft');
  }

  /** Another tab saved this output. */
  async heard(key: string): Promise<void> {
    const mine = this.#desk.at.value === key && this.changed.value;
    if (mine || this.saves.unsaved.has(key)) {
      this.say('This output was saved in another window. Saving here will show both.');
      return;
    }
    const item = await this.#desk.refresh(key, true);
    if (item) this.#desk.mark(key, { status: item.grade?.status ?? 'open' });
    if (this.#desk.at.value === key) this.say('Saved in another window; this is what was saved.');
  }

  /** Work of an earlier page that was never saved. */
  resume(kept: ReadonlyMap<string, KeptWork>): void {
    for (const [key, work] of kept) {
      this.unsent.hold(key, formOfWork(work.work));
      this.saves.resume(key, work);
    }
  }

  say(text: string): void {
    this.said.value = text;
  }

  async #send(status: GradeStatus, next: boolean): Promise<void> {
    const key = this.#desk.at.value;
    const item = this.#desk.item.value;
    if (key === null || item?.key !== key) return;
    this.#stopAdvance();
    this.say('');
    // Listed otherwise: there is a draft of the same, or a review asks for another look. Then the same is a new word.
    const listed = this.#desk.items.value.find((i) => i.key === key)?.status;
    const same = item.grade?.status === status && listed === status && !this.changed.value && !this.saves.unsaved.has(key);
    this.unsent.stop(key);
    if (next) this.turning.value = key;
    try {
      if (!same) {
        const form = status === 'withdrawn' ? { ...emptyForm(this.criteria), notes: this.form.value.notes } : this.form.value;
        const work = { scores: form.scores, notes: form.notes, status, seconds: this.#desk.clock.seconds(key) };
        const saving = this.saves.save(key, work);
        const done = await (next ? this.#within(saving) : saving);
        if (!done || this.#desk.at.value !== key) return;
      }
      if (next) await this.#desk.next();
    } finally {
      if (this.turning.value === key) this.#stay(key);
    }
  }

  /** True once it is saved, or when it takes too long to wait for and there is something else to grade. */
  async #within(saving: Promise<boolean>): Promise<boolean> {
    let stop = () => {};
    const late = new Promise<'late'>((tell) => (stop = this.#timers.after(patience, () => tell('late'))));
    const first = await Promise.race([saving, late]);
    stop();
    return first !== 'late' || !this.#desk.following ? await saving : true;
  }

  /** The next output did not come: the work is still on screen. */
  #stay(key: string): void {
    batch(() => {
      this.turning.value = null;
      if (this.#desk.at.value === key) this.turnTo(this.focus.value.index);
    });
  }

  #edit(form: Form, field: string): void {
    const key = this.#desk.at.value;
    this.#stopAdvance();
    if (key === null || this.#desk.item.value?.key !== key || sameForm(form, this.form.value)) return;
    this.#history.push({ key, before: this.form.value, after: form, field, at: this.#timers.now() });
    this.#set(key, form);
    this.unsent.keep(key);
  }

  #set(key: string, form: Form): void {
    this.said.value = '';
    this.form.value = form;
    this.unsent.hold(key, form);
  }

  async #travel(step: Step | null, form: Form | undefined, word: string, nothing: string): Promise<void> {
    this.#stopAdvance();
    if (!step || !form) return this.say(nothing);
    await this.#desk.open(step.key);
    const item = this.#desk.item.value;
    if (item?.key !== step.key) return;
    const what = difference(this.criteria, this.form.value, form);
    this.#set(step.key, form);
    // What was saved once, or is about to be, is saved anew, as a further state; what is not complete stays a draft beside it.
    const flying = this.saves.unsaved.has(step.key);
    const differs = flying || (item.grade !== null && this.changed.value);
    if (differs && missing(this.criteria, form).length === 0) await this.save(false);
    else this.unsent.keep(step.key);
    this.say(`${word} on output ${item.number}: ${what || 'no difference'}.`);
  }

  #incomplete(gaps: readonly Criterion[], next: boolean): void {
    this.unsent.flush();
    this.turnTo(this.criteria.indexOf(gaps[0]!));
    const names = gaps.map((c) => c.title).join(', ');
    this.say(next ? `Score ${names} first, or skip this output.` : `Kept as a draft; ${names} ${gaps.length > 1 ? 'have' : 'has'} no score yet.`);
  }

  #opened(item: Item): void {
    this.turning.value = null;
    const entered = this.unsent.of(item.key);
    // It still builds upon the version that it began from.
    if (!entered || this.saves.versionOf(item.key) === null) this.saves.saw(item.key, item.grade?.version ?? '');
    this.form.value = entered ?? formOfItem(this.criteria, item);
    const left = this.unsent.takeLeft(item, this.criteria, this.form.value);
    if (left) {
      this.#set(item.key, left);
      this.unsent.keep(item.key);
    }
    const stale = item.draft && isStale(item) ? draftForm(this.criteria, item.draft) : null;
    this.stale.value = stale && !sameForm(stale, this.form.value) ? stale : null;
    this.unsent.draft.value = item.draft && !isStale(item) ? { kind: 'kept', at: Date.parse(item.draft.saved_at) } : { kind: 'none' };
    const first = missing(this.criteria, this.form.value)[0];
    this.turnTo(first ? this.criteria.indexOf(first) : 0);
  }

  #leaving(): void {
    this.#stopAdvance();
    this.unsent.flush();
    this.said.value = '';
    this.stale.value = null;
  }

  #stored(key: string, result: SavedGrade, work: Work): void {
    this.#adopt(key, result.grade);
    this.#desk.mark(key, result.item);
    const waited = this.#desk.pending.value > result.pending;
    this.#desk.pending.value = result.pending;
    if (waited) this.#desk.committed();
    this.#desk.follows(key, result.next);
    this.told(key);
    // The host is back.
    if (this.#desk.problem.value) this.#desk.retry();
    this.unsent.saved(key, work.status === 'withdrawn' ? null : formOfWork(work));
    if (work.status === 'withdrawn' && this.#desk.at.value === key) this.form.value = emptyForm(this.criteria);
    void this.#showRevealed(key);
  }

  /** What an earlier attempt saved, whose answer was lost on its way. */
  #again(key: string, grade: Grade): SavedGrade {
    const needs = this.#desk.items.value.find((item) => item.key === key)?.needs ?? 0;
    const pending = Math.max(this.#desk.pending.value, grade.pending === null ? 0 : 1);
    return { grade, item: { status: grade.status, needs }, pending, next: this.#desk.following?.key ?? null };
  }

  async #showRevealed(key: string): Promise<void> {
    const item = await this.#desk.refresh(key, false);
    if (item?.revealed) this.revealed.value = { number: item.number, model: item.revealed.model };
  }

  #adopt(key: string, grade: Grade): void {
    this.saves.saw(key, grade.version);
    this.#desk.patch(key, { grade, draft: null });
  }

  #stopAdvance(): void {
    this.#advance?.();
    this.#advance = null;
  }
}
