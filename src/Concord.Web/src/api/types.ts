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
  /** The output to begin with; null where none is left. */
  readonly next: string | null;
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

export interface Draft extends DraftEntry {
  readonly saved_at: string;
}

export interface Peer {
  readonly grader: string;
  readonly scores: Scores;
  readonly notes: string;
  readonly status: GradeStatus;
  readonly graded_at: string;
}

/** How the people who scored a criterion differ. */
export interface Split {
  readonly criterion: string;
  readonly graders: number;
  readonly median: number | null;
  readonly min: number | null;
  readonly max: number | null;
  /** Shares of pairs of people, 0 to 1. */
  readonly same: number | null;
  readonly within_step: number | null;
  /** Who is a step or more from the median. */
  readonly away: readonly string[];
}

export interface Agreement {
  readonly criteria: readonly Split[];
  /** Each lead's word so far, the latest last; `withdrawn`: taken back. */
  readonly decisions: readonly Peer[];
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
  /** For a lead who decides. */
  readonly agreement: Agreement | null;
}

interface Entry {
  readonly scores: Scores;
  readonly notes: string;
  /** The version that it builds upon. */
  readonly base: string;
}

export interface DraftEntry extends Entry {
  readonly flagged: boolean;
}

export interface GradeEntry extends Entry {
  readonly status: GradeStatus;
  readonly seconds: number;
}

export interface SavedGrade {
  readonly grade: Grade;
  readonly item: { readonly status: ItemStatus; readonly needs: number };
  readonly pending: number;
  /** What comes next, by what is known of the others now; null where none is left. */
  readonly next: string | null;
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

/** The pull request, or the page that opens one; null where the host knows none. */
export interface Submitted {
  readonly url: string | null;
  readonly pushed: boolean;
  readonly message: string;
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
