import { effect, untracked } from '@preact/signals';
import type { App } from './app';
import { TabChannel } from './state/channel';
import { commandOf, type Command, type Place } from './state/keys';
import { KeptStore, type KeptWork, type LeftDraft } from './state/kept';
import { TypeAhead } from './state/type-ahead';
import { views } from './state/settings';

const textTypes = new Set(['text', 'search', 'number', 'email', 'url', 'password']);

/** Ties the page to its window: keys, address, tabs, network, and going away. */
export function wire(app: App, store: Storage | null): void {
  wireKeys(app);
  wireAddress(app);
  wireLeaving(app);
  wireTheme(app);
  effect(() => {
    const session = app.desk.session.value;
    if (session) untracked(() => wireSession(app, session.session, store));
  });
}

export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('dialog[open]')) return 'dialog';
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return 'text';
  if (target instanceof HTMLInputElement) return textTypes.has(target.type) ? 'text' : target.type === 'radio' ? 'choice' : 'button';
  if (target.closest('[role=tab],[role=separator]')) return 'widget';
  if (target.closest('button,a,summary')) return 'button';
  return target.closest('[data-scroll]') ? 'scroll' : 'page';
}

function wireKeys(app: App): void {
  const ahead = new TypeAhead(app, (command) => run(app, command));
  window.addEventListener('keydown', (event) => {
    const command = commandOf(
      {
        key: event.key,
        control: event.ctrlKey || event.metaKey,
        shift: event.shiftKey,
        alt: event.altKey,
        composing: event.isComposing,
        place: placeOf(event.target),
      },
      app.settings.singleKeys.value,
    );
    if (!command || app.dialog.value !== null) return;
    event.preventDefault();
    if (!(event.repeat && once.has(command.name))) ahead.take(command);
  });
}

const once = new Set<Command['name']>(['save', 'saveNext', 'skip', 'flag', 'score', 'keys', 'prompt']);

function run({ desk, grading, settings, dialog }: App, command: Command): void {
  switch (command.name) {
    case 'go':
      return void desk.go(command.by);
    case 'criterion':
      return grading.turnTo(grading.focus.value.index + command.by);
    case 'score':
      return grading.scoreDigit(command.digit);
    case 'half':
      return grading.half();
    case 'settle':
      return grading.turnTo(grading.focus.value.index + 1);
    case 'leave':
      return grading.turnTo(Math.min(grading.focus.value.index, grading.criteria.length - 1));
    case 'save':
      return void grading.save(false);
    case 'saveNext':
      return void (desk.ended.value ? desk.next() : grading.save(true));
    case 'undo':
      return void grading.undo();
    case 'redo':
      return void grading.redo();
    case 'skip':
      if (desk.item.value && desk.session.value?.mode !== 'adjudicate') dialog.value = 'skip';
      return;
    case 'flag':
      if (desk.session.value?.mode !== 'adjudicate') grading.flag();
      return;
    case 'view':
      settings.view.value = views[(views.indexOf(settings.view.value) + 1) % views.length]!;
      return;
    case 'prompt':
      settings.taskOpen.value = !settings.taskOpen.value;
      return;
    case 'keys':
      dialog.value = 'keys';
  }
}

/** `#7` is output 7: reload and the browser's back button find it again. */
function wireAddress({ desk }: App): void {
  effect(() => {
    const number = desk.items.value.find((item) => item.key === desk.at.value)?.number;
    const hash = desk.ended.value ? '#end' : number === undefined ? null : `#${number}`;
    if (hash === null || location.hash === hash) return;
    if (location.hash === '') history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
  });
  window.addEventListener('popstate', () => {
    const number = numberInAddress();
    if (number !== null) void desk.openNumber(number);
    else if (location.hash === '#end') desk.end();
  });
}

export function numberInAddress(): number | null {
  const match = /^#(\d{1,6})$/.exec(location.hash);
  return match ? Number(match[1]) : null;
}

function wireLeaving({ desk, grading }: App): void {
  document.addEventListener('visibilitychange', () => {
    const visible = document.visibilityState === 'visible';
    desk.clock.setVisible(visible);
    if (!visible) grading.unsent.leave();
  });
  window.addEventListener('pagehide', () => grading.unsent.leave());
  window.addEventListener('online', () => {
    grading.retry();
    if (desk.problem.value) desk.retry();
  });
  window.addEventListener('beforeunload', (event) => {
    grading.unsent.leave();
    if (grading.saves.unsaved.size > 0) event.preventDefault();
  });
}

function wireTheme({ settings }: App): void {
  effect(() => {
    const theme = settings.theme.value;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
}

let channel: TabChannel | null = null;

function wireSession({ desk, grading, settings }: App, session: string, store: Storage | null): void {
  if (channel) return;
  channel = new TabChannel(session, (word) => void grading.heard(word.key));
  grading.told = (key) => channel?.say({ kind: 'saved', key });
  grading.autoAdvance = () => settings.autoAdvance.value ?? desk.session.value?.auto_advance ?? false;
  const drafts = new KeptStore<LeftDraft>(store, 'draft', session);
  grading.unsent.resume(drafts.read());
  grading.unsent.keepLeft = (left) => drafts.write(left);
  const kept = new KeptStore<KeptWork>(store, 'unsaved', session);
  const left = kept.read();
  grading.saves.keep = (work) => kept.write(work);
  grading.resume(left);
}
