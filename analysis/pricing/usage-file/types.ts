import type { LlmUse } from '../llm';
import type { UsageFigure, UsageQuantities } from '../usage';
import type { UsageKey } from '../usage-keys';

/** A figure for every resource that its scope names. */
export interface UsageRule {
  readonly scope: { readonly type: string } | { readonly address: string };
  readonly key: UsageKey;
  readonly figure: UsageFigure;
  /** `file:line:column` */
  readonly where: string;
}

/** What a usage file says. */
export interface UsageFile {
  /** In the order of the file. */
  readonly rules: readonly UsageRule[];
  readonly components: Readonly<Record<string, UsageQuantities>>;
  readonly total: UsageQuantities;
  readonly llm: readonly LlmUse[];
  /** What was understood and adds nothing, each with its place: keys that no price depends on here. */
  readonly ignored: readonly string[];
}
