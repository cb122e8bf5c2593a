import type { ResourceNode } from '../../graph';
import { canonical } from '../change/difference';
import type { ResourceChange, StackChange } from '../change';
import type { Finding } from '../types';
import { capital, finding } from './findings';
import type { StatefulType } from './protection';
import { databasesIn, holdingsOf, serverType } from './tables';
import { recordedGenerations, recordedTier } from './recorded';
import { isRegionRecord } from './regions';

const saidElsewhere: ReadonlySet<string> = new Set([recordedTier, recordedGenerations]);

/** What is deleted, replaced or forgotten. */
export function goneFindings({ changes }: StackChange): readonly Finding[] {
  const created = changes.filter(({ action }) => action === 'create');
  const dropped = changes.flatMap(droppedObjects);
  const others = changes.flatMap((change) => {
    if (change.before === undefined || saidElsewhere.has(change.address) || isRegionRecord(change.address)) return [];
    if (change.action === 'delete') return deleted(change, change.before, created);
    if (change.action === 'replace') return replaced(change, change.before);
    return change.action === 'forget' ? forgotten(change, change.before) : [];
  });
  return [...others, ...dropped];
}

/** Databases that a chart's values name before a change and not after it, while the release itself stays. */
function droppedObjects(change: ResourceChange): readonly Finding[] {
  const { before, after } = change;
  if (before === undefined || after === undefined) return [];
  const left = new Set(databasesIn(after));
  return databasesIn(before)
    .filter((name) => !left.has(name))
    .map((name) =>
      finding(
        'guard/deleted',
        change,
        `${name} goes out of ${change.address}: a database in the cluster.`,
        'What it holds is lost with its volumes.',
      ),
    );
}

function deleted(change: ResourceChange, before: ResourceNode, created: readonly ResourceChange[]): readonly Finding[] {
  const holds = holdingsOf(before);
  if (holds === undefined) return [];
  if (change.address.includes(' (left over: '))
    return [
      finding(
        'guard/leftover',
        change,
        `What is left over of ${before.address} is deleted: ${holds.holds}.`,
        'An earlier replacement did not finish. The object that goes now may be the only one that holds the data.',
      ),
    ];
  if (holds.kind === 'cache')
    return [finding('guard/cache', change, `${before.address} is deleted: ${holds.holds}.`, 'What it holds is computed again.')];
  const twin = created.find(({ after }) => after !== undefined && alike(before, after));
  if (twin !== undefined)
    return [
      finding(
        'guard/moved',
        change,
        `${before.address} is deleted and made again, empty, as ${twin.address}: ${holds.holds}.`,
        `Both are alike, so this looks like a new name. Terraform knows that only from a \`moved\` block.`,
      ),
    ];
  return [
    finding(
      'guard/deleted',
      change,
      `${before.address} is deleted: ${holds.holds}.`,
      `${unprotectedNote(before)}What it holds is lost.`,
      severityOf(holds),
    ),
  ];
}

function unprotectedNote({ lifecycle }: ResourceNode): string {
  return lifecycle?.preventDestroy === true ? 'Its `prevent_destroy` goes away with its block, so that Terraform refuses nothing. ' : '';
}

/** Of a copy the rest remains. */
function severityOf({ kind }: StatefulType): { readonly severity?: 'medium' } {
  return kind === 'copy' ? { severity: 'medium' } : {};
}

function replaced(change: ResourceChange, before: ResourceNode): readonly Finding[] {
  const holds = holdingsOf(before);
  const server = serverType(before.type);
  const why = change.because.length > 0 ? `because of ${change.because.join(', ')}` : (change.doubt ?? 'as the plan says');
  const verb = change.doubt === undefined ? 'is replaced' : 'may be replaced';
  if (holds === undefined)
    return server === undefined
      ? []
      : [
          finding(
            'guard/server',
            change,
            `${change.address} ${verb}: ${server.holds}.`,
            `${capital(why)}. It is away until the new one answers.`,
          ),
        ];
  if (holds.kind === 'cache')
    return [
      finding(
        'guard/cache',
        change,
        `${change.address} ${verb}: ${holds.holds}.`,
        `${capital(why)}. The new one is empty; what it held is computed again.`,
      ),
    ];
  return [
    finding(
      'guard/replaced',
      change,
      `${change.address} ${verb}: ${holds.holds}.`,
      `${capital(why)}. The new one is ${holds.kind === 'address' ? 'another one' : 'empty'}, the old one is gone with what it holds.`,
      severityOf(holds),
    ),
  ];
}

function forgotten(change: ResourceChange, before: ResourceNode): readonly Finding[] {
  const holds = holdingsOf(before) ?? serverType(before.type);
  return holds === undefined
    ? []
    : [
        finding(
          'guard/forgotten',
          change,
          `${before.address} is forgotten and left running: ${holds.holds}.`,
          'It stays as it is, is paid for, and no plan shows it any more.',
        ),
      ];
}

const nameAttributes = [
  'name',
  'bucket',
  'identifier',
  'cluster_identifier',
  'replication_group_id',
  'secret_id',
  'dataset_id',
  'repository_id',
];

/** Share of equal arguments from which two resources of a type are taken for one under another name. */
const alikeShare = 0.6;

/** Whether one resource looks like the other: the same name, or most arguments the same. */
function alike(before: ResourceNode, after: ResourceNode): boolean {
  if (before.type !== after.type) return false;
  const sameName = nameAttributes.some(
    (attribute) =>
      typeof after.values[attribute] === 'string' &&
      after.values[attribute] === before.values[attribute] &&
      !after.unknown.includes(attribute),
  );
  if (sameName) return true;
  const keys = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])];
  const equal = keys.filter((key) => canonical(before.values[key]) === canonical(after.values[key]));
  return keys.length > 0 && equal.length / keys.length >= alikeShare;
}
