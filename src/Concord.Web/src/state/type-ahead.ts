import { effect, untracked, type Signal } from '@preact/signals';
import type { Desk } from './desk';
import type { Grading } from './grading';
import type { Command } from './keys';

interface Parts {
  readonly desk: Desk;
  readonly grading: Grading;
  readonly dialog: Signal<unknown>;
}

/** What does not touch a grade need not wait for the output that is on its way. */
const free: ReadonlySet<Command['name']> = new Set(['go', 'view', 'prompt', 'keys']);

/** Keeps what a quick typist presses between two outputs for the output that it is meant for. */
export class TypeAhead {
  readonly #parts: Parts;
  readonly #run: (command: Command) => void;
  #held: Command[] = [];
  /** The output that is being left; while it is still there, what is held is not meant for it. */
  #from: string | null = null;

  constructor(parts: Parts, run: (command: Command) => void) {
    this.#parts = parts;
    this.#run = run;
    effect(() => {
      if (!parts.grading.between.value && parts.dialog.value === null) untracked(() => this.#release());
    });
  }

  take(command: Command): void {
    const { grading } = this.#parts;
    const waits = this.#held.length > 0 || grading.turning.value !== null || (grading.between.value && !free.has(command.name));
    if (!waits) return this.#run(command);
    this.#held.push(command);
    this.#from ??= grading.turning.value;
  }

  #release(): void {
    const { desk, grading, dialog } = this.#parts;
    while (this.#held.length > 0 && !grading.between.value && dialog.value === null) {
      const stayed = this.#from !== null && this.#from === desk.at.value;
      if (stayed || desk.problem.value !== null) {
        this.#held = [];
        grading.say([grading.said.value, 'The keys typed since were not used.'].filter(Boolean).join(' '));
      } else this.#run(this.#held.shift()!);
      this.#from = grading.turning.value;
    }
  }
}
