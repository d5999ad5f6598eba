import { useApp } from '../app';
import { progress, progressText } from '../state/queue';
import type { Theme } from '../state/settings';
import { Icon, type IconName } from './icon';
import { Picker } from './picker';
import { SavedState } from './saved-state';

const themes: readonly { readonly theme: Theme; readonly icon: IconName; readonly words: string }[] = [
  { theme: 'system', icon: 'system', words: 'as the system' },
  { theme: 'light', icon: 'sun', words: 'light' },
  { theme: 'dark', icon: 'moon', words: 'dark' },
];

const modes = { grade: null, review: 'Review', adjudicate: 'Adjudication' } as const;

export function Header() {
  const { desk, settings, dialog } = useApp();
  const session = desk.session.value!;
  const { done, total } = progress(desk.items.value);
  const now = themes.findIndex((t) => t.theme === settings.theme.value);
  const next = themes[(now + 1) % themes.length]!;
  const mode = modes[session.mode];
  return (
    <header class="top">
      <h1 class="unseen">{session.benchmark.title}: grading</h1>
      <span class="brand">
        <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
          <rect width="16" height="16" rx="4" class="brand-back" />
          <circle cx="6.3" cy="8" r="3.4" class="brand-ring" />
          <circle cx="9.7" cy="8" r="3.4" class="brand-ring" />
        </svg>
        <b>Concord</b>
        {mode && <span class="badge">{mode}</span>}
      </span>
      <nav class="walk" aria-label="Outputs">
        <button type="button" class="quiet square" onClick={() => void desk.go(-1)} aria-label="Previous output" title="Previous output (←)">
          <Icon name="left" />
        </button>
        <Picker />
        <button type="button" class="quiet square" onClick={() => void desk.go(1)} aria-label="Next output" title="Next output (→)">
          <Icon name="right" />
        </button>
      </nav>
      <span class="progress">
        <progress class="bar" max={total} value={done} aria-label="Outputs done" />
        <span class="muted">{progressText(desk.items.value, session.overlap)}</span>
      </span>
      <span class="spacer" />
      <SavedState />
      <span class="muted who">
        <span class="unseen">Grading as </span>
        <b title={`Grading as ${session.grader.id}`}>{session.grader.name}</b>
      </span>
      <button
        type="button"
        class="quiet square"
        onClick={() => (settings.theme.value = next.theme)}
        aria-label={`Colours: ${themes[now]!.words}. Change to ${next.words}`}
        title={`Colours: ${themes[now]!.words}`}
      >
        <Icon name={themes[now]!.icon} />
      </button>
      <button type="button" class="quiet square" onClick={() => (dialog.value = 'keys')} aria-label="Keys and settings" title="Keys and settings (?)">
        <kbd class="key">?</kbd>
      </button>
    </header>
  );
}
