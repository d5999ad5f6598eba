import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Item } from '../api/types';
import { useApp } from '../app';
import { views, type View } from '../state/settings';
import { KeyCap } from './key-cap';
import { LiveView } from './live-view';
import { ProblemCard } from './problem-card';
import { ScreenshotView } from './screenshot-view';
import { TaskPanel } from './task-panel';

const names: Record<View, string> = { live: 'Live', screenshot: 'Screenshot', code: 'Code', diff: 'Diff' };

export function OutputPane() {
  const { desk, grading, settings } = useApp();
  const item = desk.item.value;
  const view = settings.view.value;
  const choose = (next: View, focus: boolean) => {
    settings.view.value = next;
    if (focus) document.getElementById(`tab-${next}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = by ? views[(views.indexOf(view) + by + views.length) % views.length] : { Home: views[0], End: views.at(-1) }[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(to, true);
  };
  const revealed = item?.revealed;
  const last = grading.revealed.value;
  return (
    <section class="output" aria-label="Output">
      <div class="bar-row">
        <div class="tabs" role="tablist" aria-label="View" onKeyDown={onKeyDown}>
          {views.map((name) => (
            <button
              key={name}
              id={`tab-${name}`}
              type="button"
              role="tab"
              aria-selected={view === name}
              aria-controls="view"
              tabIndex={view === name ? 0 : -1}
              // After the mouse the keys shall go on grading.
              onClick={(event) => { choose(name, false); if (event.detail > 0) grading.turnTo(grading.focus.value.index); }}
            >
              {names[name]}
            </button>
          ))}
        </div>
        <KeyCap keys="V" single />
        <span class="spacer" />
        <span class="muted blind">
          {item && (revealed ? <>Output {item.number} is <b>{revealed.model}</b></> : <>Output {item.number}, name hidden{desk.session.value!.reveals ? ' until saved' : ''}</>)}
        </span>
      </div>
      {last && item && !revealed && (
        <p class="strip">
          Output {last.number}, just saved, was <b>{last.model}</b>
          <button type="button" class="small" onClick={() => (grading.revealed.value = null)}>Hide</button>
        </p>
      )}
      {item?.reason && <p class="strip warn"><b>Another look:</b> {item.reason}</p>}
      <div id="view" class={`view view-${view}`} role="tabpanel" aria-labelledby={`tab-${view}`}>
        {desk.problem.value ? <ProblemCard problem={desk.problem.value} onRetry={() => desk.retry()} /> : item ? <Shown item={item} view={view} /> : <p class="muted middle">Loading …</p>}
      </div>
      {item && <TaskPanel item={item} />}
    </section>
  );
}

function Shown({ item, view }: { readonly item: Item; readonly view: View }) {
  switch (view) {
    case 'live':
      return <LiveView key={item.key} item={item} />;
    case 'screenshot':
      return <ScreenshotView key={item.key} item={item} />;
    case 'code':
      return <Lazy key="code" load={loadCode} item={item} />;
    case 'diff':
      return <Lazy key="diff" load={loadDiff} item={item} />;
  }
}

type ItemView = ComponentType<{ readonly item: Item }>;
const loadCode = async (): Promise<ItemView> => (await import('./code-view')).CodeView;
const loadDiff = async (): Promise<ItemView> => (await import('./diff-view')).DiffView;

/** A view whose code is fetched when it is first shown. */
function Lazy({ load, item }: { readonly load: () => Promise<ItemView>; readonly item: Item }) {
  const [View, setView] = useState<ItemView | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    load().then((view) => setView(() => view), () => setFailed(true));
  }, [load]);
  if (failed) return <p class="muted middle" role="alert">This view could not be loaded. See that concord grade still runs, then reload the page.</p>;
  return View ? <View key={item.key} item={item} /> : <p class="muted middle">Loading …</p>;
}
