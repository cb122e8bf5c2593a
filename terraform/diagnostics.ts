import { isRecord } from '../values/record';
import { number, text } from './json';

/** What Terraform says went wrong, or may go wrong. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Constant text that names the kind of trouble. */
  readonly summary: string;
  /** What happened in this case; may be empty. */
  readonly detail: string;
  /** Resource address, where Terraform knows it. */
  readonly address?: string;
  /** `file:line` in the synthesized configuration, where Terraform knows it. */
  readonly place?: string;
}

/**
 * Reads one diagnostic of the machine-readable UI or of `validate -json`.
 * Source: Terraform documentation, "Machine-readable UI" and "validate -json", format 1.x.
 */
export function readDiagnostic(value: unknown): Diagnostic | undefined {
  if (!isRecord(value) || text(value['summary']) === undefined) return undefined;
  const detail = (text(value['detail']) ?? '').trim();
  const address = text(value['address']) ?? protectedAddress(detail) ?? addressInSnippet(value['snippet']);
  const place = placeOf(value['range']);
  return {
    severity: value['severity'] === 'warning' ? 'warning' : 'error',
    summary: text(value['summary']) ?? '',
    detail,
    ...(address === undefined ? {} : { address }),
    ...(place === undefined ? {} : { place }),
  };
}

function placeOf(range: unknown): string | undefined {
  if (!isRecord(range)) return undefined;
  const file = text(range['filename']);
  const line = isRecord(range['start']) ? number(range['start']['line']) : undefined;
  return file === undefined ? undefined : `${file}:${line ?? 1}`;
}

/** The configuration block a diagnostic points into: `resource.type.name` reads as the address `type.name`. */
function addressInSnippet(snippet: unknown): string | undefined {
  const context = isRecord(snippet) ? text(snippet['context']) : undefined;
  return context === undefined
    ? undefined
    : /^resource[. ]"?([A-Za-z0-9_-]+)"?[. ]"?([A-Za-z0-9_-]+)"?/.exec(context)?.slice(1, 3).join('.');
}

/** The one diagnostic that names its resource in the text alone: a refused destruction. */
function protectedAddress(detail: string): string | undefined {
  return /^Resource (\S+) has lifecycle\.prevent_destroy set/.exec(detail)?.[1];
}
