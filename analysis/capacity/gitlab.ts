import { type ReferenceArchitecture, referenceArchitectures } from '../../catalog/gitlab/reference-architectures';
import type { Component } from '../../components/component';
import type { Tier } from '../../tiers/tier';
import type { Plant } from './plant';

/** GitLab's sizes as plants of the capacity model: a check of the model by numbers that others have measured. */
export function gitlabPlants(): readonly { readonly architecture: ReferenceArchitecture; readonly plant: Plant }[] {
  return referenceArchitectures.map((architecture) => ({ architecture, plant: plantOf(architecture) }));
}

function plantOf({ application, database }: ReferenceArchitecture): Plant {
  const { nodes, vcpus, memoryGib } = application;
  return {
    platform: 'google',
    tier: tierOf(application, database !== undefined),
    servers: { app: { size: `${vcpus} vCPU`, count: nodes, vcpus, memoryGib, dedicated: true, networkMbit: 10_000 } },
    managed:
      database === undefined
        ? {}
        : { database: { size: `${database.vcpus} vCPU`, nodes: 3, ...database, usableConnections: undefined, pools: [ample] } },
    volumes: database === undefined ? { database: ample } : {},
    balancers: {},
  };
}

/** Their poolers and disks are sized apart, and are not what is compared here. */
const ample = 100_000;

function tierOf({ nodes, vcpus, memoryGib }: ReferenceArchitecture['application'], managed: boolean): Tier {
  const hosting = managed
    ? ({ hosting: 'managed', nodes: 3, memoryGib: 1, poolSize: ample } as const)
    : ({ hosting: 'server', server: 'app', volumeGib: ample, memoryGib: 4 } as const);
  const components: readonly Component[] = [
    { id: 'app', kind: 'app-servers', runtime: 'server', count: { fixed: nodes }, vcpus, memoryGib, exposure: 'load-balancer' },
    { id: 'database', kind: 'database', engine: 'postgresql', version: '17', hosting },
  ];
  return {
    id: 'tier1',
    roadmap: 'gitlab',
    stated: '',
    name: 'GitLab',
    dailyUsers: 0,
    components,
    deviations: [],
    statedCosts: [],
    costExplanations: [],
    platforms: ['google'],
    objectives: { availabilityPercent: '99.9', rpoMinutes: 0, rtoMinutes: 0, note: '' },
  };
}
