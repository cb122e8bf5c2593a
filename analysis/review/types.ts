import type { ResourceGraph } from '../graph';

/**
 * How bad it is. `high`: data lost, made public, or its protection removed. `medium`: forgotten without being destroyed, a replaced
 * server, an expired waiver. `low`: worth knowing.
 */
export type Severity = 'high' | 'medium' | 'low';

/** Why a finding is accepted, by whom and until when. Written in code, beside the resource it speaks of. */
export interface Waiver {
  /** The finding's id, such as `guard/replaced` or `TRC-DO-012`. */
  readonly id: string;
  /** The address it speaks of. */
  readonly address: string;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `2027-06-30`. From the next day on it is itself a finding. */
  readonly until: string;
}

/** Something that a reviewer must know. */
export interface Finding {
  /** Stable name: `guard/...` from the guard, `TRC-...` from a rule. */
  readonly id: string;
  readonly severity: Severity;
  readonly address: string;
  readonly component: string;
  /** One line: what happens, to what. Holds no value of an attribute that may be secret. */
  readonly summary: string;
  /** What follows from it, and for a helper what it protects. */
  readonly detail: string;
  /** What to change. */
  readonly remedy: string;
  readonly waived?: Waiver;
  /** The stack it is in, where several are reviewed. */
  readonly stack?: string;
  /** Whether it was so before the change already: then it is told, and does not count for the verdict. */
  readonly existing?: boolean;
  /** Addresses of what a helper (a firewall, a setting of a bucket) protects. */
  readonly protects?: readonly string[];
}

/** What a change means as a whole: a high finding makes it dangerous, a medium one wants attention. */
export type Verdict = 'dangerous' | 'attention' | 'safe';

/**
 * The way that leads from one tier or platform to another, where a change edits them in the environment file. Whoever reviews has it
 * planned elsewhere: a review only shows it.
 */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** What a person types to see it and to go it. */
  readonly command: string;
  /** The whole plan as a page of text, or why there is none. */
  readonly text: string;
  /** Absent where there is no plan. */
  readonly plan?: WayPlan;
}

/** What of a promotion's plan a reviewer asks first. */
export interface WayPlan {
  /** How long writes stand still, in milliseconds; null where no figure can be given. */
  readonly pause: { readonly typicalMs: number | null; readonly worstMs: number | null; readonly note: string };
  /** US dollars a month: before, while both sides stand, and afterwards. */
  readonly cost: { readonly before: string; readonly during: string; readonly after: string };
  readonly components: readonly { readonly id: string; readonly verdict: string; readonly why: string }[];
  /** What must be true before, and is not or has to be looked at. */
  readonly open: readonly { readonly state: 'unmet' | 'check'; readonly what: string; readonly remedy: string }[];
  /** What cannot be undone, and from which phase on. */
  readonly irreversible: readonly { readonly what: string; readonly from: string }[];
}

/** What a rule knows of the environment; absent for Terraform that is not ours. */
export interface RuleContext {
  readonly environment: string;
  readonly roadmap: string;
  readonly tier: string;
  readonly disposable: boolean;
  readonly stateBackend: string;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

/** What a rule looks at. Rules see what will be; the guard sees what changes. */
export interface RuleInput {
  readonly graph: ResourceGraph;
  /** The graph before the change, where there is one. */
  readonly before?: ResourceGraph;
  readonly context?: RuleContext;
}

/** Where a rule is broken. */
export interface Breach {
  readonly address: string;
  /** Overrides the rule's own sentence where it can be more exact. */
  readonly summary?: string;
  readonly detail?: string;
}

/** One thing that should hold for all Terraform, or for a tier. One file each, in `rules/`. */
export interface Rule {
  /** `TRC-DO-001`, `TRC-AWS-001`, `TRC-TIER-001`. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong where it is broken, in one line. */
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  /** The page that explains it. */
  readonly link: string;
  /** The same check elsewhere: `['CKV_DIO_1']`. */
  readonly checkov?: readonly string[];
  /** The same check elsewhere: `['AVD-DIG-0008']`. */
  readonly trivy?: readonly string[];
  breaches(input: RuleInput): readonly Breach[];
}
