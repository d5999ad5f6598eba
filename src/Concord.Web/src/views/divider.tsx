import { useRef } from 'preact/hooks';
import { useApp } from '../app';
import { narrowestForm, widestForm } from '../state/settings';

const bounded = (width: number) => Math.round(Math.max(narrowestForm, Math.min(widestForm, width)));

/** Between the output and the form; dragged, or moved by arrows when focused. */
export function Divider() {
  const { settings } = useApp();
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const width = settings.formWidth.value;
  const set = (value: number) => { settings.formWidth.value = bounded(value); };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: width + 20, ArrowRight: width - 20, Home: widestForm, End: narrowestForm }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    set(to);
  };
  return (
    <div
      class="divider"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the form"
      aria-valuenow={width}
      aria-valuemin={narrowestForm}
      aria-valuemax={widestForm}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDblClick={() => set(400)}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
        document.documentElement.classList.add('dragging');
      }}
      onPointerMove={(event) => { if (from.current) set(from.current.width + from.current.x - event.clientX); }}
      onLostPointerCapture={() => {
        from.current = null;
        document.documentElement.classList.remove('dragging');
      }}
    />
  );
}
