/** What a change of each attribute does to one type of resource. Paths are without indices, joined by dots; lists are separated by blanks. */
export interface ProbedType {
  /** Every probed change replaces. */
  readonly replaces: string;
  /** No probed change replaces. */
  readonly inPlace: string;
  /** Leaving the argument out shows no change: the cloud keeps its value. */
  readonly hidden?: string;
  /** Depends on value, direction or engine, by path. */
  readonly conditional?: Readonly<Record<string, string>>;
  /** What the plan does not tell, by path. From knowledge, not probed. */
  readonly effects?: Readonly<Record<string, string>>;
}
