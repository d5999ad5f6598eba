import type { ChallengeName, ItemStatus, QueueItem } from '../api/types';

const done: ReadonlySet<ItemStatus> = new Set(['graded', 'skipped', 'flagged']);

export const isDone = (item: QueueItem): boolean => done.has(item.status);

/** The next output that is not done, after the given one and round the end; null where none is left. `inHand`: those that count as done. */
export function nextOpen(items: readonly QueueItem[], key: string | null, inHand: (key: string) => boolean = () => false): QueueItem | null {
  const from = items.findIndex((item) => item.key === key);
  for (let i = 1; i <= items.length; i++) {
    const item = items[(from + i) % items.length]!;
    if (!isDone(item) && item.key !== key && !inHand(item.key)) return item;
  }
  return null;
}

/** The neighbour in the order; null past either end. */
export function neighbour(items: readonly QueueItem[], key: string, by: 1 | -1): QueueItem | null {
  const index = items.findIndex((item) => item.key === key);
  return index < 0 ? null : (items[index + by] ?? null);
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Not done by this grader, and one grader short of the overlap. */
  readonly last: number;
}

export function progress(items: readonly QueueItem[]): Progress {
  return {
    done: items.filter(isDone).length,
    total: items.length,
    last: items.filter((item) => !isDone(item) && item.needs === 1).length,
  };
}

/** `7 of 24, 3 need a third grader`. */
export function progressText(items: readonly QueueItem[], overlap: number): string {
  const { done: count, total, last } = progress(items);
  const base = `${count} of ${total}`;
  if (last === 0) return base;
  return `${base}, ${last} ${last === 1 ? 'needs' : 'need'} a ${overlap > 1 ? `${ordinal(overlap)} ` : ''}grader`;
}

export interface ChallengeQueue {
  readonly challenge: ChallengeName;
  readonly items: readonly QueueItem[];
  readonly left: number;
}

/** The challenges in the order in which their first outputs come. */
export function byChallenge(challenges: readonly ChallengeName[], items: readonly QueueItem[]): readonly ChallengeQueue[] {
  const groups = grouped(items);
  return [...groups].flatMap(([key, own]) => {
    const challenge = challenges.find((c) => c.key === key);
    return challenge ? [{ challenge, items: own, left: own.filter((item) => !isDone(item)).length }] : [];
  });
}

export function withStatus(items: readonly QueueItem[], key: string, change: Partial<QueueItem>): readonly QueueItem[] {
  return items.map((item) => (item.key === key ? { ...item, ...change } : item));
}

function grouped(items: readonly QueueItem[]): Map<string, QueueItem[]> {
  const groups = new Map<string, QueueItem[]>();
  for (const item of items) groups.set(item.challenge, [...(groups.get(item.challenge) ?? []), item]);
  return groups;
}

function ordinal(n: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'][n - 1] ?? `${n}th`;
}
