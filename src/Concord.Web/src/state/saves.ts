import { signal } from '@preact/signals';
import type { Api } from '../api/client';
import { Conflict } from '../api/failures';
import type { Grade, GradeEntry, SavedGrade } from '../api/types';
import { formOfWork, sameForm } from './form';
import type { KeptWork } from './kept';
import { Saver, type SaveState, type Work } from './saver';
import type { Timers } from './timers';

/** What became of each output's saves: the version that was seen, what is under way, what two windows dispute. */
export class Saves {
  readonly states = signal<ReadonlyMap<string, SaveState>>(new Map());

  /** A grade is safe. */
  stored: (key: string, result: SavedGrade, work: Work) => void = () => {};
  /** What is saved already, as the host would have told it. */
  again: (key: string, grade: Grade) => SavedGrade = () => { throw new Error('Nobody listens.'); };
  /** Why a grade was not taken. */
  say: (text: string) => void = () => {};
  keep: (work: ReadonlyMap<string, KeptWork>) => void = () => {};

  readonly #saver: Saver;
  readonly #versions = new Map<string, string>();

  constructor(api: Api, timers: Timers) {
    this.#saver = new Saver(
      {
        baseOf: (key) => this.versionOf(key) ?? '',
        put: (key, entry) => api.grade(key, entry).catch((error: unknown) => this.#savedAlready(key, entry, error)),
        saved: (key, result, work) => {
          this.saw(key, result.grade.version);
          this.stored(key, result, work);
        },
        report: (key, state) => this.#report(key, state),
      },
      timers,
    );
  }

  get unsaved(): ReadonlyMap<string, Work> {
    return this.#saver.unsaved;
  }

  /** Whether an output's work is on its way. */
  isFlying(key: string): boolean {
    return this.#saver.isFlying(key);
  }

  /** The version that the form of an output builds upon; null where it was never opened. */
  versionOf(key: string): string | null {
    return this.#versions.get(key) ?? null;
  }

  saw(key: string, version: string): void {
    this.#versions.set(key, version);
  }

  /** Ends with the first attempt: true where the work is saved. */
  save(key: string, work: Work): Promise<boolean> {
    return this.#saver.save(key, work);
  }

  retry(): void {
    this.#saver.retry();
  }

  /** Two people's, or two windows', states of one output; null where there is one alone. */
  dispute(key: string): { readonly current: Grade; readonly mine: Work } | null {
    const state = this.states.value.get(key);
    return state?.kind === 'conflict' ? state : null;
  }

  /** What was saved elsewhere is taken, and what is here given up. */
  yieldTo(key: string, current: Grade): void {
    this.#saver.forget(key);
    this.saw(key, current.version);
    this.states.value = new Map(this.states.value).set(key, { kind: 'saved', grade: current });
    this.#remember();
  }

  /** Work of an earlier page that was never saved. */
  resume(key: string, { work, base }: KeptWork): void {
    this.saw(key, base);
    void this.#saver.save(key, work);
  }

  /** The answer to an earlier attempt was lost on its way: what is saved is what is sent again. */
  #savedAlready(key: string, entry: GradeEntry, error: unknown): SavedGrade {
    if (!(error instanceof Conflict) || !isSaved(error.current, entry)) throw error;
    return this.again(key, error.current);
  }

  #report(key: string, state: SaveState): void {
    this.states.value = new Map(this.states.value).set(key, state);
    if (state.kind === 'invalid') this.say(state.problems.map((p) => `${p.message} ${p.remedy}`).join(' '));
    this.#remember();
  }

  #remember(): void {
    this.keep(new Map([...this.unsaved].map(([key, work]) => [key, { work, base: this.versionOf(key) ?? '' }] as const)));
  }
}

function isSaved(grade: Grade, entry: GradeEntry): boolean {
  return grade.status === entry.status && sameForm(formOfWork(grade), formOfWork(entry));
}
