import type { Criterion, Draft, Grade, GradeEntry, GradeStatus, Item, Scores } from '../api/types';

/** What the person has entered for one output. */
export interface Form {
  readonly scores: Scores;
  readonly notes: string;
  readonly flagged: boolean;
}

export function emptyForm(criteria: readonly Criterion[]): Form {
  return { scores: Object.fromEntries(criteria.map((c) => [c.id, null])), notes: '', flagged: false };
}

export function formOfGrade(criteria: readonly Criterion[], grade: Grade | null): Form {
  if (grade === null || grade.status === 'withdrawn') return emptyForm(criteria);
  return { ...filled(criteria, grade), flagged: grade.status === 'flagged' };
}

/** The draft where it was made upon the present grade, else the grade: a save beats a draft. */
export function formOfItem(criteria: readonly Criterion[], item: Pick<Item, 'grade' | 'draft'>): Form {
  const saved = formOfGrade(criteria, item.grade);
  if (item.draft === null || isStale(item)) return saved;
  return draftForm(criteria, item.draft);
}

/** A draft that did not see the present grade. */
export function isStale(item: Pick<Item, 'grade' | 'draft'>): boolean {
  return item.draft !== null && item.draft.base !== (item.grade?.version ?? '');
}

export function draftForm(criteria: readonly Criterion[], draft: Pick<Draft, 'scores' | 'notes' | 'flagged'>): Form {
  return { ...filled(criteria, draft), flagged: draft.flagged };
}

export function withScore(form: Form, criterion: string, value: number | null): Form {
  return { ...form, scores: { ...form.scores, [criterion]: value } };
}

export function sameForm(a: Form, b: Form): boolean {
  const ids = new Set([...Object.keys(a.scores), ...Object.keys(b.scores)]);
  return (
    a.notes === b.notes && a.flagged === b.flagged && [...ids].every((id) => (a.scores[id] ?? null) === (b.scores[id] ?? null))
  );
}

/** The criteria without a score. 0 is a score. */
export function missing(criteria: readonly Criterion[], form: Form): readonly Criterion[] {
  return criteria.filter((c) => (form.scores[c.id] ?? null) === null);
}

export function statusOf(form: Form): GradeStatus {
  return form.flagged ? 'flagged' : 'graded';
}

/** "Functionality to 4", for the live region: what differs between two forms of one output. */
export function difference(criteria: readonly Criterion[], from: Form, to: Form): string {
  const parts = criteria
    .filter((c) => (from.scores[c.id] ?? null) !== (to.scores[c.id] ?? null))
    .map((c) => `${c.title} ${to.scores[c.id] === null ? 'not scored' : to.scores[c.id]}`);
  if (from.notes !== to.notes) parts.push('notes changed');
  if (from.flagged !== to.flagged) parts.push(to.flagged ? 'flagged' : 'no longer flagged');
  return parts.join(', ');
}

function filled(criteria: readonly Criterion[], source: { readonly scores: Scores; readonly notes: string }) {
  return { scores: Object.fromEntries(criteria.map((c) => [c.id, source.scores[c.id] ?? null])), notes: source.notes };
}

/** What was sent, as it stood in the form. */
export function formOfWork(work: Pick<GradeEntry, 'scores' | 'notes' | 'status'>): Form {
  return { scores: work.scores, notes: work.notes, flagged: work.status === 'flagged' };
}
