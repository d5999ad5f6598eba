import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app';
import { FocusPolicy } from '../state/focus-policy';

const newsOfClick = 100;

type Ref<T> = { readonly current: T | null };

interface Guard {
  /** The output has the keyboard. */
  readonly inside: boolean;
  /** It took it so often that it is not run any more. */
  readonly stopped: boolean;
  /** From now on it may. */
  readonly allow: () => void;
}

/** An output that takes the keyboard without being clicked or tabbed into has to give it back. */
export function useFocusGuard(stage: Ref<HTMLElement>, frame: Ref<HTMLElement>, round: number): Guard {
  const { grading } = useApp();
  const [inside, setInside] = useState(false);
  const [stopped, setStopped] = useState(false);
  const allowed = useRef(false);
  useEffect(() => {
    const policy = new FocusPolicy(performance.now());
    let last: Element | null = document.activeElement;
    const giveBack = () => {
      if (last instanceof HTMLElement && last.isConnected && last !== frame.current && last !== document.body) last.focus({ preventScroll: true });
      else grading.turnTo(grading.focus.value.index);
    };
    const onKey = (event: KeyboardEvent) => policy.typed(event.key, performance.now());
    const onFocus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target !== frame.current) last = event.target;
      setInside(false);
    };
    const place = stage.current;
    let hovers = place?.matches(':hover') ?? false;
    const onPointer = (event: Event) => void (hovers = event.type === 'pointerenter');
    place?.addEventListener('pointerenter', onPointer);
    place?.addEventListener('pointerleave', onPointer);
    const judge = (told: boolean) => {
      if (!frame.current || document.activeElement !== frame.current) return;
      const facts = { hovers, active: navigator.userActivation?.isActive ?? true, now: performance.now() };
      if (allowed.current || policy.isWanted(facts)) return setInside(true);
      // From a process of its own the news of a click comes after the focus.
      if (!told && policy.isWanted({ ...facts, active: true })) return void setTimeout(() => judge(true), newsOfClick);
      giveBack();
      if (policy.refused(performance.now())) setStopped(true);
    };
    const onBlur = () => void setTimeout(() => judge(false));
    const onEnter = () => setInside(false);
    const shown = frame.current;
    const onLoad = () => policy.appeared(performance.now());
    shown?.addEventListener('load', onLoad);
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('focusin', onFocus);
    window.addEventListener('focus', onEnter);
    window.addEventListener('blur', onBlur);
    // It may have been quicker.
    onBlur();
    return () => {
      place?.removeEventListener('pointerenter', onPointer);
      place?.removeEventListener('pointerleave', onPointer);
      shown?.removeEventListener('load', onLoad);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('focusin', onFocus);
      window.removeEventListener('focus', onEnter);
      window.removeEventListener('blur', onBlur);
    };
  }, [round]);
  return { inside, stopped, allow: () => { allowed.current = true; setStopped(false); } };
}
