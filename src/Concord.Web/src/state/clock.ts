/** Seconds spent on each output while the page was visible. */
export class VisibleClock {
  readonly #now: () => number;
  readonly #spent = new Map<string, number>();
  #key: string | null = null;
  #since: number | null = null;
  #visible = true;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** From now on time is spent on this output; null: on none. */
  turnTo(key: string | null): void {
    this.#book();
    this.#key = key;
    this.#since = this.#visible ? this.#now() : null;
  }

  setVisible(visible: boolean): void {
    this.#book();
    this.#visible = visible;
    this.#since = visible ? this.#now() : null;
  }

  /** Whole seconds, at least 1 where any time was spent at all. */
  seconds(key: string): number {
    this.#book();
    return Math.ceil((this.#spent.get(key) ?? 0) / 1000);
  }

  #book(): void {
    if (this.#key === null || this.#since === null) return;
    const now = this.#now();
    this.#spent.set(this.#key, (this.#spent.get(this.#key) ?? 0) + Math.max(0, now - this.#since));
    this.#since = now;
  }
}
