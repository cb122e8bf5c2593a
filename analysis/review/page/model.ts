import type { ChangeCounts } from '../change';
import type { Severity, Verdict, Way } from '../types';

/** Findings that say the same of one or more resources. */
export interface Item {
  readonly id: string;
  readonly severity: Severity;
  /** One line. */
  readonly title: string;
  readonly addresses: readonly string[];
  /** What each of them says. */
  readonly sayings: readonly { readonly summary: string; readonly detail: string }[];
  readonly remedy: string;
  /** Who accepted it; absent where nobody did. */
  readonly waiver?: string;
}

/** What happens to one resource. */
export interface ChangeLine {
  readonly sign: string;
  readonly address: string;
  readonly note: string;
}

/** What happens to the resources of one component. */
export interface ComponentChanges {
  readonly component: string;
  readonly counts: ChangeCounts;
  readonly lines: readonly ChangeLine[];
}

/** A component in a diagram. */
export interface DiagramNode {
  readonly component: string;
  readonly resources: number;
  readonly state: 'same' | 'changed' | 'added' | 'removed' | 'danger';
}

/** Components and which of them refers to which. */
export interface Diagram {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  /** How many components are left out, because there are too many to draw. */
  readonly left: number;
}

/** A row of a small table. */
export interface Row {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

/** One page about a change: texts, in the order in which they matter. Writers only lay it out. */
export interface Page {
  readonly verdict: Verdict;
  readonly headline: string;
  readonly subject: string;
  readonly danger: readonly Item[];
  readonly attention: readonly Item[];
  /** The way that an edited tier asks for. */
  readonly way?: Way;
  readonly money: readonly Row[];
  readonly moneyNotes: readonly string[];
  readonly capacity: readonly Row[];
  readonly capacityNotes: readonly string[];
  readonly counts: ChangeCounts;
  readonly changes: readonly ComponentChanges[];
  /** Low findings that count, findings that were so before, and those that are waived. */
  readonly low: readonly Item[];
  readonly waived: readonly Item[];
  readonly existing: readonly Item[];
  readonly addresses: readonly Row[];
  readonly before?: Diagram;
  readonly after?: Diagram;
  readonly notes: readonly string[];
}
