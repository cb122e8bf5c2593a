import { awsEffect, type Direction, type Effect } from '../../../catalog/aws/replacement';
import { conditionalReplacements, isKeptWhenLeftOut, replacementPaths, replaces } from '../../../catalog/digitalocean/replacement';
import { conditionOf, type Pair } from './conditions';
import { handKept } from './hand-kept';

/** Resources of Terraform and of small utility providers: everything that is not named here changes in place. */
const utility: Readonly<Record<string, readonly string[]>> = {
  terraform_data: ['triggers_replace'],
  null_resource: ['triggers'],
  time_sleep: ['triggers'],
};

/** What a difference does to the resource: from the catalog, from what providers document, or unknown. */
export function effectOf(pair: Pair, path: string, direction: Direction): Effect {
  const { type } = pair.after;
  const effect = tableEffect(type, path, direction);
  return effect.kind === 'conditional' || effect.kind === 'unknown' ? (conditionOf(type, path)?.(pair, direction) ?? effect) : effect;
}

function tableEffect(type: string, path: string, direction: Direction): Effect {
  const forced = Object.hasOwn(utility, type) ? utility[type] : undefined;
  if (forced !== undefined)
    return forced.some((one) => path === one || path.startsWith(`${one}.`)) ? { kind: 'replaces' } : { kind: 'in-place' };
  if (type.startsWith('digitalocean_')) return digitalOceanEffect(type, path, direction);
  if (type.startsWith('aws_')) return awsEffect(type, path, direction);
  return handKept(type, path);
}

function digitalOceanEffect(type: string, path: string, direction: Direction): Effect {
  if (replacementPaths(type) === undefined) return { kind: 'unknown' };
  if (direction === 'removed' && isKeptWhenLeftOut(type, path)) return { kind: 'in-place' };
  if (replaces(type, path)) return { kind: 'replaces' };
  const condition = conditionalReplacements(type).find((row) => row.path === path);
  return condition === undefined ? { kind: 'in-place' } : { kind: 'conditional', when: condition.when };
}
