import type { Problem } from '../../values/errors';

/** A shard allows too few connections for the poolers of all clusters. */
export function tooManyConnections(tier: string, allowed: number, poolers: number, least: number): Problem {
  return {
    code: 'WORKLOADS_TOO_MANY_CONNECTIONS',
    message: `A shard allows ${allowed} connections, of which ${poolers} poolers would have fewer than ${least} each. Give the shards more memory, or the tier fewer clusters or app pods.`,
    where: tier,
  };
}

/** A shard map that no app could follow: buckets in no shard or in two, or shares that differ by more than one. */
export function shardMapWrong(faults: readonly string[]): Problem {
  return {
    code: 'SHARDS_UNEVEN',
    message: `The shard map is wrong: ${faults.join('; ')}. Give each bucket to one shard, and each shard as many as the others or one more; a shard that has just come may have none.`,
    where: 'database.shards',
  };
}

/** A tier has clusters in more regions than the environment names. */
export function regionsMissing(tier: string, wanted: number, named: readonly string[]): Problem {
  return {
    code: 'PLATFORM_REGIONS_MISSING',
    message: `${tier} has clusters in ${wanted} regions, and the environment names ${named.length}: ${named.join(', ')}. Add the others under regions.`,
    where: 'regions',
  };
}

/** No region of the second cloud is known near the home region. */
export function noSecondCloud(region: string, known: readonly string[]): Problem {
  return {
    code: 'SECOND_CLOUD_UNKNOWN',
    message: `No region of Google Cloud is known beside ${region}. Known ones are beside ${known.join(', ')}. Add it to stacks/platforms/google/neighbours.ts.`,
    where: 'region',
  };
}

/** A pod of a service asks for more than any node of the clusters has for pods. */
export function serviceTooLarge(
  tier: string,
  service: string,
  asked: { readonly vcpus: number; readonly memoryGib: number },
  room: { readonly vcpus: number; readonly memoryGib: number },
): Problem {
  return {
    code: 'SERVICE_TOO_LARGE',
    message: `A pod of ${service} asks for ${asked.vcpus} vCPU and ${asked.memoryGib} GiB, and a node of ${tier} has ${room.vcpus} vCPU and ${room.memoryGib} GiB for pods. Give services.${service} smaller pods, and more of them.`,
    where: `services.${service}`,
  };
}
