import type { DraftEntry } from '../api/types';
import type { Work } from './saver';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Work that could not be saved, with the version that it builds upon. */
export interface KeptWork {
  readonly work: Work;
  readonly base: string;
}

/** A draft whose page went away before the host had answered. */
export interface LeftDraft extends DraftEntry {
  readonly at: number;
}

/** Keeps in the browser what the host has not, each output by itself: other tabs keep theirs there too. */
export class KeptStore<T> {
  readonly #store: Store | null;
  readonly #place: string;
  readonly #own = new Map<string, string>();

  constructor(store: Store | null, kind: 'unsaved' | 'draft', session: string) {
    this.#store = store;
    this.#place = `concord.${kind}.${session}.`;
  }

  read(): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    try {
      for (let i = 0; i < (this.#store?.length ?? 0); i++) {
        const place = this.#store?.key(i) ?? '';
        const text = place.startsWith(this.#place) ? (this.#store?.getItem(place) ?? null) : null;
        if (text === null) continue;
        const key = place.slice(this.#place.length);
        found.set(key, JSON.parse(text) as T);
        this.#own.set(key, text);
      }
    } catch {
      // A torn or forbidden store is no reason not to grade.
    }
    return found;
  }

  write(work: ReadonlyMap<string, T>): void {
    try {
      for (const [key, text] of this.#own) {
        if (work.has(key)) continue;
        if (this.#store?.getItem(this.#place + key) === text) this.#store.removeItem(this.#place + key);
        this.#own.delete(key);
      }
      for (const [key, kept] of work) {
        const text = JSON.stringify(kept);
        if (this.#own.get(key) === text) continue;
        this.#store?.setItem(this.#place + key, text);
        this.#own.set(key, text);
      }
    } catch {
      // The work is still on screen, and the page says that it is not saved.
    }
  }
}
