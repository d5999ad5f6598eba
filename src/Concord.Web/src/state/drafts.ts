import type { SendOptions } from '../api/client';
import type { DraftEntry } from '../api/types';
import type { Timers } from './timers';

export type DraftState =
  | { readonly kind: 'none' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'kept'; readonly at: number }
  | { readonly kind: 'failed' };

export interface DraftDoor {
  /** The entry as it should be sent now; null where there is nothing left to keep (it was saved). */
  entryOf(key: string): DraftEntry | null;
  put(key: string, entry: DraftEntry, options: SendOptions): Promise<void>;
  report(key: string, state: DraftState, entry: DraftEntry | null): void;
}

const delay = 500;
const again = 5_000;

/** Keeps drafts: 500 ms after a change, at once when the page goes away, one at a time for each output, never after a save. */
export class DraftKeeper {
  readonly #door: DraftDoor;
  readonly #timers: Timers;
  readonly #waiting = new Map<string, () => void>();
  readonly #flying = new Map<string, AbortController>();

  constructor(door: DraftDoor, timers: Timers) {
    this.#door = door;
    this.#timers = timers;
  }

  changed(key: string): void {
    this.#schedule(key, delay);
    this.#door.report(key, { kind: 'waiting' }, null);
  }

  /** Sends what waits, now. `keepalive`: the page may be gone before the answer. */
  flush(keepalive = false): void {
    for (const key of [...this.#waiting.keys()]) void this.#send(key, keepalive);
  }

  /** A save takes over: nothing of this output is sent any more, and what is under way is broken off. */
  drop(key: string): void {
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
    this.#flying.get(key)?.abort();
    this.#flying.delete(key);
    this.#door.report(key, { kind: 'none' }, null);
  }

  #schedule(key: string, ms: number): void {
    this.#waiting.get(key)?.();
    this.#waiting.set(
      key,
      this.#timers.after(ms, () => void this.#send(key, false)),
    );
  }

  async #send(key: string, keepalive: boolean): Promise<void> {
    if (this.#flying.has(key) && !keepalive) return this.#schedule(key, delay);
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
    const entry = this.#door.entryOf(key);
    if (entry === null) return this.#door.report(key, { kind: 'none' }, null);
    const flight = new AbortController();
    this.#flying.set(key, flight);
    try {
      await this.#door.put(key, entry, { signal: flight.signal, keepalive });
      if (!flight.signal.aborted) this.#door.report(key, { kind: 'kept', at: this.#timers.now() }, entry);
    } catch {
      if (flight.signal.aborted) return;
      this.#door.report(key, { kind: 'failed' }, null);
      if (!this.#waiting.has(key)) this.#schedule(key, again);
    } finally {
      if (this.#flying.get(key) === flight) this.#flying.delete(key);
    }
  }
}
