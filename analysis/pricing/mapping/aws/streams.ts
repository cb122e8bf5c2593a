import { decimal } from '../../decimal';
import { hoursPerMonth } from '../../arithmetic';
import { type Block, blocks, countOr, quantityOr, text, textOr, why } from '../read';
import { assembled, type Part, unpriced } from '../results';
import type { Place } from '../place';
import { awsType } from './place';
import { zoneTraffic } from './servers';

/** Kafka: brokers and their disks. */
export const mskCluster = awsType('aws_msk_cluster', (block, at) => {
  const [info] = blocks(block, 'broker_node_group_info');
  const count = countOr(block, 'number_of_broker_nodes', 0);
  if (info === undefined) return unpriced(why(block, 'broker_node_group_info'));
  const size = text(info, 'instance_type');
  if (size === undefined) return unpriced(why(info, 'instance_type'));
  if (count === undefined) return unpriced(why(block, 'number_of_broker_nodes'));
  const [storage] = blocks(info, 'storage_info').flatMap((one) => blocks(one, 'ebs_storage_info'));
  return assembled([
    at.hourly(`broker ${size}`, 'msk', size, { quantity: count }),
    storage === undefined
      ? at.used('broker storage', 'storageGb', 'msk', 'broker-storage', 'GB-month')
      : at.stated('broker storage', storage, 'volume_size', 'msk', 'broker-storage', 'GB-month', { count: { quantity: count } }),
    ...zoneTraffic(at),
  ]);
});

/** Kafka without brokers. */
export const mskServerless = awsType('aws_msk_serverless_cluster', (_, at) =>
  assembled([
    at.hourly('cluster', 'msk', 'serverless/cluster'),
    at.used('partitions', 'partitions', 'msk', 'serverless/partition', 'hour', { factor: hoursPerMonth }),
    at.used('storage', 'storageGb', 'msk', 'serverless/storage', 'GB-month'),
    at.used('data in', 'ingestGb', 'msk', 'serverless/data-in', 'GB'),
    at.used('data out', 'outGb', 'msk', 'serverless/data-out', 'GB'),
  ]),
);

/** A stream, by its shards or on demand. */
export const kinesisStream = awsType('aws_kinesis_stream', (block, at) => {
  const [details] = blocks(block, 'stream_mode_details');
  const mode = details === undefined ? 'PROVISIONED' : textOr(details, 'stream_mode', 'PROVISIONED');
  if (mode === undefined) return unpriced('its stream_mode is not known before the apply');
  return assembled(mode === 'ON_DEMAND' ? onDemand(at) : provisioned(block, at));
});

function onDemand(at: Place): readonly Part[] {
  return [
    at.hourly('stream on demand', 'kinesis', 'on-demand/stream'),
    at.used('data in', 'ingestGb', 'kinesis', 'on-demand/data-in', 'GB'),
    at.used('data out', 'outGb', 'kinesis', 'on-demand/data-out', 'GB'),
  ];
}

/** Hours that records are kept without further charge. */
const includedRetention = 24;

function provisioned(block: Block, at: Place): readonly (Part | undefined)[] {
  const count = { quantity: decimal(hoursPerMonth) };
  const keeps = quantityOr(block, 'retention_period', includedRetention);
  return [
    at.stated('shards', block, 'shard_count', 'kinesis', 'provisioned/shard', 'hour', { count }),
    at.used('records of 25 KB', 'messagesMillion', 'kinesis', 'provisioned/put-payload-unit', 'million-units'),
    keeps?.gt(includedRetention) === true
      ? at.stated('retention beyond a day', block, 'shard_count', 'kinesis', 'provisioned/extended-retention-7d', 'shard-hour', { count })
      : undefined,
  ];
}

/** A delivery stream by what it takes in. */
export const firehose = awsType('aws_kinesis_firehose_delivery_stream', (_, at) =>
  assembled([at.used('data in', 'ingestGb', 'firehose', 'ingest', 'GB')]),
);
