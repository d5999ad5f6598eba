import type { FieldProblem, Grade, Problem } from './types';

/** The host did not answer, or not in its own words: worth another try. */
export class Unreachable extends Error {}

/** The host refused, and says why. `again`: the same call may succeed later (a full disk, a busy repository). */
export class Refused extends Error {
  readonly problem: Problem;
  readonly status: number;
  readonly again: boolean;

  constructor(status: number, problem: Problem) {
    super(problem.what);
    this.status = status;
    this.problem = problem;
    this.again = status >= 500;
  }
}

/** Somebody (another tab, another window) saved this output after what the page has seen. */
export class Conflict extends Error {
  readonly current: Grade;

  constructor(current: Grade) {
    super('This output was saved elsewhere.');
    this.current = current;
  }
}

/** Fields that the host does not take. */
export class Invalid extends Error {
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super(problems.map((p) => p.message).join(' '));
    this.problems = problems;
  }
}
