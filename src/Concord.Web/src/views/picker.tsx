import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ItemStatus } from '../api/types';
import { useApp } from '../app';
import { byChallenge, isDone, nextOpen } from '../state/queue';
import { Icon } from './icon';

const words: Record<ItemStatus, string> = {
  open: 'not graded',
  draft: 'draft',
  graded: 'graded',
  skipped: 'skipped',
  flagged: 'flagged',
  withdrawn: 'taken back',
};

/** The challenges with what is left in each, and every output as a numbered chip. */
export function Picker() {
  const { desk } = useApp();
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useSignalEffect(() => {
    if (!open.value) return;
    const away = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) open.value = false;
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      open.value = false;
      button.current?.focus();
    };
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
      document.removeEventListener('keydown', escape);
    };
  });
  const session = desk.session.value!;
  const items = desk.items.value;
  const here = items.find((item) => item.key === desk.at.value);
  const title = session.challenges.find((c) => c.key === here?.challenge)?.title ?? (desk.ended.value ? 'End of the queue' : session.benchmark.title);
  const go = (key: string) => {
    open.value = false;
    void desk.open(key);
  };
  return (
    <div class="picker" ref={box}>
      <button type="button" class="quiet pick" ref={button} aria-expanded={open.value} aria-controls="queue" onClick={() => (open.value = !open.value)}>
        <span class="pick-title">{title}</span>
        {here && <span class="muted nowrap">{here.number} of {items.length}</span>}
        <Icon name="down" />
      </button>
      <div id="queue" class="queue" hidden={!open.value}>
        {open.value && (
          <ul>
            {byChallenge(session.challenges, items).map(({ challenge, items: own, left }) => (
              <li key={challenge.key} class={here?.challenge === challenge.key ? 'here' : undefined}>
                <button type="button" class="queue-title" onClick={() => go((own.find((i) => !isDone(i)) ?? own[0]!).key)}>
                  <span>{challenge.title}</span>
                  <span class={left ? 'muted' : 'good'}>{left ? `${left} left` : 'done'}</span>
                </button>
                <span class="chips">
                  {own.map((item) => (
                    <button
                      key={item.key}
                      type="button"
                      class={`chip ${item.status}`}
                      aria-current={item.key === here?.key ? 'true' : undefined}
                      aria-label={`Output ${item.number}, ${words[item.status]}`}
                      title={`${words[item.status]}${item.needs > 0 ? `, ${item.needs} more wanted` : ''}`}
                      onClick={() => go(item.key)}
                    >
                      {item.number}
                    </button>
                  ))}
                </span>
              </li>
            ))}
          </ul>
        )}
        <p class="legend" aria-hidden="true">
          <span class="chip graded" /> graded <span class="chip draft" /> draft <span class="chip flagged" /> flagged <span class="chip skipped" /> skipped
          <span class="chip open" /> open
        </p>
        <button type="button" class="quiet wide" onClick={() => { open.value = false; const next = nextOpen(items, here?.key ?? null); if (next) void desk.open(next.key); else desk.end(); }}>
          Next that is not done
        </button>
      </div>
    </div>
  );
}
