import { Conflict, Invalid, Refused, Unreachable } from '../api/failures';
import type { FieldProblem, Grade, GradeEntry, Problem, SavedGrade } from '../api/types';
import type { Timers } from './timers';

/** A grade to save, without the version that it builds upon: that is known when it is sent. */
export type Work = Omit<GradeEntry, 'base'>;

export type SaveState =
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly grade: Grade }
  | { readonly kind: 'retrying'; readonly because: string; readonly remedy: string | null; readonly at: number }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }
  | { readonly kind: 'conflict'; readonly current: Grade; readonly mine: Work };

export interface SaveDoor {
  baseOf(key: string): string;
  put(key: string, entry: GradeEntry): Promise<SavedGrade>;
  /** Called before the state is reported, so that the version is known to the next save. */
  saved(key: string, result: SavedGrade, work: Work): void;
  report(key: string, state: SaveState): void;
}

const firstWait = 1_000;
const longestWait = 30_000;

interface Job {
  work: Work;
  /** Replaces `work` when the answer is there. */
  next: Work | null;
  flying: boolean;
  failures: number;
  cancel: (() => void) | null;
}

/** Saves grades, one at a time for each output; keeps what could not be saved and tries again. The latest state wins. */
export class Saver {
  readonly #door: SaveDoor;
  readonly #timers: Timers;
  readonly #jobs = new Map<string, Job>();

  constructor(door: SaveDoor, timers: Timers) {
    this.#door = door;
    this.#timers = timers;
  }

  /** Ends with the first attempt: true where the work is saved. */
  async save(key: string, work: Work): Promise<boolean> {
    const job = this.#jobs.get(key);
    if (job?.flying) {
      job.next = work;
      return false;
    }
    job?.cancel?.();
    const fresh: Job = { work, next: null, flying: false, failures: 0, cancel: null };
    this.#jobs.set(key, fresh);
    return await this.#attempt(key, fresh);
  }

  /** Tries everything that waits, now: the network is back, or a person asks. */
  retry(): void {
    for (const [key, job] of this.#jobs) if (!job.flying) void this.#attempt(key, job);
  }

  /** Whether an output's work is on its way. */
  isFlying(key: string): boolean {
    return this.#jobs.get(key)?.flying ?? false;
  }

  /** Work that is not saved yet, by output. */
  get unsaved(): ReadonlyMap<string, Work> {
    return new Map([...this.#jobs].map(([key, job]) => [key, job.next ?? job.work]));
  }

  /** The person chose otherwise: this work is not to be saved any more. */
  forget(key: string): void {
    this.#jobs.get(key)?.cancel?.();
    this.#jobs.delete(key);
  }

  async #attempt(key: string, job: Job): Promise<boolean> {
    job.cancel?.();
    job.cancel = null;
    job.flying = true;
    this.#door.report(key, { kind: 'saving' });
    const work = job.work;
    try {
      const result = await this.#door.put(key, { ...work, base: this.#door.baseOf(key) });
      job.flying = false;
      this.#door.saved(key, result, work);
      if (job.next) {
        Object.assign(job, { work: job.next, next: null, failures: 0 });
        return await this.#attempt(key, job);
      }
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
      this.#door.report(key, { kind: 'saved', grade: result.grade });
      return true;
    } catch (error) {
      job.flying = false;
      if (job.next) Object.assign(job, { work: job.next, next: null });
      this.#door.report(key, this.#failed(key, job, error));
      return false;
    }
  }

  #failed(key: string, job: Job, error: unknown): SaveState {
    if (error instanceof Conflict) return { kind: 'conflict', current: error.current, mine: job.work };
    if (error instanceof Invalid) return { kind: 'invalid', problems: error.problems };
    if (error instanceof Refused && !error.again) return { kind: 'refused', problem: error.problem };
    const wait = Math.min(longestWait, firstWait * 2 ** job.failures++);
    job.cancel = this.#timers.after(wait, () => {
      if (this.#jobs.get(key) === job && !job.flying) void this.#attempt(key, job);
    });
    const known = error instanceof Refused || error instanceof Unreachable;
    return {
      kind: 'retrying',
      because: known ? error.message : 'Something unforeseen went wrong.',
      remedy: error instanceof Refused ? error.problem.remedy : null,
      at: this.#timers.now() + wait,
    };
  }
}
