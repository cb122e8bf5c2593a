import { hoursPerMonth } from '../../arithmetic';
import { beyond } from '../../arithmetic';
import { decimal } from '../../decimal';
import type { Place } from '../place';
import { attributesOf, type Block, blocks, isSet, quantity, quantityOr, why } from '../read';
import { assembled, missing, type Part, unpriced } from '../results';
import { awsType } from './place';

/** What a function has unless stated: MB of memory and of disk (Lambda API, CreateFunction). */
const defaults = { memory: 128, disk: 512 };

/** A function by its calls and their duration; the steps of the duration are shared by all functions of a region. */
export const lambdaFunction = awsType('aws_lambda_function', (block, at) => {
  const memory = quantityOr(block, 'memory_size', defaults.memory);
  const machine = machineOf(block);
  const duration: Part =
    memory === undefined
      ? missing('duration', why(block, 'memory_size'))
      : {
          pool: `aws/lambda-${machine}`,
          region: at.region,
          dependsOn: 'lambdaRequestsMillion',
          times: 'lambdaMs',
          factor: memory.times(1000).div(1024),
        };
  return assembled(
    [at.used('requests', 'lambdaRequestsMillion', 'lambda', 'requests', 'million-requests'), duration, disk(block, at)],
    ["AWS: the first million calls and 400,000 GB-seconds of an account's functions each month are free and are not deducted."],
  );
});

function machineOf(block: Block): string {
  const types = block.values['architectures'];
  return Array.isArray(types) && types[0] === 'arm64' ? 'arm' : 'x86';
}

/** Disk beyond what is included, for as long as the function runs. */
function disk(block: Block, at: Place): Part | undefined {
  const [storage] = blocks(block, 'ephemeral_storage');
  const size = storage === undefined ? decimal(defaults.disk) : quantityOr(storage, 'size', defaults.disk);
  if (size === undefined) return missing('ephemeral storage', 'its size is not known before the apply');
  const extra = beyond(size, decimal(defaults.disk));
  if (extra.isZero()) return undefined;
  return {
    ...at.used('ephemeral storage', 'lambdaRequestsMillion', 'lambda', 'ephemeral-storage', 'GB-second', { times: 'lambdaMs' }),
    factor: extra.times(1000).div(1024),
  };
}

const secondsPerMonth = hoursPerMonth * 3600;

/** Copies of a function that are kept warm, whether they are called or not. */
export const provisionedConcurrency = awsType('aws_lambda_provisioned_concurrency_config', (block, at) => {
  const [target] = at.graph.referenced(at.node, 'function_name');
  const copies = quantity(block, 'provisioned_concurrent_executions');
  if (copies === undefined) return unpriced(why(block, 'provisioned_concurrent_executions'));
  if (target === undefined) return unpriced('its function is not in this configuration, so its memory is not known');
  const described = attributesOf(target);
  const memory = isSet(described, 'memory_size') ? quantity(described, 'memory_size') : decimal(defaults.memory);
  if (memory === undefined) return unpriced(`of its function, ${why(described, 'memory_size')}`);
  return assembled([
    at.amount(
      'provisioned concurrency',
      'lambda',
      `${machineOf(described)}/provisioned-concurrency`,
      'GB-second',
      copies.times(memory).div(1024).times(secondsPerMonth),
    ),
  ]);
});
