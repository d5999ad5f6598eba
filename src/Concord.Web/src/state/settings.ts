import { effect, signal, type Signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
export const views = ['live', 'screenshot', 'code', 'diff'] as const;
export type View = (typeof views)[number];

/** What the page remembers of a person's taste, in this browser. */
export interface Settings {
  readonly theme: Signal<Theme>;
  readonly singleKeys: Signal<boolean>;
  /** Null: as the session says. */
  readonly autoAdvance: Signal<boolean | null>;
  readonly formWidth: Signal<number>;
  readonly taskOpen: Signal<boolean>;
  readonly view: Signal<View>;
}

export const narrowestForm = 320;
export const widestForm = 640;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function readSettings(store: Store | null): Settings {
  const number = (value: unknown) => typeof value === 'number' && value >= narrowestForm && value <= widestForm;
  const flag = (value: unknown) => typeof value === 'boolean';
  return {
    theme: kept('theme', 'system', (value) => value === 'system' || value === 'light' || value === 'dark'),
    singleKeys: kept('single-keys', true, flag),
    autoAdvance: kept<boolean | null>('auto-advance', null, (value) => value === null || flag(value)),
    formWidth: kept('form-width', 400, number),
    taskOpen: kept('task-open', true, flag),
    view: kept('view', 'live', (value) => views.includes(value as View)),
  };

  function kept<T>(name: string, standard: T, valid: (value: unknown) => boolean): Signal<T> {
    const place = `concord.${name}`;
    let value: unknown = standard;
    try {
      const text = store?.getItem(place) ?? null;
      if (text !== null) value = JSON.parse(text);
    } catch {
      // A torn or forbidden store is no reason not to grade.
    }
    const own = signal<T>(valid(value) ? (value as T) : standard);
    effect(() => {
      const text = JSON.stringify(own.value);
      try {
        store?.setItem(place, text);
      } catch {
        // Full or forbidden: the setting holds for this page only.
      }
    });
    return own;
  }
}
