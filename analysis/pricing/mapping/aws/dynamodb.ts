import { decimal } from '../../decimal';
import { hoursPerMonth } from '../../arithmetic';
import type { Place } from '../place';
import { type Block, blocks, flag, textOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import { awsType } from './place';

/** A table, paid by request or by capacity, with its indexes and its storage. */
export const dynamodbTable = awsType('aws_dynamodb_table', (block, at) => {
  const mode = textOr(block, 'billing_mode', 'PROVISIONED');
  if (mode === undefined) return unpriced(why(block, 'billing_mode'));
  const replicas = blocks(block, 'replica').length;
  const recovery = blocks(block, 'point_in_time_recovery').some((one) => flag(one, 'enabled') === true);
  return assembled(
    [
      ...(mode === 'PAY_PER_REQUEST' ? requests(at) : provisioned(block, at)),
      at.used('storage', 'storageGb', 'dynamodb', 'storage-standard', 'GB-month'),
      recovery ? at.used('point in time recovery', 'storageGb', 'dynamodb', 'pitr', 'GB-month') : undefined,
      replicas > 0
        ? missing(
            `replicas in ${replicas} more regions`,
            'they are billed for the writes and storage of their own region, which this resource does not state',
          )
        : undefined,
    ],
    ["DynamoDB: an account's first 25 GB and 25 units of provisioned capacity a month are free and are not deducted."],
  );
});

function requests(at: Place): readonly Part[] {
  return [
    at.used('read units', 'readUnitsMillion', 'dynamodb', 'on-demand/read', 'million-requests'),
    at.used('write units', 'writeUnitsMillion', 'dynamodb', 'on-demand/write', 'million-requests'),
  ];
}

function provisioned(block: Block, at: Place): readonly Part[] {
  const indexes = blocks(block, 'global_secondary_index').flatMap((index, position) => capacity(index, at, `index ${position + 1}: `));
  return [...capacity(block, at, ''), ...indexes];
}

function capacity(block: Block, at: Place, prefix: string): readonly Part[] {
  const count = { quantity: decimal(hoursPerMonth) };
  return [
    at.stated(`${prefix}read capacity`, block, 'read_capacity', 'dynamodb', 'provisioned/rcu', 'hour', { count }),
    at.stated(`${prefix}write capacity`, block, 'write_capacity', 'dynamodb', 'provisioned/wcu', 'hour', { count }),
  ];
}
