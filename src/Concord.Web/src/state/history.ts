import type { Form } from './form';

/** One change of one output's form. */
export interface Step {
  readonly key: string;
  readonly before: Form;
  readonly after: Form;
  /** The field that changed: steps of typing in one field melt together. */
  readonly field: string;
  readonly at: number;
}

const pause = 1_000;
const longest = 1_000;

/** Undo and redo over a whole session, across outputs and saves. Nothing here reaches back into what was saved. */
export class History {
  #past: Step[] = [];
  #future: Step[] = [];

  push(step: Step): void {
    this.#future = [];
    const last = this.#past.at(-1);
    const melts = last && step.field === 'notes' && last.field === 'notes' && last.key === step.key && step.at - last.at < pause;
    if (melts) this.#past[this.#past.length - 1] = { ...step, before: last.before };
    else this.#past.push(step);
    if (this.#past.length > longest) this.#past.shift();
  }

  undo(): Step | null {
    const step = this.#past.pop();
    if (step) this.#future.push(step);
    return step ?? null;
  }

  redo(): Step | null {
    const step = this.#future.pop();
    if (step) this.#past.push({ ...step, at: 0 });
    return step ?? null;
  }
}
