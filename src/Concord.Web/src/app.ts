import { signal, type Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from './api/client';
import type { Desk } from './state/desk';
import type { Grading } from './state/grading';
import type { Settings } from './state/settings';

export type DialogName = 'skip' | 'keys' | 'conflict';

/** Everything that the page's parts share. */
export interface App {
  readonly api: Api;
  readonly desk: Desk;
  readonly grading: Grading;
  readonly settings: Settings;
  readonly dialog: Signal<DialogName | null>;
  /** The output that the conflict dialog is about. */
  readonly disputed: Signal<string | null>;
}

export function makeApp(api: Api, desk: Desk, grading: Grading, settings: Settings): App {
  return { api, desk, grading, settings, dialog: signal(null), disputed: signal(null) };
}

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('The page is not inside its AppContext.');
  return app;
}
