import type { ResourceGraph } from '../../graph';
import type { StackChange } from '../change';
import type { Finding } from '../types';
import { finding, type GuardId } from './findings';
import { type Lowered, loweredBy } from './levels';
import type { Loss } from './protection';
import { protectedBy } from './protects';
import { liftedBy, recordedGenerations, recordedTier } from './recorded';
import { type KeptChange, keptChanges } from './subject';
import { helperType, holdingsOf, serverType } from './tables';

const ids: Readonly<Record<Loss, GuardId>> = {
  unprotected: 'guard/unprotected',
  emptied: 'guard/emptied',
  public: 'guard/public',
  shrunk: 'guard/shrunk',
  weaker: 'guard/weaker',
};

/** Protections that go down: attributes of what holds data, of servers and of helpers, and `prevent_destroy`. */
export function loweredFindings(change: StackChange): readonly Finding[] {
  return [...keptChanges(change).flatMap((one) => ofAttributes(one, change.after)), ...liftedFindings(change)];
}

function ofAttributes(change: KeptChange, graph: ResourceGraph | undefined): readonly Finding[] {
  const { before, after } = change;
  const holds = holdingsOf(before) ?? serverType(before.type);
  const helper = helperType(before.type);
  const own = loweredBy(holds?.protections ?? [], before, after).map((one) =>
    ownFinding(change, one, holds?.holds ?? '', holds?.kind === 'cache'),
  );
  return helper === undefined || graph === undefined
    ? own
    : [...own, ...loweredBy(helper.protections ?? [], before, after).map((one) => helperFinding(change, one, graph))];
}

function ownFinding(change: KeptChange, one: Lowered, holds: string, cache: boolean): Finding {
  return finding(
    ids[one.protection.loss],
    change,
    `${change.address}, ${holds}: ${told(one)}.`,
    `${one.protection.path}${values(one)}. ${consequences[one.protection.loss]}`,
    cache && (one.protection.loss === 'unprotected' || one.protection.loss === 'shrunk') ? { severity: 'medium' } : {},
  );
}

function helperFinding(change: KeptChange, one: Lowered, graph: ResourceGraph): Finding {
  const protects = protectedBy(change.after, graph).map(({ address }) => address);
  return finding(
    ids[one.protection.loss],
    change,
    `${change.address}${whom(protects)}: ${told(one)}.`,
    `${one.protection.path}${values(one)}. ${consequences[one.protection.loss]}`,
    { protects },
  );
}

/** `, which protects x and y`. */
export function whom(protects: readonly string[]): string {
  if (protects.length === 0) return '';
  const [first = '', second] = protects;
  return `, which protects ${protects.length > 2 ? `${first} and ${protects.length - 1} more` : second === undefined ? first : `${first} and ${second}`}`;
}

/** `versioning: Enabled -> Suspended`, `deletion protection is removed`. */
function told({ certain, protection: { what, safe }, from, to }: Lowered): string {
  if (!certain) return `${what} is no longer certain`;
  if (safe.kind === 'on' || safe.kind === 'off' || safe.kind === 'present') return `${what} is removed`;
  return from === undefined || to === undefined ? `${what}: less than before` : `${what}: ${from} -> ${to}`;
}

function values({ from, to, certain }: Lowered): string {
  if (!certain) return ' is known only when Terraform runs';
  return from === undefined || to === undefined ? '' : `: ${from} -> ${to}`;
}

const consequences: Readonly<Record<Loss, string>> = {
  unprotected: 'A mistake that was refused, or could be taken back, no longer is.',
  emptied: 'What it holds can be deleted by this.',
  public: 'It can be reached by everybody.',
  shrunk: 'What does not fit is lost, or the provider refuses.',
  weaker: 'It holds what it held, and survives less.',
};

/** `prevent_destroy` that goes while the resource stays. Where the whole environment becomes disposable, one finding says it all. */
function liftedFindings(change: StackChange): readonly Finding[] {
  const lifted = new Set(liftedBy(change));
  if (lifted.has(recordedTier)) return [];
  return keptChanges(change)
    .filter(({ address }) => lifted.has(address) && address !== recordedGenerations)
    .map((one) =>
      finding(
        'guard/unprotected',
        one,
        `prevent_destroy is lifted from ${one.address}: ${holdingsOf(one.before)?.holds ?? 'a resource that was protected'}.`,
        'The next change that replaces or deletes it is carried out without a word. No plan shows this.',
      ),
    );
}
