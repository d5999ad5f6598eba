import type { Api } from '../src/api/client';
import { Conflict } from '../src/api/failures';
import type { Criterion, Draft, Grade, GradeEntry, Item, Session } from '../src/api/types';
import type { Timers } from '../src/state/timers';

/** A clock that only moves when told. */
export class FakeTimers implements Timers {
  #now = 0;
  #tasks: { at: number; run: () => void }[] = [];

  now = () => this.#now;

  after(ms: number, run: () => void): () => void {
    const task = { at: this.#now + ms, run };
    this.#tasks.push(task);
    return () => { this.#tasks = this.#tasks.filter((t) => t !== task); };
  }

  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = this.#tasks.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#tasks = this.#tasks.filter((t) => t !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
    await settled();
  }
}

export const settled = async () => { for (let i = 0; i < 20; i++) await Promise.resolve(); };

const scale = { min: 0, max: 5, step: 1, level: 'ordinal' } as const;
export const criteria: readonly Criterion[] = ['functionality', 'aesthetics'].map((id) => ({
  id, title: id[0]!.toUpperCase() + id.slice(1), question: '?', weight: 1, scale, anchors: { 0: 'Bad', 5: 'Good' },
}));

/** The wire's other end: three outputs, versions, conflicts; `fail` makes the next writes fail with that error. */
export class FakeHost {
  readonly grades = new Map<string, Grade>();
  readonly drafts = new Map<string, Draft>();
  /** What the host says comes next; null: nothing. */
  next: string | null = null;
  readonly sent: { kind: 'draft' | 'grade'; key: string; entry: unknown }[] = [];
  fail: Error[] = [];
  mode: Session['mode'] = 'grade';
  /** Its hook refuses: grades are on disk alone. */
  refuses = false;
  /** Set: writes wait until it is called. */
  hold: Promise<void> | null = null;

  save(key: string, entry: Omit<GradeEntry, 'base' | 'seconds'>): Grade {
    const grade: Grade = { ...entry, version: `v${this.grades.size + this.sent.length + 1}`, saved_at: '2026-11-21T14:02:11Z', commit: this.refuses ? null : '3fa9c1d', pending: this.refuses ? 'a hook says no' : null };
    this.grades.set(key, grade);
    this.drafts.delete(key);
    return grade;
  }

  api(): Api {
    const item = (key: string): Item => ({
      key, number: Number(key.slice(1)), challenge: { key: 'c', title: 'C', kind: 'k', prompt: '', guidelines: null, viewport: { width: 800, height: 600 } },
      entry: null, preview: null, screenshot: null, files: [], starter: [], others: [], grade: this.grades.get(key) ?? null, draft: this.drafts.get(key) ?? null, reason: null, revealed: null, peers: null, agreement: null,
    });
    return {
      session: async () => ({
        benchmark: { name: 'b', title: 'B', criteria }, grader: { id: 'g', name: 'g' }, mode: this.mode, session: 's', preview_origin: '', overlap: 3, reveals: false,
        auto_advance: false, commits: true, can_submit: false, challenges: [{ key: 'c', title: 'C', kind: 'k' }], pending: 0, next: this.next,
        items: ['i1', 'i2', 'i3'].map((key, i) => ({ key, challenge: 'c', number: i + 1, status: 'open' as const, needs: 1 })),
      }),
      item: async (key) => item(key),
      files: async () => [],
      draft: async (key, entry) => { this.sent.push({ kind: 'draft', key, entry }); this.drafts.set(key, { ...entry, saved_at: '2026-11-21T14:02:00Z' }); },
      grade: async (key, entry) => {
        if (this.hold) await this.hold;
        const failure = this.fail.shift();
        if (failure) throw failure;
        const current = this.grades.get(key);
        if (entry.base !== (current?.version ?? '')) throw new Conflict(current!);
        this.sent.push({ kind: 'grade', key, entry });
        const grade = this.save(key, entry);
        if (!this.refuses) for (const [other, one] of this.grades) this.grades.set(other, { ...one, commit: '3fa9c1d', pending: null });
        return { grade: this.grades.get(key)!, item: { status: grade.status, needs: 0 }, pending: [...this.grades.values()].filter((g) => g.commit === null).length, next: this.next };
      },
      commit: async () => ({ pending: 0 }),
      summary: async () => ({ graded: 0, skipped: 0, flagged: 0, seconds: 0, left: 0, can_submit: false, agreement: [] }),
      submit: async () => ({ url: null, pushed: true, message: '' }),
      submitStep: async () => null,
    };
  }
}
