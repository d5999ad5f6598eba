import { batch, computed, signal } from '@preact/signals';
import type { Api } from '../api/client';
import { Refused } from '../api/failures';
import type { Item, Problem, QueueItem, Session } from '../api/types';
import { VisibleClock } from './clock';
import { isDone, neighbour, nextOpen, withStatus } from './queue';
import type { Timers } from './timers';

/** What is there already appears at once; else the frame stays or comes first, and says that it is loading. */
const patience = 60;

const open = (items: readonly QueueItem[], key: string | null): QueueItem | null => items.find((item) => item.key === key && !isDone(item)) ?? null;

/** Which output lies on the desk: the session, its queue, the output open now, and what was fetched ahead. */
export class Desk {
  readonly session = signal<Session | null>(null);
  readonly items = signal<readonly QueueItem[]>([]);
  /** The key of the output on screen; null before the first and on the last page. */
  readonly at = signal<string | null>(null);
  readonly item = signal<Item | null>(null);
  readonly ended = signal(false);
  readonly pending = signal(0);
  readonly problem = signal<Problem | null>(null);
  /** Another output was asked for, and is not there yet. */
  readonly loading = computed(() => this.at.value !== null && this.item.value?.key !== this.at.value && this.problem.value === null);
  readonly clock: VisibleClock;

  /** An output comes onto the desk, or a newer form of it. */
  opened: (item: Item) => void = () => {};
  /** The output on the desk is about to be left. */
  leaving: () => void = () => {};
  /** What is being saved right now is not gone back to as if it were open. */
  inHand: (key: string) => boolean = () => false;

  readonly #api: Api;
  readonly #timers: Timers;
  readonly #cache = new Map<string, Promise<Item>>();
  #ahead: (() => void) | null = null;
  #told: { readonly key: string; readonly next: string | null } | null = null;

  constructor(api: Api, timers: Timers) {
    this.#api = api;
    this.#timers = timers;
    this.clock = new VisibleClock(timers.now);
  }

  async start(number: number | null): Promise<void> {
    await this.#trying(async () => {
      const session = await this.#api.session();
      const first = session.items.find((item) => item.number === number) ?? open(session.items, session.next) ?? nextOpen(session.items, null);
      // The frame and what belongs into it are drawn at once; a slow disk is not waited for.
      const item = first && (await Promise.race([this.#fetch(first.key).catch(() => null), this.#later(patience)]));
      this.session.value = session;
      this.items.value = session.items;
      this.pending.value = session.pending;
      if (first) await this.open(first.key, item);
      else this.end();
    });
  }

  /** Turns to an output. `there`: it is fetched already, and shown before anything else is drawn. */
  async open(key: string, there: Item | null = null): Promise<void> {
    if (this.at.value === key && !this.ended.value && this.item.value) return;
    this.leaving();
    batch(() => {
      this.at.value = key;
      this.ended.value = false;
      this.problem.value = null;
    });
    this.clock.turnTo(key);
    if (there) return this.#show(there);
    await this.#trying(async () => {
      const loading = this.#fetch(key);
      const late = this.#timers.after(patience, () => {
        if (this.at.value === key && this.item.value?.key !== key) this.item.value = null;
      });
      const item = await loading.finally(late);
      if (this.at.value === key) this.#show(item);
    }, key);
  }

  async openNumber(number: number): Promise<void> {
    const item = this.items.value.find((i) => i.number === number);
    if (item) await this.open(item.key);
  }

  /** The neighbour in the order; past the last one comes the last page. */
  async go(by: 1 | -1): Promise<void> {
    if (this.ended.value) {
      const last = this.items.value.at(-1);
      if (by === -1 && last) await this.open(last.key);
      return;
    }
    const next = this.at.value === null ? null : neighbour(this.items.value, this.at.value, by);
    if (next) await this.open(next.key);
    else if (by === 1) this.end();
  }

  /** What the host says comes after an output: it knows what others have graded meanwhile. */
  follows(key: string, next: string | null): void {
    this.#told = { key, next };
  }

  /** The next output that is not done, or the last page. */
  async next(): Promise<void> {
    const next = this.following;
    if (next) await this.open(next.key);
    else this.end();
  }

  /** Where `next` leads; null: to the last page. */
  get following(): QueueItem | null {
    const told = this.#told?.key === this.at.value ? open(this.items.value, this.#told.next) : null;
    return told && !this.inHand(told.key) ? told : nextOpen(this.items.value, this.at.value, this.inHand);
  }

  end(): void {
    this.leaving();
    this.clock.turnTo(null);
    this.at.value = null;
    this.item.value = null;
    this.ended.value = true;
  }

  mark(key: string, change: Partial<QueueItem>): void {
    this.items.value = withStatus(this.items.value, key, change);
  }

  /** Something about an output changed here: what was fetched is brought up to date. */
  patch(key: string, change: Partial<Item>): void {
    const cached = this.#cache.get(key);
    if (cached) this.#cache.set(key, cached.then((item) => ({ ...item, ...change })));
    if (this.item.value?.key === key) this.item.value = { ...this.item.value, ...change };
  }

  /** Fetches an output anew: it was saved, here or elsewhere. `adopt`: its form too, not only what is beside it. */
  async refresh(key: string, adopt: boolean): Promise<Item | null> {
    this.#cache.delete(key);
    try {
      const item = await this.#fetch(key);
      if (this.at.value === key && this.item.value) {
        if (adopt) this.#show(item);
        else this.item.value = { ...this.item.value, revealed: item.revealed, peers: item.peers, agreement: item.agreement, reason: item.reason };
      }
      return item;
    } catch {
      // The next opening fetches it; what is on screen stays.
      return null;
    }
  }

  /** What waited for its commit has it: what was fetched or saved before tells otherwise. */
  committed(): void {
    if (!this.session.value?.commits) return;
    const here = this.item.value;
    for (const [key, loading] of this.#cache)
      void loading.then(
        async (item) => {
          if (item.grade?.commit !== null || this.#cache.get(key) !== loading) return;
          this.#cache.delete(key);
          const fresh = key === here?.key ? await this.#fetch(key) : null;
          if (fresh && fresh.grade?.version === here?.grade?.version) this.patch(key, { grade: fresh.grade });
        },
      ).catch(() => {});
  }

  retry(): void {
    this.problem.value = null;
    const key = this.at.value;
    if (this.session.value === null) void this.start(null);
    else if (key !== null) {
      this.at.value = null;
      void this.open(key);
    }
  }

  #show(item: Item): void {
    // As one: nobody sees the new output with the old one's form.
    batch(() => {
      this.problem.value = null;
      this.item.value = item;
      this.opened(item);
    });
    this.#ahead?.();
    this.#ahead = this.#timers.after(50, () => {
      const next = nextOpen(this.items.value, item.key);
      const others = ([1, -1] as const).map((by) => neighbour(this.items.value, item.key, by));
      for (const ahead of [next, ...others]) if (ahead) void this.#fetch(ahead.key).catch(() => {});
    });
  }

  #later(ms: number): Promise<null> {
    return new Promise((resolve) => this.#timers.after(ms, () => resolve(null)));
  }

  #fetch(key: string): Promise<Item> {
    const known = this.#cache.get(key);
    if (known) return known;
    const loading = this.#api.item(key);
    this.#cache.set(key, loading);
    loading.catch(() => {
      if (this.#cache.get(key) === loading) this.#cache.delete(key);
    });
    return loading;
  }

  async #trying(run: () => Promise<void>, key: string | null = null): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (key !== null && this.at.value !== key) return;
      this.item.value = null;
      this.problem.value =
        error instanceof Refused
          ? error.problem
          : {
              what: error instanceof Error ? error.message : 'The page could not be loaded.',
              where: null,
              remedy: 'See that concord grade still runs in its terminal, then try again. Nothing that was saved is lost.',
            };
    }
  }
}
