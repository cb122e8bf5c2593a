import type { ResourceNode } from '../../graph';
import type { Finding, Severity } from '../types';

/** What a finding is about: address and component. */
export type Subject = Pick<ResourceNode, 'address' | 'component'>;

/** What each kind of danger means and asks for. One row for each id of the guard. */
interface Kind {
  readonly severity: Severity;
  readonly remedy: string;
}

/** The guard's findings, by id. */
export const kinds = {
  'guard/deleted': {
    severity: 'high',
    remedy:
      'Keep the resource. To give it up on purpose without losing what it holds, let it go with a `removed` block and `destroy = false`; to rename it, add a `moved` block.',
  },
  'guard/replaced': {
    severity: 'high',
    remedy: 'Take the change of the named attribute back, or make a second resource beside this one and move the data over.',
  },
  'guard/moved': {
    severity: 'high',
    remedy: 'Add a `moved` block from the old address to the new one, so that Terraform keeps the resource.',
  },
  'guard/forgotten': {
    severity: 'medium',
    remedy: 'Write down who deletes it and when: from now on no plan shows it, and it is still paid for.',
  },
  'guard/emptied': { severity: 'high', remedy: 'Take the change back: what it holds would be deleted.' },
  'guard/unprotected': {
    severity: 'high',
    remedy: 'Keep the protection. If it has to go, let it go in a change of its own that says why.',
  },
  'guard/weaker': { severity: 'medium', remedy: 'Make sure that this is meant.' },
  'guard/shrunk': {
    severity: 'high',
    remedy: 'Keep the size. Storage only grows: the provider refuses to shrink it, or makes a new, empty one.',
  },
  'guard/public': { severity: 'high', remedy: 'Name who may reach it instead of everybody.' },
  'guard/opened': { severity: 'medium', remedy: 'Make sure that this is meant to be reached from everywhere.' },
  'guard/provider': {
    severity: 'high',
    remedy: 'Keep the region and the account of the provider. To move to another, make new resources beside these and move the data over.',
  },
  'guard/disposable': {
    severity: 'high',
    remedy: 'Take `disposable` out of the environment file, unless this environment may be destroyed with everything in it.',
  },
  'guard/recorded-tier': {
    severity: 'high',
    remedy: 'Put the old tier back into the environment file and promote: `terrace promote plan`.',
  },
  'guard/recorded-generations': {
    severity: 'high',
    remedy: 'Put the old generations back into the environment file: only a promotion changes them, after it has moved the data.',
  },
  'guard/recorded-region': {
    severity: 'high',
    remedy:
      'Put the region back under `regions`. To leave it, name it under `leavingRegions` too and deploy; take it out of `regions` after that.',
  },
  'guard/leaving-region': {
    severity: 'medium',
    remedy: 'Make sure that it is meant, and that the other regions carry the load.',
  },
  'guard/server': { severity: 'medium', remedy: 'Apply it while it may be away for some minutes, or replace one after the other.' },
  'guard/cache': { severity: 'medium', remedy: 'Apply it while few people are there: every value has to be computed again.' },
  'guard/state': {
    severity: 'medium',
    remedy:
      'Move the state with `terraform init -migrate-state` in the same change. Without it Terraform starts with nothing and makes everything a second time.',
  },
  'guard/stack-gone': {
    severity: 'medium',
    remedy: 'Destroy or hand over what the stack made before its configuration goes: what is left runs on, and nobody sees it.',
  },
  'guard/not-seen': { severity: 'medium', remedy: 'Give a plan as well: terraform show -json PLANFILE, with --plan.' },
  'guard/plan-other': { severity: 'medium', remedy: 'Make the plan anew from the configuration that is reviewed.' },
  'guard/plan-incomplete': { severity: 'medium', remedy: 'Plan without -target, and look at the errors of the plan.' },
  'guard/leftover': { severity: 'high', remedy: 'Look what the object that was left over holds before it goes.' },
} as const satisfies Readonly<Record<string, Kind>>;

/** Names of the guard's findings. */
export type GuardId = keyof typeof kinds;

/** A finding of the guard, with what its kind says. */
export function finding(
  id: GuardId,
  subject: Subject,
  summary: string,
  detail: string,
  more: { readonly severity?: Severity; readonly protects?: readonly string[]; readonly remedy?: string } = {},
): Finding {
  const { severity, remedy } = kinds[id];
  const { protects = [] } = more;
  return {
    id,
    severity: more.severity ?? severity,
    address: subject.address,
    component: subject.component,
    summary,
    detail,
    remedy: more.remedy ?? remedy,
    ...(protects.length === 0 ? {} : { protects }),
  };
}

/** `a database with its backups`, with a capital. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
