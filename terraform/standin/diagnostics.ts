import type { Path } from './plan';

/** A diagnostic of the plugin protocol. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly summary: string;
  readonly detail?: string;
  readonly attribute?: AttributePath;
}

/** A path of the plugin protocol. */
export interface AttributePath {
  readonly steps: readonly ({ readonly attribute_name: string } | { readonly element_key_int: number })[];
}

export function error(summary: string, path: Path = [], detail?: string): Diagnostic {
  return {
    severity: 'ERROR',
    summary,
    ...(detail === undefined ? {} : { detail }),
    ...(path.length === 0 ? {} : { attribute: attributePath(path) }),
  };
}

export function warning(summary: string, path: Path, detail: string): Diagnostic {
  return { ...error(summary, path, detail), severity: 'WARNING' };
}

export function attributePath(path: Path): AttributePath {
  return { steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })) };
}
