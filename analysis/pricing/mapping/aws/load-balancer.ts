import { decimal } from '../../decimal';
import type { Place } from '../place';
import { type Block, blocks, flag, isSet, textOr, why } from '../read';
import { assembled, assumed, type Count, type Part, unpriced } from '../results';
import type { MappingResult } from '../types';
import { awsType, ownInternetOut, transferNote } from './place';
import { publicAddresses } from './servers';

/** Application, network and gateway load balancers: hours, capacity units, and a public address in each zone. */
export const loadBalancer = awsType('aws_lb', map);

/** The same under its other name. */
export const applicationLoadBalancer = awsType('aws_alb', map);

/** The first generation. */
export const classicLoadBalancer = awsType('aws_elb', (block, at) =>
  assembled(
    [
      at.hourly('classic load balancer', 'classic-lb', 'load-balancer'),
      at.used('data processed', 'loadBalancerGb', 'classic-lb', 'data', 'GB'),
      flag(block, 'internal') === true ? undefined : publicAddresses(at, zones(block, at)),
      ownInternetOut(at, 'loadBalancerEgressGb'),
    ],
    [transferNote],
  ),
);

interface Kind {
  readonly name: string;
  readonly service: string;
  readonly unit: string;
}

const kinds: Readonly<Record<string, Kind>> = {
  application: { name: 'application load balancer', service: 'alb', unit: 'lcu' },
  network: { name: 'network load balancer', service: 'nlb', unit: 'nlcu' },
};

function map(block: Block, at: Place): MappingResult {
  const type = textOr(block, 'load_balancer_type', 'application');
  const kind = kinds[type ?? ''];
  if (kind === undefined)
    return unpriced(type === 'gateway' ? 'the price book has no price for gateway load balancers' : why(block, 'load_balancer_type'));
  const internal = flag(block, 'internal');
  const address: Part | undefined = internal === true ? undefined : publicAddresses(at, zones(block, at));
  return assembled(
    [
      at.hourly(kind.name, kind.service, 'load-balancer'),
      // A capacity unit lasts for a GB an hour, and for 25 new or 3,000 open connections a second (ELB pricing page): for web traffic bytes bind.
      at.used('capacity units, one for each GB', 'loadBalancerGb', kind.service, kind.unit, 'LCU-hour'),
      address,
      ownInternetOut(at, 'loadBalancerEgressGb'),
    ],
    [transferNote],
  );
}

/** One address for each subnet. An address of one's own in a mapping is an `aws_eip`, which is priced itself. */
function zones(block: Block, at: Place): Count {
  const mappings = blocks(block, 'subnet_mapping').filter((one) => !isSet(one, 'allocation_id'));
  if (isSet(block, 'subnet_mapping') && blocks(block, 'subnet_mapping').length > 0) return { quantity: decimal(mappings.length) };
  const subnets = block.values['subnets'];
  if (Array.isArray(subnets) && subnets.length > 0 && !block.unknown.includes('subnets')) return { quantity: decimal(subnets.length) };
  const referenced = at.graph.referenced(at.node, 'subnets').length;
  return referenced > 0
    ? { quantity: decimal(referenced) }
    : assumed(decimal(fewestZones), `a public address in each zone; ${fewestZones} zones are taken`);
}

/** An application load balancer needs two zones. */
const fewestZones = 2;
