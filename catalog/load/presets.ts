import type { LoadConstantName } from './constants';

/** A roadmap's own value for a constant. */
export interface PresetValue {
  readonly value: number;
  readonly source: string;
}

/** Another value that the same document gives, or that contradicts it. */
export interface OtherReading extends PresetValue {
  readonly constant: LoadConstantName;
}

/** How a roadmap's document counts load, where it differs from the defaults. */
export interface LoadPreset {
  /** What the document means by a user. */
  readonly basis: 'daily' | 'total' | 'concurrent';
  readonly values: Readonly<Partial<Record<LoadConstantName, PresetValue>>>;
  readonly otherReadings: readonly OtherReading[];
}

/** Presets by the id of their roadmap. */
export const loadPresets: Readonly<Record<string, LoadPreset>> = {
  'deadlock-coach': { basis: 'daily', values: {}, otherReadings: [] },
  'agent-squad': {
    basis: 'total',
    values: {
      requestsPerUser: {
        value: 1200,
        source: 'line 130 divided by the peak factor of line 45: 8,333 requests/s at the peak of 200,000 daily users',
      },
      queriesPerRequest: { value: 0, source: 'the document counts queries by piece of work only (line 95)' },
      queriesPerWorkflow: { value: 100, source: 'line 95' },
      cacheHitShare: { value: 0.9, source: 'line 788; 0.7 to 0.9 in line 182' },
      completionsPerUser: { value: 6, source: 'implied by line 71: 500 calls a minute are 2.8 pieces of work a second, so 3 calls each' },
      tokensPerCompletion: { value: 1667, source: '5,000 tokens out for each piece of work of 3 calls (seeds.md, section 2, row 6)' },
      promptTokensPerCompletion: {
        value: 11_667,
        source: '35,000 tokens in for each piece of work of 3 calls (seeds.md, section 2, row 6)',
      },
      vectorsPerUser: { value: 100, source: 'line 157: 100 million for a million users' },
      vectorDimensions: { value: 375, source: 'line 157: 1.5 KB each, which is 375 dimensions of 4 bytes' },
    },
    otherReadings: [
      { constant: 'completionsPerUser', value: 30, source: 'line 149: 30 messages stored for each piece of work are about 15 calls' },
      { constant: 'cacheHitShare', value: 0.7, source: 'line 182, lower end' },
    ],
  },
  'chat-100k': {
    basis: 'total',
    values: {
      requestsPerMinute: { value: 10, source: 'not stated; agent-squad, line 130' },
      completionsPerUser: { value: 20, source: 'assumption: twenty messages of a chat on a day' },
      requestsPerVcpu: { value: 62.5, source: 'line 19: 500 connections on 8 pods, one vCPU each assumed' },
      heldConnections: { value: 1, source: 'no pooler in its first phase; one connection while a user is connected is assumed' },
    },
    otherReadings: [
      {
        constant: 'requestsPerVcpu',
        value: 250,
        source: 'seeds.md, section 2, row 11: idle streams of an asynchronous worker; with it 20 pods are enough for 100,000 users',
      },
    ],
  },
  'venture-qdrant': {
    basis: 'total',
    values: {
      activeShare: { value: 0.3, source: 'line 30' },
      concurrentShare: { value: 1 / 3, source: 'line 30: 10 % of all users, a third of the daily ones' },
      requestsPerUser: { value: 1600, source: 'line 19: 1 request a minute for each of all users at the peak, divided by the peak factor' },
      heldConnections: { value: 1, source: 'line 20: 10 for 100 users, of whom 10 are there' },
      vectorQueriesPerMinute: { value: 0.3, source: 'seeds.md, section 2, row 19: 10 queries/s at 2,000 users, upper end' },
      vectorsPerUser: {
        value: 434,
        source: 'lines 61-68: 8 GB at 2,000 users, with 1,536 dimensions of 4 bytes and 1.5 for the index (seeds.md, section 2, row 18)',
      },
    },
    otherReadings: [
      { constant: 'requestsPerMinute', value: 5, source: 'line 19, lower end: 50 requests a minute at 100 users' },
      { constant: 'vectorQueriesPerMinute', value: 0.2, source: 'seeds.md, section 2, row 19: 7 queries/s at 2,000 users, lower end' },
      { constant: 'heldConnections', value: 0.5, source: 'line 20, lower end: 5 at 100 users' },
    ],
  },
  'global-enterprise': {
    basis: 'concurrent',
    values: {
      requestsPerMinute: { value: 1.2, source: 'lines 53-54: 1,000 transactions/s of 50,000 users, 0.02 each' },
      requestsPerUser: { value: 144, source: 'the same, for a quarter of the daily users, divided by the peak factor' },
      queriesPerRequest: { value: 1, source: 'the document counts transactions' },
      workflowsPerUser: { value: 0, source: 'not in the document' },
      completionsPerUser: { value: 0, source: 'not in the document' },
    },
    otherReadings: [
      { constant: 'requestsPerMinute', value: 6, source: 'lines 30-31: 100 transactions/s of 1,000 users, 0.1 each' },
      {
        constant: 'requestsPerMinute',
        value: 0.6,
        source: 'lines 75-76 and 99-100: 10,000 of a million, 100,000 of ten million, 0.01 each',
      },
    ],
  },
};
