/** Nobody clicks so soon after a key, or before having looked. */
const settled = 1_200;
const patience = 3_000;
const most = 8;

/**
 * Whether an output that has the keyboard was given it. A page does not see clicks into another site's frame: what it knows is where the
 * pointer is, when its own keys were pressed, and whether the person did anything at all lately (which a click into the frame tells too).
 */
export class FocusPolicy {
  #quietSince: number;
  #tabbed = false;
  #refusals: readonly number[] = [];

  constructor(now: number) {
    this.#quietSince = now;
  }

  /** It has loaded: what it does now is nobody's click. */
  appeared(now: number): void {
    this.#quietSince = now;
  }

  typed(key: string, now: number): void {
    this.#tabbed = key === 'Tab';
    this.#quietSince = now;
  }

  isWanted({ hovers, active, now }: { readonly hovers: boolean; readonly active: boolean; readonly now: number }): boolean {
    return this.#tabbed || (hovers && active && now - this.#quietSince >= settled);
  }

  /** It was refused once more; true where that was too often. */
  refused(now: number): boolean {
    this.#refusals = [...this.#refusals.filter((at) => now - at < patience), now];
    return this.#refusals.length >= most;
  }
}
