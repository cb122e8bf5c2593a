import type { ResourceGraph, ResourceNode } from '../../graph';
import type { ResourceChange, StackChange } from '../change';
import type { Finding } from '../types';
import { type Exposure, exposuresOf } from './exposure';
import { finding } from './findings';
import { whom } from './lowered';
import { protectedBy } from './protects';
import { addressesKept } from './subject';
import { helperType, holdingsOf, serverType } from './tables';

/** What can be reached by everybody and could not before: by itself, or because of what protects it. */
export function exposedFindings(change: StackChange): readonly Finding[] {
  if (change.after === undefined) return [];
  const context: Context = { change, after: change.after, kept: addressesKept(change), ways: waysIn(change.before) };
  return change.after.resources.flatMap((node) => newlyOpen(node, context));
}

interface Context {
  readonly change: StackChange;
  readonly after: ResourceGraph;
  /** Addresses now by addresses before. */
  readonly kept: ReadonlyMap<string, string>;
  /** Ways in before, by the address of what could be reached. */
  readonly ways: ReadonlyMap<string, ReadonlySet<string>>;
}

/** By address of every resource that is open or whose helper is: keys of the ways in. */
function waysIn(graph: ResourceGraph | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const ways = new Map<string, Set<string>>();
  for (const node of graph?.resources ?? []) {
    const keys = exposuresOf(node).map(({ key }) => key);
    if (graph === undefined || keys.length === 0) continue;
    for (const address of [node.address, ...protectedBy(node, graph).map((one) => one.address)])
      ways.set(address, new Set([...(ways.get(address) ?? []), ...keys]));
  }
  return ways;
}

function newlyOpen(node: ResourceNode, context: Context): readonly Finding[] {
  const exposures = exposuresOf(node);
  if (exposures.length === 0) return [];
  const helper = helperType(node.type) !== undefined;
  const protects = helper ? protectedBy(node, context.after) : [];
  return exposures.flatMap((exposure) => {
    const reached = (protects.length > 0 ? protects : [node]).filter((one) => wasThere(one, context) && !wasOpen(one, exposure, context));
    return reached.length === 0 && !(helper && protects.length === 0 && !wasOpen(node, exposure, context))
      ? []
      : [opened(node, exposure, helper ? reached.filter((one) => one !== node) : [], protects.length === 0 && helper)];
  });
}

function wasThere(node: ResourceNode, { kept }: Context): boolean {
  return [...kept.values()].includes(node.address);
}

function wasOpen(node: ResourceNode, { key }: Exposure, { kept, ways }: Context): boolean {
  const old = [...kept].find(([, now]) => now === node.address)?.[0] ?? node.address;
  return ways.get(old)?.has(key) === true;
}

/** Of a helper whose wards cannot be seen it is not known whether it opens anything that was there. */
function opened(node: ResourceNode, exposure: Exposure, wards: readonly ResourceNode[], blind: boolean): Finding {
  const protects = wards.map(({ address }) => address);
  const summary = `${node.address} is opened: ${exposure.text}${protects.length === 0 ? '' : whom(protects)}.`;
  if (exposure.kind === 'web')
    return finding(
      'guard/opened',
      node,
      summary,
      'Web traffic from everywhere is what a web server is there for; here it was not allowed before.',
      { protects },
    );
  return finding(
    'guard/public',
    node,
    summary,
    blind ? 'What it protects cannot be seen from here.' : 'Everybody on the internet can try to get in.',
    { protects },
  );
}

/** Helpers that go while what they protect stays. */
export function helperFindings(change: StackChange): readonly Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const kept = addressesKept(change);
  return change.changes
    .filter(({ action }) => action === 'delete' || action === 'replace')
    .flatMap((one) => helperGone(one, before, after, kept));
}

function helperGone(
  change: ResourceChange,
  before: ResourceGraph,
  after: ResourceGraph,
  kept: ReadonlyMap<string, string>,
): readonly Finding[] {
  const helper = helperType(change.type);
  if (helper === undefined || change.before === undefined) return [];
  const wards = protectedBy(change.before, before);
  const staying = wards
    .flatMap(({ address }) => kept.get(address) ?? [])
    .filter(
      (address) =>
        (holdingsOf(after.get(address) ?? (change.before as ResourceNode)) ?? serverType(after.get(address)?.type ?? '')) !== undefined,
    );
  if (wards.length > 0 && staying.length === 0) return [];
  const covered = new Set(
    after.resources
      .filter((node) => node.type === change.type && (change.action === 'delete' || node.address !== change.address))
      .flatMap((node) => protectedBy(node, after).map(({ address }) => address)),
  );
  const bare = staying.filter((address) => !covered.has(address));
  if (wards.length > 0 && bare.length === 0) return [];
  if (change.action === 'replace')
    return helper.deleted === undefined && helper.what !== 'the attachment'
      ? []
      : [
          finding(
            'guard/weaker',
            change,
            `${change.address} is replaced: ${helper.what}${whom(bare)}.`,
            'While it is made anew, it does not protect.',
            { protects: bare },
          ),
        ];
  if (helper.what === 'the attachment')
    return [
      finding('guard/weaker', change, `${change.address} is deleted${whom(bare)}.`, 'Its data is no longer reachable for who uses it.', {
        protects: bare,
      }),
    ];
  if (helper.deleted === undefined) return [];
  const id = helper.deleted === 'public' ? 'guard/public' : helper.deleted === 'weaker' ? 'guard/weaker' : 'guard/unprotected';
  return [
    finding(
      id,
      change,
      `${change.address} is deleted: ${helper.what}${whom(bare)}.`,
      id === 'guard/public' ? 'Without it everybody can try to get in.' : 'Without it a mistake cannot be taken back.',
      { protects: bare },
    ),
  ];
}
