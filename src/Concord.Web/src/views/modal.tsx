import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app';

/** A modal dialog; closing it gives the focus back to where it was. */
export function Modal({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const { dialog } = useApp();
  const own = useRef<HTMLDialogElement>(null);
  // Before the next key press: what is typed after the key that opens it is meant for it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    own.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={own}
      aria-labelledby="dialog-title"
      onClose={() => (dialog.value = null)}
      // At once, not when the browser gets round to telling: the next key is the page's again.
      onKeyDown={(event) => { if (event.key === 'Escape' && !event.isComposing) { event.preventDefault(); dialog.value = null; } }}
      onClick={(event) => { if (event.target === own.current) own.current?.close(); }}
    >
      <div class="dialog-body">
        <h2 id="dialog-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
