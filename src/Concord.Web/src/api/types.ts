// What the grading host sends and takes. The host's side is src/Concord.App/Host; src/Concord.Web/README.md lists the calls.

export type Mode = 'grade' | 'review' | 'adjudicate';
export type ItemStatus = 'open' | 'draft' | 'graded' | 'skipped' | 'flagged' | 'withdrawn';
export type GradeStatus = 'graded' | 'skipped' | 'flagged' | 'withdrawn';
export type Scores = Readonly<Record<string, number | null>>;

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly step: number | null;
  readonly level: 'nominal' | 'ordinal' | 'interval' | 'ratio';
}

export interface Criterion {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly weight: number;
  readonly scale: Scale;
  readonly anchors: Readonly<Record<string, string>>;
}

export interface QueueItem {
  readonly key: string;
  readonly challenge: string;
  readonly number: number;
  readonly status: ItemStatus;
  /** Graders still wanted. */
  readonly needs: number;
}

export interface ChallengeName {
  readonly key: string;
  readonly title: string;
  readonly kind: string;
}

export interface Session {
  readonly benchmark: { readonly name: string; readonly title: string; readonly criteria: readonly Criterion[] };
  readonly grader: { readonly id: string; readonly name: string };
  readonly mode: Mode;
  readonly session: string;
  readonly preview_origin: string;
  readonly overlap: number;
  readonly reveals: boolean;
  readonly auto_advance: boolean;
  readonly commits: boolean;
  readonly can_submit: boolean;
  readonly challenges: readonly ChallengeName[];
  readonly items: readonly QueueItem[];
  /** Saved, but not committed. */
  readonly pending: number;
}

export interface OutputFile {
  readonly path: string;
  readonly size: number;
  /** Null: binary, or over 1 MB. */
  readonly text: string | null;
}

export interface Grade {
  readonly version: string;
  readonly scores: Scores;
  readonly notes: string;
  readonly status: GradeStatus;
  readonly saved_at: string;
  readonly commit: string | null;
  /** Why it is not committed: a hook's output, git's message. */
  readonly pending: string | null;
}

export interface Draft {
  readonly scores: Scores;
  readonly notes: string;
  readonly base: string;
  readonly saved_at: string;
}

export interface Peer {
  readonly grader: string;
  readonly scores: Scores;
  readonly notes: string;
  readonly status: GradeStatus;
  readonly graded_at: string;
}

export interface Item {
  readonly key: string;
  readonly number: number;
  readonly challenge: ChallengeName & {
    readonly prompt: string;
    readonly guidelines: string | null;
    readonly viewport: { readonly width: number; readonly height: number };
  };
  readonly entry: string | null;
  readonly preview: string | null;
  readonly screenshot: string | null;
  readonly files: readonly OutputFile[];
  readonly starter: readonly OutputFile[];
  readonly others: readonly { readonly key: string; readonly label: string }[];
  readonly grade: Grade | null;
  readonly draft: Draft | null;
  readonly reason: string | null;
  readonly revealed: { readonly challenge: string; readonly model: string } | null;
  readonly peers: readonly Peer[] | null;
}

export interface DraftEntry {
  readonly scores: Scores;
  readonly notes: string;
  readonly base: string;
}

export interface GradeEntry extends DraftEntry {
  readonly status: GradeStatus;
  readonly seconds: number;
}

export interface SavedGrade {
  readonly grade: Grade;
  readonly item: { readonly status: ItemStatus; readonly needs: number };
  readonly pending: number;
}

export interface Summary {
  readonly graded: number;
  readonly skipped: number;
  readonly flagged: number;
  readonly seconds: number;
  readonly left: number;
  readonly can_submit: boolean;
  readonly agreement: readonly {
    readonly criterion: string;
    readonly items: number;
    readonly coefficient: string;
    readonly value: number | null;
    readonly undefined_because: string | null;
  }[];
}

export interface Problem {
  readonly what: string;
  readonly where: string | null;
  readonly remedy: string;
}

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}
