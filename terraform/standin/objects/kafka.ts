import { blocks, isUnknown, type ValueMap } from '../values';

/** What a topic has that nothing was said of. Source: API examples, digitalocean/openapi 2026-08-07. */
const TOPIC_DEFAULTS: ValueMap = {
  cleanup_policy: 'delete',
  compression_type: 'producer',
  delete_retention_ms: '86400000',
  file_delete_delay_ms: '60000',
  flush_messages: '9223372036854775807',
  flush_ms: '9223372036854775807',
  index_interval_bytes: '4096',
  max_compaction_lag_ms: '9223372036854775807',
  max_message_bytes: '1048588',
  message_down_conversion_enable: true,
  message_format_version: '3.0-IV1',
  message_timestamp_difference_max_ms: '9223372036854775807',
  message_timestamp_type: 'create_time',
  min_cleanable_dirty_ratio: 0.5,
  min_compaction_lag_ms: '0',
  min_insync_replicas: 1,
  preallocate: false,
  retention_bytes: '-1',
  retention_ms: '604800000',
  segment_bytes: '209715200',
  segment_index_bytes: '10485760',
  segment_jitter_ms: '0',
  segment_ms: '604800000',
};

/** A topic always has one `config`, with every field of it. */
export function topicValues(values: ValueMap): ValueMap {
  const [given = {}] = blocks(values, 'config');
  const kept = Object.entries(given).filter(([, value]) => value !== null && !isUnknown(value));
  return { state: 'active', config: [{ ...TOPIC_DEFAULTS, ...Object.fromEntries(kept) }] };
}
