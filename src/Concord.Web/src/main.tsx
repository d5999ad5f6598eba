import { render } from 'preact';
import { createApi } from './api/client';
import { AppContext, makeApp } from './app';
import { Desk } from './state/desk';
import { Grading } from './state/grading';
import { readSettings } from './state/settings';
import { realTimers } from './state/timers';
import './style/tokens.css';
import './style/layout.css';
import './style/form.css';
import './style/output.css';
import './style/dialogs.css';
import { Page } from './views/page';
import { numberInAddress, wire } from './wire';

const store = ((): Storage | null => {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
})();

const api = createApi();
const desk = new Desk(api, realTimers);
const app = makeApp(api, desk, new Grading(api, desk, realTimers), readSettings(store));
wire(app, store);
const root = document.getElementById('page');
if (root) render(<AppContext.Provider value={app}><Page /></AppContext.Provider>, root);
void desk.start(numberInAddress());
