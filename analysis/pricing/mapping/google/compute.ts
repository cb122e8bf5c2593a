import { hoursPerMonth } from '../../arithmetic';
import { one } from '../../decimal';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { attributesOf, type Block, blocks, countOr, isSet, quantityOr, text, textOr, why } from '../read';
import { assembled, type Count, countBetween, free, missing, type Part, unpriced, whyRange } from '../results';
import { googleType, internetEgress } from './place';
import { describedMachines, diskParts, localDisks } from './machines';

/** What every estimate of machines must say. */
export const discountNote = 'Google: sustained-use discounts (up to 30 % of N1, 20 % of N2 and N2D) are not deducted.';

const single: Count = { quantity: one };

/** GB of a disk that is made from an image which says no other (Debian and Ubuntu images). */
const imageGb = 10;

const boot = { name: 'boot disk', type: 'type', size: 'size', standard: 'pd-standard', usual: imageGb };
const templateDisk = { name: 'disk', type: 'disk_type', size: 'disk_size_gb', standard: 'pd-standard', usual: imageGb };

/** A machine with its disks, its address and its traffic. */
export const computeInstance = googleType('google_compute_instance', (block, at) => {
  const machines = describedMachines(at, block, single);
  if ('reason' in machines) return unpriced(machines.reason);
  const disks = blocks(block, 'boot_disk')
    .filter((disk) => !isSet(disk, 'source'))
    .flatMap((disk) => diskParts(at, blocks(disk, 'initialize_params')[0] ?? { values: {}, unknown: [] }, boot, single));
  return assembled(
    [...machines, ...disks, ...localDisks(at, blocks(block, 'scratch_disk').length, single), internetEgress(at)],
    [discountNote],
  );
});

/** A group of machines from one template. */
const group = (type: string) =>
  googleType(type, (block, at) => {
    const [version] = blocks(block, 'version');
    const [template] = [...at.graph.referenced(at.node, 'version'), ...at.graph.referenced(at.node, 'instance_template')];
    const count = groupCount(block, at);
    if (version === undefined || template === undefined)
      return unpriced('its template is not in this configuration, so its machines are not known');
    if ('reason' in count) return unpriced(count.reason);
    const described = attributesOf(template);
    const machines = describedMachines(at, described, count);
    if ('reason' in machines) return unpriced(`of its template, ${machines.reason}`);
    const disks = blocks(described, 'disk').flatMap((disk) =>
      text(disk, 'type') === 'SCRATCH' ? localDisks(at, 1, count) : diskParts(at, disk, templateDisk, count),
    );
    return assembled([...machines, ...disks, internetEgress(at)], [discountNote]);
  });

/** In one zone, and in a region. */
export const groupManagers = ['google_compute_instance_group_manager', 'google_compute_region_instance_group_manager'].map(group);

const scalers = perGraph(
  (graph) =>
    new Map(
      graph
        .ofType('google_compute_autoscaler', 'google_compute_region_autoscaler')
        .flatMap((scaler) => graph.referenced(scaler, 'target').map((target) => [target, scaler] as const)),
    ),
);

/** The range of an autoscaler, or the fixed size of the group. */
function groupCount(block: Block, at: Place): Count | { readonly reason: string } {
  const scaler = scalers(at.graph).get(at.node);
  const [policy] = scaler === undefined ? [] : blocks(attributesOf(scaler), 'autoscaling_policy');
  if (policy === undefined) {
    const size = countOr(block, 'target_size', 0);
    return size === undefined ? { reason: why(block, 'target_size') } : { quantity: size };
  }
  const count = countBetween(countOr(policy, 'min_replicas', 0), countOr(policy, 'max_replicas', 0), 'machines');
  return count === undefined ? { reason: whyRange(policy, 'min_replicas', 'max_replicas') } : { ...count, dependsOn: 'instances' };
}

/** A disk of its own. */
const disk = (type: string) =>
  googleType(type, (block, at) => {
    const kind = textOr(block, 'type', 'pd-standard')?.split('/').at(-1);
    return assembled([
      ...diskParts(at, block, { name: 'disk', type: 'type', size: 'size', standard: 'pd-standard', usual: imageGb }, single),
      ...provisioned(at, block, kind),
    ]);
  });

/** In one zone, and in two: the second costs twice as much, which the book does not have. */
export const disks = [
  disk('google_compute_disk'),
  googleType('google_compute_region_disk', () => unpriced('the price book has no price for disks of two zones')),
];

/** What hyperdisks include of both (Hyperdisk Balanced). */
const hyperdisk = { iops: 3000, throughput: 140 };

function provisioned(at: Place, block: Block, kind: string | undefined): readonly Part[] {
  if (kind !== 'hyperdisk-balanced') return [];
  const [iops, throughput] = [
    quantityOr(block, 'provisioned_iops', hyperdisk.iops),
    quantityOr(block, 'provisioned_throughput', hyperdisk.throughput),
  ];
  if (iops === undefined || throughput === undefined) return [missing('provisioned performance', 'it is not known before the apply')];
  return [
    ...(iops.gt(hyperdisk.iops)
      ? [at.amount('IOPS beyond 3,000', 'persistent-disk', 'hyperdisk-balanced-iops', 'GB-month', iops.minus(hyperdisk.iops))]
      : []),
    ...(throughput.gt(hyperdisk.throughput)
      ? [
          at.amount(
            'throughput beyond 140 MB/s',
            'persistent-disk',
            'hyperdisk-balanced-throughput',
            'GB-month',
            throughput.minus(hyperdisk.throughput),
          ),
        ]
      : []),
  ];
}

/** Snapshots and images by what they hold. */
export const snapshots = [
  googleType('google_compute_snapshot', (_, at) =>
    assembled([at.used('snapshot', 'snapshotGb', 'persistent-disk', 'snapshot', 'GB-month')]),
  ),
  googleType('google_compute_image', (_, at) => assembled([at.used('image', 'snapshotGb', 'persistent-disk', 'image', 'GB-month')])),
];

const referencedAddresses = perGraph((graph) => new Set(graph.resources.flatMap((node) => node.references)));

/** An address: one that nothing holds costs something; one in use is billed with what holds it. */
const address = (type: string) =>
  googleType(type, (block, at) => {
    if (textOr(block, 'address_type', 'EXTERNAL') === 'INTERNAL') return free('internal addresses are free');
    const held = referencedAddresses(at.graph).has(at.node.address);
    return held
      ? free('an address in use is billed with the machine that holds it; one of a load balancer is free')
      : assembled([at.hourly('address that nothing holds', 'vpc', 'static-ip-unused')]);
  });

/** In a region. Of a global address the book has the price in one region only. */
export const addresses = [address('google_compute_address'), address('google_compute_global_address')];

/** A tunnel of a VPN. */
export const vpnTunnel = googleType('google_compute_vpn_tunnel', (_, at) => assembled([at.hourly('tunnel', 'cloud-vpn', 'tunnel')]));

/** Rules of load balancers: the first five of a region are paid together. */
export const forwardingRules = ['google_compute_forwarding_rule', 'google_compute_global_forwarding_rule'].map((type) =>
  googleType(type, (_, at) =>
    assembled([
      { pool: 'google/forwarding-rules', region: at.region },
      at.used('data through the load balancer', 'loadBalancerGb', 'load-balancing', 'data-processed-inbound', 'GB'),
    ]),
  ),
);

/** A NAT gateway: billed by the machines behind it, up to 32, and by what goes through. */
export const routerNat = googleType('google_compute_router_nat', (_, at) =>
  assembled(
    [
      at.used('machines behind the gateway', 'instances', 'cloud-nat', 'assigned-vm', 'VM-hour', { factor: hoursPerMonth }),
      at.used('data through the gateway', 'natGb', 'cloud-nat', 'data-processed', 'GB'),
    ],
    ['Cloud NAT: from the 33rd machine on a gateway costs 0.044 USD an hour in all, which is not applied.'],
  ),
);
