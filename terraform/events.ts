import { isRecord } from '../values/record';
import { Diagnostic, readDiagnostic } from './diagnostics';
import { number, parseJson, record, text } from './json';

/** What Terraform is doing, as it tells it line by line. */
export type TerraformEvent =
  | {
      readonly kind: 'started' | 'progress' | 'done' | 'failed';
      readonly address: string;
      readonly action: string;
      readonly seconds: number;
    }
  | { readonly kind: 'planned' | 'drifted'; readonly address: string; readonly action: string }
  | { readonly kind: 'refreshed'; readonly address: string }
  | { readonly kind: 'summary'; readonly operation: string; readonly text: string }
  | { readonly kind: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'note'; readonly text: string };

type Reader = (line: Record<string, unknown>) => TerraformEvent | undefined;

const READERS: Readonly<Record<string, Reader>> = {
  apply_start: (line) => hook(line, 'started'),
  apply_progress: (line) => hook(line, 'progress'),
  apply_complete: (line) => hook(line, 'done'),
  apply_errored: (line) => hook(line, 'failed'),
  planned_change: (line) => change(line, 'planned'),
  resource_drift: (line) => change(line, 'drifted'),
  refresh_complete: (line) => refreshed(line),
  change_summary: (line) => ({
    kind: 'summary',
    operation: text(record(line['changes'])['operation']) ?? '',
    text: text(line['@message']) ?? '',
  }),
  diagnostic: (line) => diagnostic(line['diagnostic']),
  log: (line) => note(line),
  init_output: (line) => note(line),
};

/**
 * Reads one line of the machine-readable UI (`-json`).
 * Source: Terraform documentation, "Machine-readable UI", format 1.2 (Terraform 1.11); types it does not name are left out.
 * @returns undefined for what says nothing about progress, and for lines that are not JSON: `init` prints some
 */
export function readEvent(line: string): TerraformEvent | undefined {
  const parsed = line.startsWith('{') ? parseJson(line) : undefined;
  if (!isRecord(parsed)) return undefined;
  return READERS[text(parsed['type']) ?? '']?.(parsed);
}

/** All diagnostics in a machine-readable UI's output. */
export function diagnosticsIn(output: string): readonly Diagnostic[] {
  return output
    .split('\n')
    .map(readEvent)
    .flatMap((event) => (event?.kind === 'diagnostic' ? [event.diagnostic] : []));
}

function hook(line: Record<string, unknown>, kind: 'started' | 'progress' | 'done' | 'failed'): TerraformEvent | undefined {
  const told = record(line['hook']);
  const address = text(record(told['resource'])['addr']);
  if (address === undefined) return undefined;
  return { kind, address, action: text(told['action']) ?? 'unknown', seconds: number(told['elapsed_seconds']) ?? 0 };
}

function change(line: Record<string, unknown>, kind: 'planned' | 'drifted'): TerraformEvent | undefined {
  const told = record(line['change']);
  const address = text(record(told['resource'])['addr']);
  return address === undefined ? undefined : { kind, address, action: text(told['action']) ?? 'unknown' };
}

function refreshed(line: Record<string, unknown>): TerraformEvent | undefined {
  const address = text(record(record(line['hook'])['resource'])['addr']);
  return address === undefined ? undefined : { kind: 'refreshed', address };
}

function diagnostic(value: unknown): TerraformEvent | undefined {
  const read = readDiagnostic(value);
  return read === undefined ? undefined : { kind: 'diagnostic', diagnostic: read };
}

function note(line: Record<string, unknown>): TerraformEvent | undefined {
  const message = text(line['@message']);
  return message === undefined ? undefined : { kind: 'note', text: message };
}
