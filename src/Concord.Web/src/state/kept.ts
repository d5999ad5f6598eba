import type { Work } from './saver';

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Work that could not be saved, with the version that it builds upon. */
export interface KeptWork {
  readonly work: Work;
  readonly base: string;
}

/** Keeps unsaved work in the browser, so that a reload while the host is down loses nothing. */
export class KeptStore {
  readonly #store: Store | null;
  readonly #place: string;

  constructor(store: Store | null, session: string) {
    this.#store = store;
    this.#place = `concord.unsaved.${session}`;
  }

  read(): ReadonlyMap<string, KeptWork> {
    try {
      const text = this.#store?.getItem(this.#place) ?? null;
      return new Map(text === null ? [] : (JSON.parse(text) as [string, KeptWork][]));
    } catch {
      return new Map();
    }
  }

  write(work: ReadonlyMap<string, KeptWork>): void {
    try {
      if (work.size === 0) this.#store?.removeItem(this.#place);
      else this.#store?.setItem(this.#place, JSON.stringify([...work]));
    } catch {
      // The work is still on screen, and the page says that it is not saved.
    }
  }
}
