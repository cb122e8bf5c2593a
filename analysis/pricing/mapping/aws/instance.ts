import { one } from '../../decimal';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { type Block, blocks, flag, isSet, text, textOr, why } from '../read';
import { assembled, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType, transferNote } from './place';
import { templateOf } from './templates';
import { detailedMonitoring, instanceVolumes, publicAddresses, serverHours, serverTraffic, templateVolumes } from './servers';

/** A server with its volumes, its public address and its traffic. */
export const instance = awsType('aws_instance', (block, at) => mapInstance(block, at, isSpot(block)));

/** A server that may be taken away. */
export const spotRequest = awsType('aws_spot_instance_request', (block, at) => mapInstance(block, at, true));

const single = { quantity: one };

function mapInstance(block: Block, at: Place, spot: boolean): MappingResult {
  const template = templateOf(at, 'launch_template');
  const size =
    text(block, 'instance_type') ?? (template === undefined || isSet(block, 'instance_type') ? undefined : text(template, 'instance_type'));
  const tenancy = textOr(block, 'tenancy', 'default');
  if (size === undefined) return unpriced(why(block, 'instance_type'));
  if (tenancy !== 'default')
    return unpriced(tenancy === undefined ? why(block, 'tenancy') : `its tenancy is "${tenancy}", for which the price book has no prices`);
  const parts: readonly (Part | undefined)[] = [
    serverHours(at, { size, count: single, spot }),
    ...(template === undefined || blocks(block, 'root_block_device').length > 0
      ? instanceVolumes(at, block, single)
      : templateVolumes(at, template, single)),
    detailedMonitoring(at, block, 'monitoring', single),
    hasPublicAddress(block, at) ? publicAddresses(at, single) : undefined,
    size.startsWith('t3')
      ? at.used('CPU credits beyond the baseline', 'cpuHours', 'ec2', 'cpu-credits-unlimited-t3', 'vCPU-hour', { optional: true })
      : undefined,
    ...serverTraffic(at),
  ];
  return assembled(parts, [
    transferNote,
    'AWS servers are priced with Linux; what an image adds for its licence is in the image, not in Terraform.',
  ]);
}

function isSpot(block: Block): boolean {
  return blocks(block, 'instance_market_options').some((options) => text(options, 'market_type') === 'spot');
}

/** Servers that hold an elastic address. */
const withElasticAddress = perGraph(
  (graph) =>
    new Set(
      graph
        .ofType('aws_eip', 'aws_eip_association')
        .flatMap((one) => [...graph.referenced(one, 'instance'), ...graph.referenced(one, 'instance_id')]),
    ),
);

/** An elastic address replaces the one that the subnet would give, and is priced itself. */
function hasPublicAddress(block: Block, at: Place): boolean {
  const { graph, node } = at;
  if (withElasticAddress(graph).has(node)) return false;
  if (isSet(block, 'associate_public_ip_address')) return flag(block, 'associate_public_ip_address') === true;
  return graph.referenced(node, 'subnet_id').some((subnet) => subnet.values['map_public_ip_on_launch'] === true);
}
