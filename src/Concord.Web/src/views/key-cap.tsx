import { useApp } from '../app';

/** A key on a button or a value. Decoration: the sheet of keys says the same in words. */
export function KeyCap({ keys, single = false }: { readonly keys: string; readonly single?: boolean }) {
  const { settings } = useApp();
  if (single && !settings.singleKeys.value) return null;
  return (
    <kbd class="key" aria-hidden="true">
      {keys}
    </kbd>
  );
}
