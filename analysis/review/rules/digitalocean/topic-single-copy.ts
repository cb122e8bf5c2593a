import type { Rule } from '../../types';
import { allOf, atLeast, everyOf, stated, when } from '../conditions';

export const topicSingleCopy: Rule = {
  id: 'TRC-DO-043',
  severity: 'medium',
  summary: 'The topic keeps each event once, or takes an event as written before it has a copy.',
  why: 'When the broker that holds it fails, its events are lost.',
  remedy: 'Set replication_factor to 3 and min_insync_replicas to 2.',
  link: 'https://docs.digitalocean.com/products/databases/kafka/how-to/create-topics/',
  breaches: everyOf(
    ['digitalocean_database_kafka_topic'],
    allOf(atLeast('replication_factor', 2), when(stated('config.min_insync_replicas'), atLeast('config.min_insync_replicas', 2))),
  ),
};
