import type { LoadConstantName } from '../load';
import type { Dated } from '../types';

/** One of GitLab's published sizes: what answers requests, and the database behind it. */
export interface ReferenceArchitecture extends Dated {
  readonly id: string;
  readonly users: number;
  readonly requestsPerSecond: number;
  /** Nodes of the application (Rails) and vCPUs of each. */
  readonly application: { readonly nodes: number; readonly vcpus: number; readonly memoryGib: number };
  /** vCPUs of the database's primary; undefined where it shares the one server. */
  readonly database: { readonly vcpus: number; readonly memoryGib: number } | undefined;
}

const pages = 'docs.gitlab.com/administration/reference_architectures';

/** The seven sizes, smallest first. */
export const referenceArchitectures: readonly ReferenceArchitecture[] = [
  {
    id: '1k',
    users: 1_000,
    requestsPerSecond: 20,
    application: { nodes: 1, vcpus: 8, memoryGib: 16 },
    database: undefined,
    source: `${pages}/1k_users`,
    asOf: '2025',
  },
  {
    id: '2k',
    users: 2_000,
    requestsPerSecond: 40,
    application: { nodes: 2, vcpus: 8, memoryGib: 7.2 },
    database: { vcpus: 2, memoryGib: 7.5 },
    source: `${pages}/2k_users`,
    asOf: '2025',
  },
  {
    id: '3k',
    users: 3_000,
    requestsPerSecond: 60,
    application: { nodes: 3, vcpus: 8, memoryGib: 7.2 },
    database: { vcpus: 2, memoryGib: 7.5 },
    source: `${pages}/3k_users`,
    asOf: '2025',
  },
  {
    id: '5k',
    users: 5_000,
    requestsPerSecond: 100,
    application: { nodes: 3, vcpus: 16, memoryGib: 14.4 },
    database: { vcpus: 4, memoryGib: 15 },
    source: `${pages}/5k_users`,
    asOf: '2025',
  },
  {
    id: '10k',
    users: 10_000,
    requestsPerSecond: 200,
    application: { nodes: 3, vcpus: 32, memoryGib: 28.8 },
    database: { vcpus: 8, memoryGib: 30 },
    source: `${pages}/10k_users`,
    asOf: '2025',
  },
  {
    id: '25k',
    users: 25_000,
    requestsPerSecond: 500,
    application: { nodes: 5, vcpus: 32, memoryGib: 28.8 },
    database: { vcpus: 16, memoryGib: 60 },
    source: `${pages}/25k_users`,
    asOf: '2025',
  },
  {
    id: '50k',
    users: 50_000,
    requestsPerSecond: 1_000,
    application: { nodes: 12, vcpus: 32, memoryGib: 28.8 },
    database: { vcpus: 32, memoryGib: 120 },
    source: `${pages}/50k_users; nodes of the application from an earlier edition of it`,
    asOf: '2025',
  },
];

/** GitLab as a load: what its own sizes say of a user and of a vCPU. */
export const gitlabConstants: Readonly<Partial<Record<LoadConstantName, number>>> = {
  activeShare: 1,
  concurrentShare: 1,
  /** 20 requests/s of 1,000 users. */
  requestsPerMinute: 1.2,
  requestsPerUser: 0,
  workflowsPerUser: 0,
  completionsPerUser: 0,
  uploadsPerUser: 0,
  /** 500 requests/s on 5 x 32 vCPUs, the size that asks most of one. */
  requestsPerVcpu: 3.125,
  /** 500 requests/s on a database of 16 vCPUs, at 400 reads or 100 writes a vCPU. */
  queriesPerRequest: 8,
};
