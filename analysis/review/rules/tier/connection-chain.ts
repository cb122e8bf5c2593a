import type { Rule } from '../../types';
import { podsBeyondPooler, poolsBeyondDatabase } from './connections';

/** What the applications may open, what the pooler takes, and what the database has: each fits the next. */
export const connectionChain: Rule = {
  id: 'TRC-TIER-007',
  severity: 'medium',
  summary: 'More connections may be opened than the next step takes.',
  why: 'At the peak, requests wait for a connection or fail, while servers and database are idle.',
  remedy: 'Keep pods x workers x pool within the pooler, and the pools together within max_connections.',
  link: 'https://docs.digitalocean.com/products/databases/postgresql/how-to/manage-connection-pools/',
  breaches: (input) => [...poolsBeyondDatabase(input.graph), ...podsBeyondPooler(input.graph)],
};
