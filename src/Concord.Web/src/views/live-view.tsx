import { useEffect, useRef, useState } from 'preact/hooks';
import type { Item } from '../api/types';
import { useApp } from '../app';
import { useFocusGuard } from './focus-guard';
import { Icon } from './icon';

/** The output's own page on the preview site, in a sandbox, scaled so that the challenge's viewport fits. */
export function LiveView({ item }: { readonly item: Item }) {
  const { grading } = useApp();
  const { width, height } = item.challenge.viewport;
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [scale, setScale] = useState(0);
  const [fit, setFit] = useState(true);
  const [round, setRound] = useState(0);
  const guard = useFocusGuard(stage, frame, round);
  // After the first picture: one can read and score while the output's page begins.
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const measure = () => setScale(Math.min(1, (element.clientWidth - 2) / width, (element.clientHeight - 2) / height));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [width, height]);
  if (guard.stopped)
    return (
      <div class="middle">
        <p>This output keeps taking the keyboard, so it was stopped.</p>
        <p><button type="button" onClick={() => { guard.allow(); setRound(round + 1); }}>Run it, with the keyboard</button></p>
      </div>
    );
  if (!item.preview) return <p class="muted middle">This output has no page to show. Look at its code.</p>;
  const shown = fit ? scale : 1;
  return (
    <>
      <div class={`stage ${fit ? '' : 'actual'}`} ref={stage} tabIndex={fit ? undefined : 0} data-scroll>
        <div class="paper" style={{ width: `${width * shown}px`, height: `${height * shown}px` }}>
          {scale > 0 && (
            <iframe
              key={round}
              ref={frame}
              src={item.preview}
              title={`Output ${item.number}, live`}
              sandbox="allow-scripts"
              referrerpolicy="no-referrer"
              loading="eager"
              width={width}
              height={height}
              style={{ transform: `scale(${shown})` }}
            />
          )}
        </div>
      </div>
      <div class="view-foot">
        <button type="button" class="quiet small" onClick={() => setRound(round + 1)}><Icon name="reload" /> Reload</button>
        <button type="button" class="quiet small" aria-pressed={!fit} onClick={() => setFit(!fit)}>{fit ? 'Actual size' : 'Fit'}</button>
        <span class="muted">{width} × {height}{fit && scale > 0 && scale < 0.995 ? `, shown at ${Math.round(scale * 100)} %` : ''}</span>
        <span class="spacer" />
        {guard.inside && <span class="hint">Keys go to the output. <button type="button" class="small" onClick={() => grading.turnTo(grading.focus.value.index)}>Back to grading</button></span>}
      </div>
    </>
  );
}
