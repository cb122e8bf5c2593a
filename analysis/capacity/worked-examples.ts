import { downtimeMinutes, vectorIndexFactor, workersNeeded, workflowsPerSecond } from './formulas';
import { loadOf, type Load } from './load';
import type { LoadInput } from './load-input';

/** A figure that a roadmap's document works out, as the load model works it out. */
export interface WorkedExample {
  readonly roadmap: string;
  /** Id of the figure in the roadmap's `loadModel.derived`. */
  readonly id: string;
  readonly value: number;
  /** Where the document rounds on the way or contradicts itself: what the model says, and why. */
  readonly note?: string;
}

type Of = (load: Load) => number;

function examples(input: LoadInput, rows: Readonly<Record<string, Of | readonly [Of, string]>>): readonly WorkedExample[] {
  const load = loadOf(input);
  return Object.entries(rows).map(([id, row]) => {
    const base = { roadmap: load.roadmap, id };
    return typeof row === 'function' ? { ...base, value: row(load) } : { ...base, value: row[0](load), note: row[1] };
  });
}

/** A number as the document prints it before it goes on. */
function printed(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

const secondsPerDay = 86_400;
const transactions: Of = ({ reads, writes }) => reads.average.value + writes.average.value;
const peakTransactions: Of = ({ reads, writes }) => reads.peak.value + writes.peak.value;
const callsPerWorkflow: Of = ({ constants }) => constants.completionsPerUser / constants.workflowsPerUser;
const perUserGb =
  (kilobytes: number): Of =>
  (load) =>
    (load.users.total.value * kilobytes) / 1e6;
const workers: Of = (load) =>
  workersNeeded({
    configurations: 10_000,
    workflowsPerSecond: load.workflows.peak.value,
    agentsPerWorkflow: 3,
    secondsPerWorkflow: 60,
    agentsPerWorker: 100,
  }).byConfigurations;

/** agent-squad at a million users (lines 36 to 159). */
const agentSquad = examples(
  { users: 1_000_000, roadmap: 'agent-squad' },
  {
    'workflows-avg': (load) => load.workflows.average.value,
    'workflows-peak': [
      (load) => printed(load.workflows.average.value, 1) * load.constants.peakFactor,
      'the document rounds to 4.6 first; 13.89 without',
    ],
    'llm-calls-per-workflow': [() => 500 / 60 / 2.8, 'the model takes 3, and 15 as the other reading of line 149'],
    'llm-tier5-workflows': (load) => workflowsPerSecond(10_000, callsPerWorkflow(load)),
    'llm-gap': () => 13.8 / 2.8,
    'db-queries-per-day': (load) => transactions(load) * secondsPerDay,
    'db-qps-avg': transactions,
    'db-qps-peak': (load) => printed(peakTransactions(load), 0),
    workers: [workers, 'by running agents 25 would do: 13.9/s x 60 s x 3 agents (seeds.md, section 2, row 12)'],
    'worker-memory': (load) => workers(load) * 15,
    'worker-cores': (load) => workers(load) * 2,
    'api-rps': (load) => load.requests.peak.value,
    'api-bandwidth-mbytes': (load) => load.bandwidth.peak.value / 8,
    'api-bandwidth-gbps': (load) => load.bandwidth.peak.value / 1000,
    'users-gb': perUserGb(5),
    'squads-gb': perUserGb(10),
    'executions-tb-year': (load) => load.storage.databasePerYear.value / 1000,
    'messages-tb-year': [
      (load) => (load.workflows.average.value * secondsPerDay * 3 * 10 * 5 * 365) / 1e9,
      'the document prints 60 TB, which its own figures do not give',
    ],
    'agent-data-gb': perUserGb(50),
    'vectors-gb': (load) => load.vectors.bytes.value,
    'downtime-99-99': () => downtimeMinutes(99.99),
  },
);

/** chat-100k at 10,000 users on 8 pods of 4 workers (lines 7 to 19). */
const chat = examples(
  { users: 10_000, roadmap: 'chat-100k' },
  {
    'connections-per-pod': (load) => load.connections.clients.value / 8,
    'connections-per-worker': (load) => load.connections.clients.value / 8 / 4,
    'workers-now': () => 3 * 4,
    'workers-max': () => 20 * 4,
  },
);

const venture = [
  ...examples(
    { users: 100, roadmap: 'venture-qdrant' },
    {
      'requests-per-user-minute': (load) => (load.requests.peak.value * 60) / load.users.total.value,
      'connections-per-user': (load) => (load.users.concurrent.value * load.constants.heldConnections) / load.users.total.value,
    },
  ),
  ...examples(
    { users: 500, roadmap: 'venture-qdrant' },
    {
      'connections-at-500': (load) => load.users.concurrent.value * load.constants.heldConnections,
      'concurrent-at-500': (load) => load.users.concurrent.value,
    },
  ),
  ...examples({ users: 10_000, roadmap: 'venture-qdrant' }, { 'rps-at-10000': (load) => load.requests.peak.value }),
  ...examples(
    { users: 2_000, roadmap: 'venture-qdrant' },
    {
      'qdrant-qps-at-2000': (load) => load.vectorQueries.peak.value,
      'qdrant-mb-per-user': (load) => (load.vectors.bytes.value * vectorIndexFactor * 1000) / load.users.total.value,
    },
  ),
];

/** Transactions of one user who is there, at each phase's number of users; only one rate can be the default. 120: see requestsPerUser in the preset. */
function enterprise(id: string, users: number, requestsPerMinute: number): readonly WorkedExample[] {
  return examples(
    { users, roadmap: 'global-enterprise', overrides: { requestsPerMinute, requestsPerUser: requestsPerMinute * 120 } },
    {
      [id]: [
        (load) => peakTransactions(load) / load.users.concurrent.value,
        'the document gives three rates; 0.02 is the default, the others stand beside it',
      ],
    },
  );
}

/** Every figure that the five documents work out (`deadlock-coach` works out none). */
export const workedExamples: readonly WorkedExample[] = [
  ...agentSquad,
  ...chat,
  ...venture,
  ...enterprise('tps-per-user-1', 1_000, 6),
  ...enterprise('tps-per-user-2', 50_000, 1.2),
  ...enterprise('tps-per-user-3', 1_000_000, 0.6),
  ...enterprise('tps-per-user-4', 10_000_000, 0.6),
];
