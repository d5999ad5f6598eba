export interface Word {
  readonly kind: 'saved';
  readonly key: string;
}

/** Tells this session's other tabs what was saved. Without BroadcastChannel the host's versions still guard every save. */
export class TabChannel {
  readonly #channel: BroadcastChannel | null;

  constructor(session: string, hear: (word: Word) => void) {
    this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`concord.${session}`);
    if (this.#channel) this.#channel.onmessage = (event: MessageEvent<Word>) => hear(event.data);
  }

  say(word: Word): void {
    this.#channel?.postMessage(word);
  }
}
