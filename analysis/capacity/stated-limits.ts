import { grouped } from '../../values/grouped';
import { loadOf, type Load } from './load';
import { vectorIndexFactor } from './formulas';

/** A limit that a roadmap's document states, beside what the load model says of it. */
export interface StatedLimit {
  readonly roadmap: string;
  /** Tier or phase. */
  readonly place: string;
  readonly limit: string;
  readonly stated: string;
  /** In the document's own unit. */
  readonly model: string;
  /** Why they differ; empty where they do not. */
  readonly why: string;
  /** Lines in the document. */
  readonly lines: string;
}

type Figure = (load: Load) => number;

/** A number of users that makes it exact enough to count back. */
const many = 1_000_000;

/** Users at which a figure of the load reaches a limit: every figure is proportional to them. */
function usersAt(roadmap: string, figure: Figure, limit: number, overrides: Readonly<Record<string, number>> = {}): number {
  return (limit / figure(loadOf({ users: many, roadmap, overrides }))) * many;
}

/** `201,600 users`. */
function users(count: number): string {
  return `${grouped(Math.round(count))} users`;
}

const workflows: Figure = (load) => load.workflows.peak.value;
const transactions: Figure = (load) => load.reads.peak.value + load.writes.peak.value;
const clients: Figure = (load) => load.connections.clients.value;
const requests: Figure = (load) => load.requests.peak.value;
const heldConnections: Figure = (load) => load.users.concurrent.value * load.constants.heldConnections;
const vectorGb: Figure = (load) => load.vectors.bytes.value * vectorIndexFactor;

function agentSquad(): readonly StatedLimit[] {
  const roadmap = 'agent-squad';
  return [
    {
      roadmap,
      place: 'phase 1',
      limit: 'one key of 500 calls a minute (2.8 pieces of work/s)',
      stated: '10,000 users',
      model: `${users(usersAt(roadmap, workflows, 2.8))} at 3 calls each, ${users(usersAt(roadmap, workflows, 500 / 60 / 15))} at 15`,
      why: "By the document's own constants a million users make 13.9 pieces of work a second at the peak; its limit of 5,000 to 10,000 users does not follow from them (finding as-llm-binding).",
      lines: '51, 71',
    },
    {
      roadmap,
      place: 'phase 6',
      limit: 'one PostgreSQL of 1,000 queries/s',
      stated: '200,000 users',
      model: `${users(usersAt(roadmap, transactions, 1_000))} without a cache, ${users(usersAt(roadmap, transactions, 1_000) / (1 - 0.9))} with one that answers 90 %`,
      why: '1,000 queries/s are a tenth of what 8 vCPUs do, and its cache comes two phases earlier; size, not queries, asks for shards (finding as-cache-vs-shard).',
      lines: '99, 676-678',
    },
    {
      roadmap,
      place: 'at a million',
      limit: 'bandwidth',
      stated: '6 Gbit/s',
      model: `${(loadOf({ users: many, roadmap }).bandwidth.peak.value / 1000).toFixed(2)} Gbit/s of answers, 5.3 with streams, static files and replication`,
      why: 'The document rounds the sum up.',
      lines: '130-139',
    },
    {
      roadmap,
      place: 'at a million',
      limit: 'storage of a year',
      stated: '75 TB',
      model: `${(loadOf({ users: many, roadmap }).storage.databasePerYear.value / 1000).toFixed(1)} TB of executions and 21.9 of messages`,
      why: 'Its messages are 60 TB where its factors give 21.9 (finding as-messages-storage).',
      lines: '148-152',
    },
  ];
}

function chat(): readonly StatedLimit[] {
  const roadmap = 'chat-100k';
  const at = (pods: number, each: number): string => users(usersAt(roadmap, clients, pods * each));
  return [
    { roadmap, place: 'phase 1', limit: '8 pods', stated: '10,000 users, about 500 connections', model: at(8, 62.5), why: '', lines: '19' },
    {
      roadmap,
      place: 'phase 2',
      limit: '15 pods',
      stated: '50,000 users',
      model: `${at(15, 62.5)} at 62.5 connections a pod, ${at(15, 250)} at 250`,
      why: 'The density of its first phase is not enough for its second; an asynchronous worker holds more idle streams.',
      lines: '39',
    },
    {
      roadmap,
      place: 'phase 3',
      limit: '20 pods',
      stated: '100,000 users',
      model: `${at(20, 62.5)} at 62.5 connections a pod, ${at(20, 250)} at 250`,
      why: 'The same. 250 a pod makes the statement right; measure it.',
      lines: '68',
    },
  ];
}

function venture(): readonly StatedLimit[] {
  const roadmap = 'venture-qdrant';
  const range = (figure: Figure, limit: number, constant: string, less: number): string =>
    `${users(usersAt(roadmap, figure, limit))} to ${users(usersAt(roadmap, figure, limit, { [constant]: less }))}`;
  return [
    {
      roadmap,
      place: '500 users',
      limit: 'a pool of 20 connections',
      stated: '500 users',
      model: range(heldConnections, 20, 'heldConnections', 0.5),
      why: '5 to 10 connections for 100 users fill a pool of 20 at 200 to 400; the document puts the limit at 500.',
      lines: '20, 38, 155',
    },
    {
      roadmap,
      place: '500 users',
      limit: 'a pool of 50 connections',
      stated: '500 to 1,500 users',
      model: range(heldConnections, 50, 'heldConnections', 0.5),
      why: 'Its own density fills it by 1,000.',
      lines: '155, 165',
    },
    {
      roadmap,
      place: '2,000 users',
      limit: '8 GB of vectors',
      stated: '2,000 users',
      model: users(usersAt(roadmap, vectorGb, 8)),
      why: '',
      lines: '61-68',
    },
    {
      roadmap,
      place: '10,000 users',
      limit: 'one process of 100 requests/s',
      stated: '10,000 users',
      model: `${users(usersAt(roadmap, requests, 100))} to ${users(usersAt(roadmap, requests, 100, { requestsPerMinute: 5, requestsPerUser: 800 }))}`,
      why: '',
      lines: '19, 103, 267-275',
    },
  ];
}

function enterprise(): readonly StatedLimit[] {
  const phases = [
    ['phase 1', 1_000, 100, '30-31'],
    ['phase 2', 50_000, 1_000, '53-54'],
    ['phase 3', 1_000_000, 10_000, '75-76'],
    ['phase 4', 10_000_000, 100_000, '99-100'],
  ] as const;
  return phases.map(([place, count, stated, lines]) => {
    const model = Math.round(transactions(loadOf({ users: count, roadmap: 'global-enterprise' })));
    const why =
      model === stated
        ? ''
        : `The document gives ${stated / count} transactions/s a user here, and 0.02 in phase 2, which the model takes (finding ge-tps-ratio).`;
    return {
      roadmap: 'global-enterprise',
      place,
      limit: `${users(count)} at a time`,
      stated: `${stated.toLocaleString('en-US')} transactions/s`,
      model: `${model.toLocaleString('en-US')} transactions/s`,
      why,
      lines,
    };
  });
}

/** Every limit that the documents state of users, but for those of `deadlock-coach`, which gives users by tier alone. */
export function statedLimits(): readonly StatedLimit[] {
  return [...agentSquad(), ...chat(), ...venture(), ...enterprise()];
}
