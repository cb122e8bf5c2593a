import type { Decimal } from 'decimal.js';
import type { ComponentKind, ComponentOf } from '../../components/component';
import type { Tier } from '../../tiers/tier';
import { decimal } from '../pricing/decimal';
import type { UsageFigure, UsageQuantities } from '../pricing/usage';
import type { Load } from './load';
import { around, daysPerMonth, people } from './usage-figures';

type Components = Pick<Tier, 'components'>;

/** Seconds between two looks of a server at its configuration (constructs/server/files/units/terrace-pull.timer). */
const lookSeconds = 20;

/** Seconds in a month of 730 hours. */
const secondsPerMonth = 730 * 3600;

/** Assumption: packages, and images of its releases. */
const natGbPerServer = 10;

/** Assumption: a line of a hundred bytes for one request in ten that the database says something about. */
const logKilobytesPerRequest = 0.01;

/** Records of a flow that a connection of a visitor leaves in ten minutes, two at the balancer and two at a server, and bytes of each (VPC user guide, Flow log records: the default format). */
const flowRecords = { each: 4, bytes: 120 };

/** Assumption: what a web firewall refuses and logs, of all requests, and kilobytes of a record. */
const refused = { share: 0.01, kilobytes: 1.5 };

/** Assumption: names that a browser looks up anew on a day. */
const lookupsPerUser = 10;

/**
 * What AWS counts apart and other platforms do not: bytes through balancer and NAT, requests to the CDN and to buckets, logs, DNS.
 * By component, for those that the tier has.
 */
export function usageOnAws(load: Load, tier: Components): Readonly<Record<string, UsageQuantities>> {
  const parts: readonly (readonly [string | undefined, UsageQuantities])[] = [
    [
      (first(tier, 'load-balancer') ?? first(tier, 'global-load-balancer'))?.id,
      { loadBalancerGb: throughBalancer(load), ...throughFirewall(load) },
    ],
    [behindBalancer(tier) ? first(tier, 'network')?.id : undefined, { natGb: throughNat(tier) }],
    [first(tier, 'network')?.id, flows(load)],
    [first(tier, 'frontend')?.id, { cdnRequestsMillion: filesServed(load) }],
    [first(tier, 'object-storage')?.id, uploadRequests(load)],
    [first(tier, 'configuration')?.id, { objectReadsMillion: looks(tier) }],
    [ownDatabase(tier) ? first(tier, 'backup')?.id : undefined, backups(load)],
    [ownDatabase(tier) ? undefined : first(tier, 'database')?.id, logs(load)],
    [first(tier, 'ml-pipeline')?.id, jobsOf(first(tier, 'ml-pipeline'))],
    [first(tier, 'audit-log')?.id, records(tier)],
    [first(tier, 'dns')?.id, { dnsQueriesMillion: lookups(load) }],
    [overClouds(tier) ? first(tier, 'global-load-balancer')?.id : undefined, { dnsQueriesMillion: lookups(load) }],
  ];
  const byComponent = new Map<string, UsageQuantities>();
  for (const [id, quantities] of parts) if (id !== undefined) byComponent.set(id, { ...byComponent.get(id), ...quantities });
  return Object.fromEntries(byComponent);
}

function first<Kind extends ComponentKind>({ components }: Components, kind: Kind): ComponentOf<Kind> | undefined {
  return components.find((component): component is ComponentOf<Kind> => component.kind === kind);
}

/** Whether a balancer outside both clouds says which of them answers: it does so when a name is looked up. */
function overClouds(tier: Components): boolean {
  return (first(tier, 'kubernetes-cluster')?.clouds.length ?? 0) > 1;
}

function behindBalancer(tier: Components): boolean {
  return first(tier, 'app-servers')?.exposure === 'load-balancer';
}

function ownDatabase(tier: Components): boolean {
  return first(tier, 'database')?.hosting.hosting === 'server';
}

function throughBalancer({ users, constants }: Load): UsageFigure {
  const { requestsPerUser, responseKilobytes } = constants;
  const gb = daysPerMonth.times(users.daily.value).times(requestsPerUser).times(responseKilobytes).div(1_000_000);
  return around(gb, `${people(users.daily.value)} daily users x ${requestsPerUser} requests x ${responseKilobytes} KB`);
}

/** Servers that the tier has at least. */
function serversIn(tier: Components): number {
  const count = first(tier, 'app-servers')?.count;
  const host = first(tier, 'inference')?.host;
  const apps = count === undefined ? 0 : 'fixed' in count ? count.fixed : count.min;
  return apps + (host?.placement === 'own' ? host.count : 0);
}

function throughNat(tier: Components): UsageFigure {
  return around(
    decimal(serversIn(tier)).times(natGbPerServer),
    `${serversIn(tier)} servers x ${natGbPerServer} GB of packages and images (assumption)`,
  );
}

function filesServed({ users, constants }: Load): UsageFigure {
  const { frontendMegabytesPerUser, responseKilobytes } = constants;
  const files = decimal(frontendMegabytesPerUser).times(1000).div(responseKilobytes);
  return around(
    million(users.daily.value, files.toNumber()),
    `${people(users.daily.value)} daily users x ${files.toDecimalPlaces(1).toFixed()} files of ${responseKilobytes} KB`,
  );
}

function uploadRequests({ users, constants }: Load): UsageQuantities {
  const assumption = `${people(users.daily.value)} daily users x ${constants.uploadsPerUser} uploads, each written and read once`;
  const figure = around(million(users.daily.value, constants.uploadsPerUser), assumption);
  return { objectWritesMillion: figure, objectReadsMillion: figure };
}

/** Assumption: a model of seven billion parameters at four bits, which each job of a run leaves. */
const modelGb = 5;

/** Nodes of a pipeline, on average over a month: they are there while its jobs run, to the deadline at the most. */
function jobsOf(pipeline: ComponentOf<'ml-pipeline'> | undefined): UsageQuantities {
  if (pipeline === undefined) return {};
  const { jobs, deadlineHours, every, keepVersionsDays } = pipeline;
  const days = every === 'day' ? 1 : 7;
  const most = decimal(365).div(12).div(days).times(jobs).times(deadlineHours).div(730);
  const kept = decimal(keepVersionsDays).div(days).times(jobs).times(modelGb);
  return {
    instances: {
      low: decimal(0),
      typical: most.div(2),
      high: most,
      assumption: `a run every ${every}, ${jobs} jobs, at most ${deadlineHours} hours; half of that is taken as typical`,
    },
    objectStorageGb: around(kept, `${jobs} models every ${every} x ${modelGb} GB (assumption), kept ${keepVersionsDays} days`),
  };
}

function looks(tier: Components): UsageFigure {
  const reads = decimal(secondsPerMonth).div(lookSeconds).times(serversIn(tier)).div(1_000_000);
  return { low: reads, typical: reads, high: reads, assumption: `${serversIn(tier)} servers look every ${lookSeconds} seconds` };
}

/** The archive of a database of our own: a segment a minute at most, and two base backups of what half a year leaves. */
function backups({ storage }: Load): UsageQuantities {
  const segments = decimal(secondsPerMonth).div(60).div(1_000_000);
  return {
    objectWritesMillion: {
      low: segments.div(10),
      typical: segments,
      high: segments.times(2),
      assumption: 'a segment of the log every minute',
    },
    objectStorageGb: around(decimal(storage.databasePerYear.value), 'the database of half a year, twice'),
  };
}

function logs({ users, constants }: Load): UsageQuantities {
  const gb = daysPerMonth.times(users.daily.value).times(constants.requestsPerUser).times(logKilobytesPerRequest).div(1_000_000);
  return logged(
    gb,
    `${people(users.daily.value)} daily users x ${constants.requestsPerUser} requests x ${logKilobytesPerRequest} KB of log (assumption), kept 30 days`,
  );
}

/** What is written to a log in a month, and kept as long. */
function logged(gb: Decimal, assumption: string): UsageQuantities {
  const figure = around(gb, assumption);
  return { logsGb: figure, logStorageGb: figure };
}

/** What a web firewall looks at, and logs of what it refuses. */
function throughFirewall({ users, constants }: Load): UsageQuantities {
  const { requestsPerUser } = constants;
  const requests = million(users.daily.value, requestsPerUser);
  const asked = `${people(users.daily.value)} daily users x ${requestsPerUser} requests`;
  return {
    requestsMillion: around(requests, asked),
    ...logged(
      requests.times(refused.share).times(refused.kilobytes),
      `${asked}, of which ${refused.share} refused x ${refused.kilobytes} KB (assumption), kept 30 days`,
    ),
  };
}

/** Who talked to whom, by connection. */
function flows({ users, constants }: Load): UsageQuantities {
  const { requestsPerUser, requestsPerConnection } = constants;
  const gb = million(users.daily.value, requestsPerUser / requestsPerConnection)
    .times(flowRecords.each)
    .times(flowRecords.bytes)
    .div(1000);
  return logged(
    gb,
    `${people(users.daily.value)} daily users x ${requestsPerUser} requests, ${requestsPerConnection} a connection x ${flowRecords.each} records of ${flowRecords.bytes} bytes, kept 30 days`,
  );
}

/** Assumptions: calls of AWS's API that a node's programs and whoever looks after it make in an hour, and bytes that a call leaves in a packed file. */
const calls = { perNodeHour: 100, bytes: 200 };

/** Regions in which something always happens, and files an hour that each gets (CloudTrail user guide: about every five minutes). */
const recordFiles = { regions: 4, perHour: 12 };

/** Assumption: readings and writings of Terraform's state, in millions: some hundred deploys. */
const stateEvents = decimal('0.005');

/** Who did what, as long as it is kept. The first copy of calls costs nothing, so that only its files are counted, and what is recorded of the state. */
function records(tier: Components): UsageQuantities {
  const [log, cluster] = [first(tier, 'audit-log'), first(tier, 'kubernetes-cluster')];
  if (log === undefined || cluster === undefined) return {};
  const nodes = (cluster.regions * (cluster.nodes.min + cluster.nodes.max)) / 2;
  const gb = decimal(nodes).times(calls.perNodeHour).times(calls.bytes).times(24).times(log.retentionDays).div(1e9);
  const files = decimal(recordFiles.regions).times(recordFiles.perHour).times(730).div(1_000_000);
  return {
    objectStorageGb: around(
      gb,
      `${nodes} nodes x ${calls.perNodeHour} calls an hour x ${calls.bytes} bytes (assumption), kept ${log.retentionDays} days`,
    ),
    objectWritesMillion: around(files, `a file every five minutes in each of ${recordFiles.regions} regions (assumption)`),
    ...recordsInSecondCloud(cluster, log),
    eventsMillion: around(stateEvents, 'some hundred deploys, each of which reads and writes the state (assumption)'),
  };
}

/** Assumptions: records of a node's and its controllers' calls of their cluster in an hour, and bytes of each. */
const clusterRecords = { perNodeHour: 500, bytes: 1000 };

/** What a cluster in a second cloud leaves in the log there, whose first thirty days are paid for with the writing. */
function recordsInSecondCloud(
  { clouds, nodes }: ComponentOf<'kubernetes-cluster'>,
  { retentionDays }: ComponentOf<'audit-log'>,
): UsageQuantities {
  if (clouds.length < 2) return {};
  const count = (nodes.min + nodes.max) / 2;
  const gb = decimal(count).times(clusterRecords.perNodeHour).times(clusterRecords.bytes).times(730).div(1e9);
  const each = `${count} nodes x ${clusterRecords.perNodeHour} records an hour x ${clusterRecords.bytes} bytes (assumption)`;
  return {
    logsGb: around(gb, each),
    logStorageGb: around(gb.times(retentionDays - 30).div(daysPerMonth), `${each}, kept ${retentionDays} days`),
  };
}

function lookups({ users }: Load): UsageFigure {
  return around(
    million(users.daily.value, lookupsPerUser),
    `${people(users.daily.value)} daily users x ${lookupsPerUser} look-ups (assumption)`,
  );
}

/** So many of each user on each day, in millions a month. */
function million(dailyUsers: number, each: number) {
  return daysPerMonth.times(dailyUsers).times(each).div(1_000_000);
}
