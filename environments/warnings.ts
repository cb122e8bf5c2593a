import { dsqlLimits } from '../catalog/aws';
import { regions } from '../catalog/digitalocean';
import { engineGaps } from '../components/distributed-database';
import { tierOf } from '../tiers/choices';
import { splitImage } from './grammar/image';
import type { Environment } from './schema';

type Warning = (environment: Environment) => string | readonly string[] | undefined;

const warnings: readonly Warning[] = [
  localState,
  spacesLock,
  movingImage,
  movingJob,
  movingServices,
  closedRegion,
  doorWithoutKeys,
  closedClusters,
  askedStorage,
  rowsOutOfReach,
];

/** What is allowed but should be known, in a fixed order. */
export function warningsFor(environment: Environment): readonly string[] {
  return warnings.flatMap((warning) => warning(environment) ?? []);
}

function localState({ name, tier, state, disposable }: Environment): string | undefined {
  if (state.backend !== 'local' || tier === 'tier1' || disposable === name) return undefined;
  return `${name} is at ${tier} and keeps its state in a file on this machine (${state.path}): nobody else can deploy it, nothing locks it, and it is lost with the disk. Use state.backend s3 or spaces.`;
}

function spacesLock({ name, state }: Environment): string | undefined {
  if (state.backend !== 'spaces') return undefined;
  return `${name} keeps its state in Spaces, a backend without a lock until a conditional write has been seen to be refused on a real account: let one pipeline at a time deploy it.`;
}

function movingImage({ app }: Environment): string | undefined {
  if (!namesNoVersion(app.image)) return undefined;
  return `app.image ${app.image} names no version: a new image under the same name is not rolled out, and a roll-back has nothing to go back to. Name a tag or a digest.`;
}

function movingJob({ pipeline }: Environment): string | undefined {
  if (pipeline?.image === undefined || !namesNoVersion(pipeline.image)) return undefined;
  return `pipeline.image ${pipeline.image} names no version: each run takes what the name stands for that day, and nobody can say what made a model. Name a tag or a digest.`;
}

function movingServices({ services = {} }: Environment): readonly string[] {
  return Object.entries(services)
    .filter(([, { image }]) => namesNoVersion(image))
    .map(
      ([name, { image }]) =>
        `services.${name}.image ${image} names no version: a new image under the same name is not rolled out, and a roll-back has nothing to go back to. Name a tag or a digest.`,
    );
}

function namesNoVersion(image: string): boolean {
  const { tag, digest } = splitImage(image);
  return digest === undefined && (tag === undefined || tag === 'latest');
}

function closedRegion({ platform, region, regions: further = [] }: Environment): readonly string[] {
  if (platform !== 'digitalocean') return [];
  return [region, ...further].flatMap((slug) => {
    const known = regions().find((each) => each.slug === slug);
    return known?.closed === undefined ? [] : [`region ${slug}: ${known.closed} (catalog, ${known.asOf}).`];
  });
}

function doorWithoutKeys(environment: Environment): string | undefined {
  const { access } = environment;
  if (access.allowedCidrs.length === 0 || Object.keys(access.sshKeys).length > 0 || hasClusters(environment)) return undefined;
  return 'access.allowedCidrs opens the SSH port, but access.sshKeys names nobody who could log in.';
}

/** Clusters of EKS and GKE answer inside their networks, and whom else the file names. */
function closedClusters(environment: Environment): string | undefined {
  const { name, tier, access, platform } = environment;
  if (platform !== 'aws' || access.allowedCidrs.length > 0 || !hasClusters(environment)) return undefined;
  return `access.allowedCidrs is empty, so that the clusters of ${name} answer inside their networks alone: what runs in them (${tier}-workloads) can be deployed only from there. Name the range that deploys come from, or deploy from a machine in the network.`;
}

function hasClusters({ tier, database }: Environment): boolean {
  return tierOf(tier, { database }).components.some(({ kind }) => kind === 'kubernetes-cluster');
}

function askedStorage({ name, database }: Environment): string | undefined {
  const { value } = dsqlLimits.storageTib;
  const given = database?.storageTib ?? value;
  if (given <= value) return undefined;
  return `${name} counts with ${given} TiB for Aurora DSQL (database.storageTib), and an account has ${value}: ask AWS for the rest (Service Quotas, Aurora DSQL, storage of a cluster) before the data get there. No deploy does.`;
}

/** Some of the requests are answered by pods that have no database. */
function rowsOutOfReach({ name, tier, promotion, database }: Environment): string | undefined {
  const engines = [tier, ...(promotion === undefined ? [] : [promotion.to])].flatMap((id) =>
    tierOf(id, { database }).components.flatMap((each) => (each.kind === 'distributed-database' ? [each.engine] : [])),
  );
  const [engine] = engines.filter((each) => engineGaps[each] !== undefined);
  if (engine === undefined) return undefined;
  return `${name} has database.engine ${engine}, which ${engineGaps[engine]}: requests that come to them answer without rows or fail. Join the networks by hand, or take an engine that every cluster on AWS reaches: shards, aurora-dsql, citus or spanner.`;
}
