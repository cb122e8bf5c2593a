import type { JsonObject, ResourceGraph, ResourceNode } from '../../graph';
import { canonical } from '../change/difference';
import type { StackChange } from '../change';
import type { Finding } from '../types';
import { finding } from './findings';
import { isConfigured, type KeptChange, keptChanges } from './subject';
import { holdingsOf } from './tables';

/** Settings of a provider that say where its resources are. */
const places = [
  'region',
  'project',
  'zone',
  'account_id',
  'allowed_account_ids',
  'profile',
  'assume_role',
  'endpoints',
  'host',
  'config_context',
  'api_endpoint',
  'spaces_endpoint',
] as const;

/** Resources whose provider points elsewhere: Terraform would not find them there, and make them anew. No plan calls it that. */
export function providerFindings({ before, after, ...change }: StackChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  return keptChanges(change as StackChange)
    .filter(isConfigured)
    .flatMap((one) => elsewhere(one, before, after));
}

function elsewhere(change: KeptChange, before: ResourceGraph, after: ResourceGraph): readonly Finding[] {
  const holds = holdingsOf(change.before);
  const [was, is] = [settingsOf(change.before, before), settingsOf(change.after, after)];
  const changed = places.filter((place) => canonical(was[place]) !== canonical(is[place]));
  const renamed = change.before.provider !== change.after.provider;
  const blind = renamed && places.every((place) => was[place] === undefined && is[place] === undefined);
  if (holds === undefined || (changed.length === 0 && !blind)) return [];
  const what =
    changed.length > 0
      ? `${changed.join(', ')} of its provider ${changed.length === 1 ? 'changes' : 'change'}${shown(was['region'], is['region'], changed)}`
      : `it gets another provider, ${change.after.provider}`;
  return [
    finding(
      'guard/provider',
      change,
      `${change.address} is looked for elsewhere: ${holds.holds}.`,
      `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. Terraform would not find it there and make an empty one; the old one would run on, unseen.`,
    ),
  ];
}

function settingsOf({ provider }: ResourceNode, graph: ResourceGraph): JsonObject {
  return graph.providers[provider] ?? {};
}

/** Only what looks like a region is shown. */
function shown(was: unknown, is: unknown, changed: readonly string[]): string {
  const region = /^[a-z]{2,}(?:-[a-z]+){0,3}-?\d{1,2}$/;
  const both = changed.includes('region') && typeof was === 'string' && typeof is === 'string' && region.test(was) && region.test(is);
  return both ? ` (${String(was)} -> ${String(is)})` : '';
}
