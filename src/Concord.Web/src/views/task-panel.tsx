import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Item } from '../api/types';
import { useApp } from '../app';
import { KeyCap } from './key-cap';

type Renderer = ComponentType<{ readonly text: string }>;

/** The challenge's prompt and guidelines. */
export function TaskPanel({ item }: { readonly item: Item }) {
  const { settings } = useApp();
  const open = settings.taskOpen.value;
  const [Markdown, setMarkdown] = useState<Renderer | null>(null);
  useEffect(() => {
    // Without the renderer the text is shown as it is.
    if (open && !Markdown) import('./markdown').then((module) => setMarkdown(() => module.Markdown), () => {});
  }, [open]);
  const shown = (text: string) => (Markdown ? <Markdown text={text} /> : <pre class="plain">{text}</pre>);
  return (
    <div class={`task ${open ? 'open' : ''}`}>
      <button type="button" class="quiet task-head" aria-expanded={open} aria-controls="task" onClick={() => (settings.taskOpen.value = !open)}>
        <span class="chevron" aria-hidden="true" />
        The task{item.challenge.guidelines ? ' and its guidelines' : ''}
        <KeyCap keys="P" single />
      </button>
      <div id="task" class="task-body" hidden={!open} tabIndex={open ? 0 : -1} data-scroll role="region" aria-label="The task">
        {open && (
          <>
            <section><h2>The task</h2>{shown(item.challenge.prompt)}</section>
            {item.challenge.guidelines && <section><h2>Guidelines for graders</h2>{shown(item.challenge.guidelines)}</section>}
          </>
        )}
      </div>
    </div>
  );
}
