import type { Agreement, Criterion, Peer, Split } from '../api/types';

export interface Spread {
  readonly criterion: Criterion;
  readonly median: number | null;
  readonly range: number;
  /** Graders more than one step from the median. */
  readonly differ: ReadonlySet<string>;
  readonly words: string;
  /** How many pairs of graders agree; nothing where nobody counted. */
  readonly agreement: readonly string[];
}

/** How far the graders lie apart: as the host counted for a lead, else from their scores. */
export function spreads(criteria: readonly Criterion[], peers: readonly Peer[], agreement: Agreement | null): readonly Spread[] {
  return criteria.map((criterion) => {
    const split = agreement?.criteria.find((s) => s.criterion === criterion.id);
    return split ? spreadOfSplit(criterion, split) : spreadOf(criterion, peers);
  });
}

function spreadOfSplit(criterion: Criterion, split: Split): Spread {
  const { median, min, max, same, within_step: near } = split;
  const range = (max ?? 0) - (min ?? 0);
  const words = split.graders === 0 ? 'not scored' : split.graders === 1 ? 'one grader' : same === 1 ? 'all agree' : min === null ? 'differ' : `${number(min)} to ${number(max!)}`;
  const agreement = same === null ? ['–'] : [`${percent(same)} same`, ...(near === null || near === same ? [] : [`${percent(near)} within a step`])];
  return { criterion, median, range, differ: new Set(split.away), words, agreement };
}

/** How far peers' scores lie apart on one criterion. */
export function spreadOf(criterion: Criterion, peers: readonly Peer[]): Spread {
  const scored = peers.flatMap((peer) => {
    const score = peer.scores[criterion.id] ?? null;
    return score === null ? [] : [{ grader: peer.grader, score }];
  });
  const sorted = scored.map((s) => s.score).sort((a, b) => a - b);
  if (sorted.length === 0) return { criterion, median: null, range: 0, differ: new Set(), words: 'not scored', agreement: [] };
  const median = (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
  const range = sorted.at(-1)! - sorted[0]!;
  if (criterion.scale.level === 'nominal') return nominal(criterion, scored);
  const step = criterion.scale.step ?? (criterion.scale.max - criterion.scale.min) / 10;
  const differ = new Set(scored.filter((s) => Math.abs(s.score - median) > step + 1e-9).map((s) => s.grader));
  const words = sorted.length === 1 ? 'one grader' : range === 0 ? 'all agree' : range <= step ? 'within one step' : `${number(range)} apart`;
  return { criterion, median, range, differ, words, agreement: [] };
}

function nominal(criterion: Criterion, scored: readonly { grader: string; score: number }[]): Spread {
  const counts = new Map<number, number>();
  for (const { score } of scored) counts.set(score, (counts.get(score) ?? 0) + 1);
  const [[mode, count]] = [...counts].sort((a, b) => b[1] - a[1]) as [[number, number]];
  const differ = new Set(count * 2 > scored.length ? scored.filter((s) => s.score !== mode).map((s) => s.grader) : []);
  const words = counts.size === 1 ? 'all agree' : `${count} of ${scored.length} agree`;
  return { criterion, median: null, range: counts.size - 1, differ, words, agreement: [] };
}

const number = (value: number) => String(Math.round(value * 100) / 100);
const percent = (share: number) => `${Math.round(share * 100)} %`;
