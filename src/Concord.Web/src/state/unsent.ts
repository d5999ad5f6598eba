import { signal } from '@preact/signals';
import type { Api } from '../api/client';
import type { Criterion, DraftEntry, Item } from '../api/types';
import type { Desk } from './desk';
import { DraftKeeper, type DraftState } from './drafts';
import { draftForm, sameForm, type Form } from './form';
import type { LeftDraft } from './kept';
import type { Saves } from './saves';
import type { Timers } from './timers';

/** What was entered and is not on the host yet, by output, and the drafts that bring it there. */
export class Unsent {
  /** Of the output on the desk. */
  readonly draft = signal<DraftState>({ kind: 'none' });

  /** Keeps in the browser what the host may not get to hear. */
  keepLeft: (drafts: ReadonlyMap<string, LeftDraft>) => void = () => {};

  readonly #desk: Desk;
  readonly #saves: Saves;
  readonly #drafts: DraftKeeper;
  readonly #timers: Timers;
  readonly #forms = new Map<string, Form>();
  readonly #left = new Map<string, LeftDraft>();

  constructor(api: Api, desk: Desk, saves: Saves, timers: Timers) {
    [this.#desk, this.#saves, this.#timers] = [desk, saves, timers];
    this.#drafts = new DraftKeeper(
      { entryOf: (key) => this.#entryOf(key), put: api.draft, report: (key, state, entry) => this.#reported(key, state, entry) },
      timers,
    );
  }

  of(key: string): Form | undefined {
    return this.#forms.get(key);
  }

  hold(key: string, form: Form): void {
    this.#forms.set(key, form);
  }

  /** What is held is to be kept as a draft. */
  keep(key: string): void {
    this.#drafts.changed(key);
  }

  /** A save takes over: no draft is sent any more. What was entered stays until it is saved. */
  stop(key: string): void {
    this.#drafts.drop(key);
  }

  forget(key: string): void {
    this.#forms.delete(key);
    this.#drafts.drop(key);
    this.#forgetLeft(key);
  }

  /** Something was saved. What was entered since stays, and becomes a draft upon it. */
  saved(key: string, form: Form | null): void {
    this.#forgetLeft(key);
    const later = this.#forms.get(key);
    if (later && (form === null || sameForm(later, form))) this.#forms.delete(key);
    else if (later) this.#drafts.changed(key);
  }

  flush(): void {
    this.#drafts.flush();
  }

  /** The page goes away, or is hidden: nobody may be there when the host answers, or the host may not be. */
  leave(): void {
    for (const key of this.#forms.keys()) {
      const entry = this.#entryOf(key);
      if (entry && !this.#saves.unsaved.has(key)) this.#left.set(key, { ...entry, at: this.#timers.now() });
    }
    this.keepLeft(this.#left);
    this.#drafts.flush(true);
  }

  /** Drafts of pages that went away. */
  resume(left: ReadonlyMap<string, LeftDraft>): void {
    for (const [key, draft] of left) this.#left.set(key, draft);
  }

  /** What an earlier page entered last, where the host has not heard of it. */
  takeLeft(item: Item, criteria: readonly Criterion[], shown: Form): Form | null {
    const left = this.#left.get(item.key);
    if (!left || this.#forms.has(item.key)) return null;
    const form = draftForm(criteria, left);
    const newer = left.base === (item.grade?.version ?? '') && (item.draft === null || Date.parse(item.draft.saved_at) < left.at);
    if (newer && !sameForm(form, shown)) return form;
    this.#forgetLeft(item.key);
    return null;
  }

  #forgetLeft(key: string): void {
    if (this.#left.delete(key)) this.keepLeft(this.#left);
  }

  #entryOf(key: string): DraftEntry | null {
    const form = this.#forms.get(key);
    return form ? { ...form, base: this.#saves.versionOf(key) ?? '' } : null;
  }

  #reported(key: string, state: DraftState, entry: DraftEntry | null): void {
    if (key === this.#desk.at.value) this.draft.value = state;
    if (state.kind !== 'kept' || !entry) return;
    this.#desk.patch(key, { draft: { ...entry, saved_at: new Date(state.at).toISOString() } });
    if (this.#desk.items.value.find((i) => i.key === key)?.status === 'open') this.#desk.mark(key, { status: 'draft' });
    const form = this.#forms.get(key);
    if (!form || !sameForm(form, entry)) return;
    this.#forms.delete(key);
    this.#forgetLeft(key);
  }
}
