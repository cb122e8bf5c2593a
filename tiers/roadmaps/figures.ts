import type { componentKinds, origins, severities, usersBases } from './vocabulary.generated';

/** The kind of a stated component. The documents' own word list, wider than the kinds that Terrace deploys. */
export type StatedKind = (typeof componentKinds)[number]['kind'];
/** Where in its document a component comes from: the tier's own list, a cost item, a diagram, ... */
export type Origin = (typeof origins)[number];
export type Severity = (typeof severities)[number];
/** What a document counts as a user. */
export type UsersBasis = (typeof usersBases)[number];

/** First and last line, both included, in the roadmap's source document. */
export type LineRange = readonly [first: number, last: number];
/** US dollars as a decimal string: `'24'`, `'0.005'`. A month's, unless the field says otherwise. */
export type Dollars = string;
/** Free facts, as the document states them. */
export type StatedValue = string | number | boolean | null | readonly StatedValue[] | StatedFacts;
export interface StatedFacts {
  readonly [name: string]: StatedValue;
}

/** A stated range; a single figure has min equal to max, an open end is null. */
export interface Range {
  readonly min: number;
  readonly max: number | null;
}
export interface DollarRange {
  readonly min: Dollars;
  readonly max: Dollars | null;
}
export interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

/** Plain arithmetic with what it gives, rounded as its formula says. */
export interface Formula {
  readonly formula: string;
  readonly result: number;
}
/** Whether a sum in the document is right. */
export interface Check extends Formula {
  readonly matchesStated: boolean;
  readonly note?: string;
  readonly caveat?: string;
}
