import { useState } from 'preact/hooks';
import type { Item } from '../api/types';

export function ScreenshotView({ item }: { readonly item: Item }) {
  const [actual, setActual] = useState(false);
  const [broken, setBroken] = useState(false);
  if (!item.screenshot || broken) return <p class="muted middle">There is no screenshot of this output yet. <code>concord render</code> makes it.</p>;
  return (
    <>
      <div class={`stage ${actual ? 'actual' : ''}`} tabIndex={actual ? 0 : undefined} data-scroll>
        <img class="shot" src={item.screenshot} alt={`Screenshot of output ${item.number}`} onError={() => setBroken(true)} />
      </div>
      <div class="view-foot">
        <button type="button" class="quiet small" aria-pressed={actual} onClick={() => setActual(!actual)}>{actual ? 'Fit' : 'Actual size'}</button>
        <span class="muted">As the challenge's renderer saw it, {item.challenge.viewport.width} × {item.challenge.viewport.height}</span>
      </div>
    </>
  );
}
