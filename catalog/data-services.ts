import type { Limit } from './digitalocean';

/*
 * What the services of the upper tiers and of the other roadmaps carry, whatever the platform: vector databases, queues, event streams,
 * read replicas, and the pools of applications that keep their own. Where a vendor's page has no date of its own, `asOf` is the day on which it was read.
 */

const qdrantSize = {
  source: "seeds.md, section 2, row 18: Qdrant's documentation, vectors x dimensions x 4 bytes x 1.5",
  asOf: '2026-11-21',
};
const sqsFifo = {
  source: 'AWS, Amazon SQS FIFO queue quotas (docs.aws.amazon.com/AWSSimpleQueueService, quotas-fifo)',
  asOf: '2026-11-21',
};
const kinesis = {
  source: 'AWS, Kinesis Data Streams quotas and limits (docs.aws.amazon.com/streams, service-sizes-and-limits)',
  asOf: '2026-11-21',
};
const msk = {
  source: 'AWS, Amazon MSK best practices (docs.aws.amazon.com/msk, bestpractices and bestpractices-express)',
  asOf: '2026-11-21',
};
const chat = 'chat-100k, lines 7 to 19 (seeds.md, section 2, row 10)';

/** A node of a vector database (Qdrant and its like). Memory comes first, queries long after (row 19). */
export const vectorNodeLimits = {
  bytesPerDimension: { value: 4, unit: 'bytes', note: 'float32; an int8 index takes 1', ...qdrantSize },
  /** Memory of the index over the memory of the vectors. */
  indexFactor: { value: 1.5, unit: 'of the vectors', ...qdrantSize },
  queriesPerNode: {
    value: 100,
    unit: 'queries/s',
    source: 'seeds.md, section 2, row 19: "hundreds", of which the lowest is taken; an assumption, to be measured',
    asOf: '2026-11-21',
  },
} as const satisfies Record<string, Limit>;

/** A queue of work. A standard SQS queue has no stated bound of messages a second, a FIFO queue has. */
export const queueLimits = {
  orderedPerSecond: { value: 300, unit: 'messages/s', note: 'for each action, without batches; 3,000 in batches of ten', ...sqsFifo },
  inFlight: { value: 120_000, unit: 'messages', note: 'received and not yet deleted; support raises it', ...sqsFifo },
} as const satisfies Record<string, Limit>;

/** An event stream: a Kinesis shard, or a Kafka broker. */
export const eventStreamLimits = {
  shardRecordsPerSecond: { value: 1_000, unit: 'messages/s', ...kinesis },
  shardMegabytesPerSecond: { value: 1, unit: 'MB/s', note: '2 MB/s are read', ...kinesis },
  expressBrokerMegabytesPerSecond: { value: 15, unit: 'MB/s', note: 'express.m7g.large: 45 MB/s on three', ...msk },
  brokerMegabytesPerSecond: {
    value: 5,
    unit: 'MB/s',
    note: 'two vCPUs, three copies',
    source: `${msk.source}: a third of an Express broker; an assumption, to be measured`,
    asOf: msk.asOf,
  },
  partitionsPerBroker: { value: 1_000, unit: 'partitions', note: 'kafka.m7g.large, copies counted', ...msk },
  copies: { value: 3, unit: 'copies', ...msk },
  minimumBrokers: { value: 3, unit: 'brokers', source: 'DigitalOcean, managed Kafka (digitalocean.md, section 4)', asOf: '2026-11-21' },
} as const satisfies Record<string, Limit>;

/** A read replica of PostgreSQL. It has an allowance of connections of its own (digitalocean.md, section 5, read second hand). */
export const replicaLimits = {
  /** What repeating a write from the log costs, over making it. */
  replayShare: {
    value: 0.5,
    unit: 'of a write',
    source: 'assumption: pages are written again, queries are not planned again; to be measured',
    asOf: '2026-11-21',
  },
  /** Reads that must see a write that was just made go to the primary for so long. */
  ownWritesSeconds: { value: 5, unit: 's', source: 'seeds.md, section 2, row 28', asOf: '2026-11-21' },
} as const satisfies Record<string, Limit>;

/** Pools that an application keeps itself, in every worker of every pod. */
export const applicationPools = {
  workersPerPod: { value: 4, unit: 'workers', source: chat, asOf: '2026-11-21' },
  poolPerWorker: { value: 15, unit: 'connections', note: 'a pool of 5 and an overflow of 10', source: chat, asOf: '2026-11-21' },
} as const satisfies Record<string, Limit>;
