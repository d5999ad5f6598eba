import type { QueueItem } from '../api/types';
import type { DraftState } from './drafts';
import type { SaveState } from './saver';

export interface SavedLine {
  readonly tone: 'good' | 'quiet' | 'busy' | 'warn' | 'bad';
  readonly text: string;
  readonly commit: string | null;
  /** What to do about it: try again now, look at both states, commit what waits. */
  readonly act: { readonly kind: 'retry' | 'resolve' | 'commit'; readonly key: string | null } | null;
  /** Longer: git's or a hook's own words. */
  readonly detail: string | null;
}

export interface SavedFacts {
  readonly key: string | null;
  readonly items: readonly QueueItem[];
  readonly saves: ReadonlyMap<string, SaveState>;
  readonly draft: DraftState;
  readonly changed: boolean;
  /** The grade on the desk as it came from the host. */
  readonly grade: { readonly saved_at: string; readonly commit: string | null; readonly pending: string | null; readonly status: string } | null;
  readonly pending: number;
  readonly commits: boolean;
  readonly now: number;
}

const none = { commit: null, act: null, detail: null };

/** The one line that says what is safe. The worst comes first: another output's failed save before this one's success. */
export function savedLine(facts: SavedFacts): SavedLine {
  const { key, saves } = facts;
  const own = key === null ? undefined : saves.get(key);
  const bad = [...(own ? [[key!, own] as const] : []), ...saves].find(([, state]) => isBad(state));
  if (bad) return badLine(bad[0], bad[1], facts);
  if (own?.kind === 'saving') return { ...none, tone: 'busy', text: 'Saving …' };
  const other = [...saves].find(([, state]) => state.kind === 'saving');
  if (other) return { ...none, tone: 'busy', text: `Saving output ${facts.items.find((item) => item.key === other[0])?.number ?? ''} …` };
  if (facts.changed) return withPending(changedLine(facts), facts);
  const grade = facts.grade;
  if (grade) {
    // What is not in git is not called saved.
    if (facts.commits && (grade.pending !== null || grade.commit === null))
      return { tone: 'warn', text: `On disk ${clock(grade.saved_at)}, not committed`, commit: null, act: { kind: 'commit', key }, detail: grade.pending };
    const word = grade.status === 'skipped' ? 'Skipped' : grade.status === 'withdrawn' ? 'Taken back' : 'Saved';
    return withPending({ ...none, tone: 'good', text: `${word} ${moment(grade.saved_at, facts.now)}`, commit: grade.commit }, facts);
  }
  if (facts.pending > 0 && facts.commits)
    return { ...none, tone: 'warn', text: `${facts.pending} on disk, not committed`, act: { kind: 'commit', key: null } };
  return { ...none, tone: 'quiet', text: key === null ? 'All saved' : 'Nothing entered yet' };
}

/** Other outputs' grades that no commit has are told beside whatever this one's state is. */
function withPending(line: SavedLine, { pending, commits }: SavedFacts): SavedLine {
  if (pending === 0 || !commits || line.tone === 'bad') return line;
  return { ...line, tone: 'warn', text: `${line.text}; ${pending} on disk, not committed`, commit: null, act: line.act ?? { kind: 'commit', key: null } };
}

/** The time of day; of another day than today's the day too. */
function moment(at: string, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? clock(at) : `${new Date(at).toLocaleDateString('sv')} ${clock(at)}`;
}

/** A time of day, as the person's clock shows it. */
export function clock(at: string | number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}

function isBad(state: SaveState): boolean {
  return state.kind === 'retrying' || state.kind === 'refused' || state.kind === 'invalid' || state.kind === 'conflict';
}

function badLine(key: string, state: SaveState, facts: SavedFacts): SavedLine {
  const number = facts.items.find((item) => item.key === key)?.number;
  const which = key === facts.key || number === undefined ? '' : ` (output ${number})`;
  switch (state.kind) {
    case 'conflict':
      return { tone: 'bad', text: `Saved elsewhere too${which}`, commit: null, act: { kind: 'resolve', key }, detail: null };
    case 'invalid':
      return { tone: 'bad', text: `Not saved${which}`, commit: null, act: null, detail: state.problems.map((p) => `${p.message} ${p.remedy}`).join('\n') };
    case 'refused':
      return { tone: 'bad', text: `Not saved${which}`, commit: null, act: { kind: 'retry', key }, detail: `${state.problem.what}\n${state.problem.remedy}` };
    case 'retrying':
      return {
        tone: 'bad',
        text: `Not saved${which}, trying again at ${clock(state.at)}`,
        commit: null,
        act: { kind: 'retry', key },
        detail: [state.because, state.remedy].filter(Boolean).join('\n'),
      };
    default:
      throw new Error(`A save that is ${state.kind} is not bad.`);
  }
}

function changedLine({ draft, grade }: SavedFacts): SavedLine {
  const beside = grade ? 'Changed since saved, d' : 'D';
  switch (draft.kind) {
    case 'failed':
      return { ...none, tone: 'bad', text: 'Draft not kept, trying again', act: { kind: 'retry', key: null } };
    case 'kept':
      return { ...none, tone: 'quiet', text: `${beside}raft kept ${clock(draft.at)}` };
    default:
      return { ...none, tone: 'busy', text: 'Unsaved changes' };
  }
}
