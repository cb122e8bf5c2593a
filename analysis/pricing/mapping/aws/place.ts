import { textAt } from '../../../graph/json';
import type { ResourceGraph, ResourceNode } from '../../../graph/types';
import type { UsageKey } from '../../usage-keys';
import { placeOf, providerSetting, regional, type Place } from '../place';
import { attributesOf, type Block } from '../read';
import type { Mapping, MappingResult, PoolShare } from '../types';

const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * The region of a resource: its own argument (provider 6), or the provider configuration's, or what its ARN or availability
 * zone says, which a state has.
 */
function awsRegion(node: ResourceNode, graph: ResourceGraph): string | undefined {
  const zone = textAt(node.values, 'availability_zone')?.replace(/[a-z]$/, '');
  const candidates = [
    textAt(node.values, 'region'),
    providerSetting(node, graph, 'region'),
    textAt(node.values, 'arn')?.split(':')[3],
    zone,
  ];
  return candidates.find((one) => one !== undefined && regionPattern.test(one));
}

/** A type whose prices vary by region. */
export const awsType = regional('aws', awsRegion);

/** A type that AWS sells at one price everywhere. */
export function awsGlobalType(type: string, map: (block: Block, at: Place) => MappingResult): Mapping {
  return { type, map: (node, graph) => map(attributesOf(node), placeOf('aws', 'all', node, graph)) };
}

/** What leaves to the internet is billed for all resources of a region together, by its steps. */
export function internetOut(at: Place): PoolShare {
  return { pool: 'aws/internet-out', region: at.region, dependsOn: 'egressGb' };
}

/** The same for what counts its traffic with the servers behind it unless usage says otherwise. */
export function ownInternetOut(at: Place, dependsOn: UsageKey): PoolShare {
  return { pool: 'aws/internet-out', region: at.region, dependsOn, optional: true };
}

/** What every estimate with traffic must say. */
export const transferNote = 'AWS: the first 100 GB a month that an account sends to the internet are free and are not deducted.';
