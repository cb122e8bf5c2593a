/** How an attribute protects, and what it means when it is not stated. */
export type Safe =
  /** True protects. */
  | { readonly kind: 'on'; readonly absent: boolean | 'kept' }
  /** False protects. */
  | { readonly kind: 'off'; readonly absent: boolean | 'kept' }
  /** The more, the safer. Of several values the least counts. */
  | { readonly kind: 'more'; readonly absent: number | 'kept' }
  /** A name that stands for an amount: of two the larger is safer; one that is not known says nothing. */
  | { readonly kind: 'measured'; readonly measure: (name: string) => number | undefined }
  /** It protects by being there. */
  | { readonly kind: 'present' }
  /** One of these words, the worst first; `kept` where the provider leaves it as it is. */
  | { readonly kind: 'order'; readonly worstFirst: readonly string[]; readonly absent: string };

/** What happens when a protection goes down. */
export type Loss = 'unprotected' | 'emptied' | 'public' | 'shrunk' | 'weaker';

/** An attribute whose safe direction is known. */
export interface Protection {
  /** Without indices; what stands in a list counts once for each member, but for members that are switched off. */
  readonly path: string;
  /** In the words of a person: `deletion protection`. */
  readonly what: string;
  readonly safe: Safe;
  readonly loss: Loss;
  /** It says nothing where this attribute is stated, which decides instead. */
  readonly unless?: string;
}

/** True is safe. @param absent what it is when nobody states it: `kept` where the provider leaves it as it is */
export function on(path: string, what: string, absent: boolean | 'kept' = false, loss: Loss = 'unprotected'): Protection {
  return { path, what, safe: { kind: 'on', absent }, loss };
}

/** False is safe. */
export function off(path: string, what: string, absent: boolean | 'kept' = false, loss: Loss = 'unprotected'): Protection {
  return { path, what, safe: { kind: 'off', absent }, loss };
}

/** More is safer. */
export function more(path: string, what: string, absent: number | 'kept', loss: Loss = 'unprotected'): Protection {
  return { path, what, safe: { kind: 'more', absent }, loss };
}

/** A size that must not get smaller. */
export function size(path: string, what: string): Protection {
  return { path, what, safe: { kind: 'more', absent: 'kept' }, loss: 'shrunk' };
}

/** A size that is a name, such as `db-s-2vcpu-4gb`, by what it holds. */
export function sized(path: string, what: string, measure: (name: string) => number | undefined, unless?: string): Protection {
  return { path, what, safe: { kind: 'measured', measure }, loss: 'shrunk', ...(unless === undefined ? {} : { unless }) };
}

/** Copies of the data: fewer of them lose none, but protect less. */
export function copies(path: string, what: string, absent: number | 'kept' = 'kept'): Protection {
  return { path, what, safe: { kind: 'more', absent }, loss: 'weaker' };
}

/** Being there is safe. */
export function present(path: string, what: string, loss: Loss = 'unprotected'): Protection {
  return { path, what, safe: { kind: 'present' }, loss };
}

/** Words in order of safety, the worst first. */
export function ordered(path: string, what: string, worstFirst: readonly string[], absent: string, loss: Loss = 'unprotected'): Protection {
  return { path, what, safe: { kind: 'order', worstFirst, absent }, loss };
}

/** What a type of resource holds, and what protects it. */
export interface StatefulType {
  /** In the words of a person: `a database`. */
  readonly holds: string;
  /** `cache`: what is lost is computed again. `copy`: what is lost is elsewhere too. @default 'data' */
  readonly kind?: 'data' | 'address' | 'cache' | 'copy';
  readonly protections?: readonly Protection[];
}

/** A resource that protects another one. */
export interface HelperType {
  /** In the words of a person: `the trusted sources`. */
  readonly what: string;
  /** Attribute that refers to what it protects. */
  readonly refers: string;
  /** Attribute of the protected resource that holds the same name, where no reference can be seen. */
  readonly named?: string;
  /** What its deletion means; absent where only its attributes count. */
  readonly deleted?: Loss;
  readonly protections?: readonly Protection[];
}
