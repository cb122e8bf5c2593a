import type { Plant } from './plant';

/** A part of a tier that carries nothing in a report, and what is done with its share of the load. */
export interface Uncounted {
  readonly component: string;
  readonly part: string;
  readonly why: string;
}

/** Clouds as a sentence names them. */
const names: Readonly<Record<string, string>> = { aws: 'AWS', digitalocean: 'DigitalOcean', google: 'Google' };

function nameOf(cloud: string): string {
  return names[cloud] ?? cloud;
}

/** The same in one sentence. */
export function uncountedSentence({ component, part, why }: Uncounted): string {
  return `${component}: ${part}; ${why}.`;
}

/** Clusters of a tier in clouds other than its own: machines there are not read, and their catalog is not that of the platform. */
export function uncountedIn({ tier, platform }: Pick<Plant, 'tier' | 'platform'>): readonly Uncounted[] {
  return tier.components.flatMap((each) => {
    if (each.kind !== 'kubernetes-cluster') return [];
    const { id, nodes, nodeVcpus, nodeMemoryGib } = each;
    return each.clouds
      .filter((cloud) => cloud !== platform)
      .map((cloud) => ({
        component: id,
        part: `the cluster at ${nameOf(cloud)}, ${nodes.min} to ${nodes.max} nodes of ${nodeVcpus} vCPU and ${nodeMemoryGib} GiB, and cards that stand there`,
        why: `only machines on ${nameOf(platform)} are read; the pods of all clusters are held against the nodes there`,
      }));
  });
}
