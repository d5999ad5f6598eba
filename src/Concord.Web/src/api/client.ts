import { Conflict, Invalid, Refused, Unreachable } from './failures';
import type { DraftEntry, FieldProblem, Grade, GradeEntry, Item, OutputFile, Problem, SavedGrade, Session, Submitted, Summary } from './types';

/** A keepalive request outlives the page; browsers take 64 KB of them. */
const keepaliveLimit = 60_000;
const patience = 30_000;
/** Handing in pushes to a remote, perhaps over a slow line and with hooks; the host itself gives up before this. */
const submitPatience = 20 * 60_000;

export interface SendOptions {
  readonly signal?: AbortSignal;
  readonly keepalive?: boolean;
  readonly patience?: number;
}

export interface Api {
  session(): Promise<Session>;
  item(key: string): Promise<Item>;
  files(key: string): Promise<readonly OutputFile[]>;
  draft(key: string, entry: DraftEntry, options?: SendOptions): Promise<void>;
  grade(key: string, entry: GradeEntry, options?: SendOptions): Promise<SavedGrade>;
  commit(): Promise<{ readonly pending: number }>;
  summary(): Promise<Summary>;
  submit(): Promise<Submitted>;
  /** What is being done while the session is handed in; null where nothing is. */
  submitStep(): Promise<string | null>;
}

export function createApi(fetcher: typeof fetch = (input, init) => fetch(input, init)): Api {
  async function call<T>(method: string, path: string, body?: unknown, options: SendOptions = {}): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const timeout = AbortSignal.timeout(options.patience ?? patience);
    let response: Response;
    try {
      response = await fetcher(path, {
        method,
        headers: text === undefined ? {} : { 'Content-Type': 'application/json' },
        signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
        keepalive: (options.keepalive ?? false) && (text?.length ?? 0) * 3 < keepaliveLimit,
        ...(text === undefined ? {} : { body: text }),
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Unreachable('The grading host does not answer.');
    }
    return await answer<T>(response);
  }

  const at = (key: string) => `/api/items/${encodeURIComponent(key)}`;
  return {
    session: () => call('GET', '/api/session'),
    item: (key) => call('GET', at(key)),
    files: async (key) => (await call<{ files: readonly OutputFile[] }>('GET', `${at(key)}/files`)).files,
    draft: (key, entry, options) => call('PUT', `${at(key)}/draft`, entry, options),
    grade: (key, entry, options) => call('PUT', `${at(key)}/grade`, entry, options),
    commit: () => call('POST', '/api/commit', {}),
    summary: () => call('GET', '/api/summary'),
    submit: () => call('POST', '/api/submit', {}, { patience: submitPatience }),
    submitStep: async () => (await call<{ step: string | null }>('GET', '/api/submit')).step,
  };
}

async function answer<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    if (!response.ok) throw new Refused(response.status, unworded(response.status));
    throw new Unreachable('The grading host broke off its answer.');
  }
  if (response.ok) return body as T;
  const { current, problems, ...problem } = (body ?? {}) as { current?: Grade; problems?: readonly FieldProblem[] } & Partial<Problem>;
  if (response.status === 409 && current) throw new Conflict(current);
  if (response.status === 422 && problems) throw new Invalid(problems);
  const standard = unworded(response.status);
  throw new Refused(response.status, {
    what: problem.what ?? standard.what,
    where: problem.where ?? null,
    remedy: problem.remedy ?? standard.remedy,
  });
}

function unworded(status: number): Problem {
  const remedy =
    status === 401 || status === 403
      ? 'Open the address that concord grade printed; it lets this browser in again.'
      : 'Look at the terminal where concord grade runs.';
  return { what: `The grading host answered ${status}.`, where: null, remedy };
}
