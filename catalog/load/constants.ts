/**
 * One constant of the load model. The value is the default of the default roadmap; `presets` has those of the others, and an
 * environment file overrides any of them by this name.
 */
export interface LoadConstant {
  /** Completes "load.<name>: ...", for a person who fills in an environment file. */
  readonly meaning: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Document and line, or vendor page and date, or the word "assumption" with what it rests on. */
  readonly source: string;
}

/** Every constant of the load model, by name. */
export const loadConstants = {
  activeShare: {
    meaning: 'Share of all users who come on a day.',
    value: 0.2,
    min: 0,
    max: 1,
    source: 'agent-squad, line 39; venture-qdrant has 0.3 (line 30)',
  },
  concurrentShare: {
    meaning: 'Share of the daily users who are there at the same time, at the peak.',
    value: 0.25,
    min: 0,
    max: 1,
    source:
      'agent-squad, lines 39-40: 5 % of all users, which is 25 % of the daily ones; high for a tool that is used daily (seeds.md, section 2, row 2)',
  },
  peakFactor: {
    meaning: 'Requests in the busiest hour over those in the average hour.',
    value: 3,
    min: 1,
    max: 100,
    source: 'agent-squad, line 45; a single region sees 3 to 5 (seeds.md, section 2, row 3)',
  },
  requestsPerUser: {
    meaning: 'Requests of one user on a day.',
    value: 100,
    min: 0,
    max: 1e6,
    source: 'assumption: ten minutes a day at requestsPerMinute',
  },
  requestsPerMinute: {
    meaning: 'Requests of a user who is there, in a minute.',
    value: 10,
    min: 0,
    max: 6000,
    source: 'agent-squad, line 130',
  },
  responseKilobytes: {
    meaning: 'Size of an average response, in kilobytes (1000 bytes).',
    value: 50,
    min: 0,
    max: 1e6,
    source: 'agent-squad, line 131',
  },
  responseSeconds: {
    meaning: 'How long the application works on a request, in seconds.',
    value: 0.2,
    min: 0,
    max: 600,
    source: 'deadlock-coach, line 228: the objective for the API',
  },
  requestsPerConnection: {
    meaning: 'Requests that a client sends over one TLS connection before it opens another.',
    value: 10,
    min: 1,
    max: 1e6,
    source: 'assumption',
  },
  queriesPerRequest: { meaning: 'Database transactions that one request makes.', value: 2, min: 0, max: 1e4, source: 'assumption' },
  workflowsPerUser: {
    meaning: 'Pieces of heavy work (a build, an agent run) that one user starts on a day.',
    value: 2,
    min: 0,
    max: 1e4,
    source: 'agent-squad, line 41; for deadlock-coach two builds a day (seeds.md, section 2, row 24)',
  },
  queriesPerWorkflow: {
    meaning: 'Database transactions that one piece of heavy work makes.',
    value: 20,
    min: 0,
    max: 1e6,
    source: 'assumption: a fifth of what agent-squad counts (line 95)',
  },
  readShare: { meaning: 'Share of the transactions that only read.', value: 0.8, min: 0, max: 1, source: 'venture-qdrant, line 28' },
  cacheHitShare: {
    meaning: 'Share of the reads that a cache answers, where there is one.',
    value: 0.6,
    min: 0,
    max: 1,
    source: 'venture-qdrant, line 88: below this its alarm rings',
  },
  transactionSeconds: {
    meaning: 'How long a transaction holds its database connection, in seconds.',
    value: 0.05,
    min: 0,
    max: 60,
    source: 'deadlock-coach, line 232: the objective for a query',
  },
  heldConnections: {
    meaning: 'Database connections that a user who is there holds between transactions.',
    value: 0,
    min: 0,
    max: 100,
    source: 'a pooler in transaction mode holds none; without one venture-qdrant counts 0.5 to 1 (line 20)',
  },
  completionsPerUser: {
    meaning: 'Answers of the language model that one user asks for on a day.',
    value: 2,
    min: 0,
    max: 1e4,
    source: 'seeds.md, section 2, row 24: two builds',
  },
  tokensPerCompletion: {
    meaning: 'Tokens that the language model writes in one answer.',
    value: 500,
    min: 0,
    max: 1e6,
    source: 'seeds.md, section 2, row 24',
  },
  promptTokensPerCompletion: {
    meaning: 'Tokens that the language model reads for one answer.',
    value: 1500,
    min: 0,
    max: 1e7,
    source: 'assumption',
  },
  storageKilobytesPerUser: {
    meaning: 'What one daily user adds to the database on a day, in kilobytes (1000 bytes).',
    value: 200,
    min: 0,
    max: 1e6,
    source: 'agent-squad, line 148: 100 KB for each of two pieces of work',
  },
  cacheKilobytesPerUser: {
    meaning: 'What the cache keeps for one daily user, in kilobytes (1000 bytes).',
    value: 50,
    min: 0,
    max: 1e6,
    source: 'agent-squad, line 150: the data of one user',
  },
  frontendMegabytesPerUser: {
    meaning: "What a user's browser loads of the frontend on a day, in megabytes.",
    value: 1,
    min: 0,
    max: 1e5,
    source: 'assumption: page, script and pictures, once',
  },
  uploadsPerUser: {
    meaning: 'Files that one user uploads on a day.',
    value: 2,
    min: 0,
    max: 1e5,
    source: 'assumption: a screenshot for each of two builds',
  },
  uploadMegabytes: { meaning: 'Size of an upload, in megabytes.', value: 0.5, min: 0, max: 1e5, source: 'assumption: one screenshot' },
  uploadsKeptDays: { meaning: 'Days for which uploads are kept.', value: 90, min: 0, max: 36500, source: 'assumption' },
  vectorsPerUser: {
    meaning: 'Vectors that are kept for one of all users.',
    value: 0,
    min: 0,
    max: 1e7,
    source: 'deadlock-coach has no vector database',
  },
  vectorDimensions: { meaning: 'Dimensions of a vector.', value: 1536, min: 1, max: 65536, source: 'seeds.md, section 2, row 18' },
  vectorQueriesPerMinute: {
    meaning: 'Queries of the vector database by one of all users, in a minute, at the peak.',
    value: 0,
    min: 0,
    max: 6000,
    source: 'deadlock-coach has no vector database',
  },
  eventsPerRequest: {
    meaning: 'Events that one request writes to an event stream, where there is one.',
    value: 1,
    min: 0,
    max: 1e4,
    source: 'assumption',
  },
  eventKilobytes: { meaning: 'Size of an event, in kilobytes (1000 bytes).', value: 1, min: 0, max: 1e4, source: 'assumption' },
  requestsPerVcpu: {
    meaning: 'Requests a second that one vCPU of an app server answers.',
    value: 100,
    min: 0.01,
    max: 1e6,
    source:
      "venture-qdrant's own gate for one process, 100 requests/s (lines 267-275); a process does 500 to 2,000 simple ones (seeds.md, section 2, rows 14 and 20)",
  },
  readsPerVcpu: {
    meaning: 'Transactions a second that only read, by one vCPU of PostgreSQL.',
    value: 400,
    min: 0.01,
    max: 1e6,
    source: 'seeds.md, section 2, row 7',
  },
  writesPerVcpu: {
    meaning: 'Transactions a second that write, by one vCPU of PostgreSQL.',
    value: 100,
    min: 0.01,
    max: 1e6,
    source: 'seeds.md, section 2, row 7',
  },
  cacheOperationsPerNode: {
    meaning: 'Operations a second of one cache node, which uses one CPU.',
    value: 50_000,
    min: 1,
    max: 1e8,
    source: 'assumption: half of what one core of Redis does without pipelining, because the core is shared',
  },
  inferencePerSharedVcpu: {
    meaning: 'Tokens a second that one shared vCPU writes, times the billions of parameters of the model.',
    value: 9.5,
    min: 0.01,
    max: 1e5,
    source: 'seeds.md, section 2, limits of DC: 5 tokens/s of a 7.62B model (4 bit) on 4 shared vCPUs',
  },
  inferencePerDedicatedVcpu: {
    meaning: 'The same for a dedicated vCPU that answers several users at once.',
    value: 16,
    min: 0.01,
    max: 1e5,
    source: 'seeds.md, section 2, limits of DC: 10 to 25 tokens/s of a 7.62B model on 8 dedicated vCPUs; 16 is their geometric middle',
  },
  leadTimeDays: {
    meaning: 'Days from the decision to promote to the day on which it is done.',
    value: 14,
    min: 0,
    max: 3650,
    source: 'agent-squad, lines 169-218: one to two weeks for each phase up to the read replicas',
  },
} as const satisfies Record<string, LoadConstant>;

/** Name of a constant. */
export type LoadConstantName = keyof typeof loadConstants;

/** The names, in their order. */
export const loadConstantNames = Object.keys(loadConstants) as readonly LoadConstantName[];

/** A value for every constant. */
export type LoadConstantValues = Readonly<Record<LoadConstantName, number>>;
