import { hoursPerMonth } from '../../arithmetic';
import { perGraph } from '../per-graph';
import type { Place } from '../place';
import { type Block, blocks, isSet, text, textOr } from '../read';
import { assembled, unpriced } from '../results';
import type { MappingResult } from '../types';
import { runningOf } from './counts';
import { awsType, transferNote } from './place';
import { serverTraffic } from './servers';

/** Fargate tasks of a service: vCPU and memory of the task, times how many run. */
export const ecsService = awsType('aws_ecs_service', mapService);

function mapService(block: Block, at: Place): MappingResult {
  const kind = launchType(block, at);
  if (kind === undefined) return unpriced('whether it runs on Fargate or on servers is not known before the apply');
  if (kind !== 'FARGATE' && kind !== 'FARGATE_SPOT') return { kind: 'free', reason: 'its tasks run on servers that are priced themselves' };
  if (kind === 'FARGATE_SPOT') return unpriced('Fargate Spot has no list price in the book');
  const [task] = at.graph.referenced(at.node, 'task_definition');
  if (task === undefined) return unpriced('its task definition is not in this configuration, so its vCPU and memory are not known');
  const definition: Block = { values: task.values, unknown: task.unknown };
  const count = serviceCount(block, at);
  if ('reason' in count) return unpriced(count.reason);
  const [runtime] = blocks(definition, 'runtime_platform');
  const machine = runtime !== undefined && text(runtime, 'cpu_architecture') === 'ARM64' ? 'arm' : 'x86';
  return assembled(
    [
      at.stated('vCPU of tasks', definition, 'cpu', 'fargate', `${machine}/vcpu`, 'vCPU-hour', { count, factor: hoursPerMonth / 1024 }),
      at.stated('memory of tasks', definition, 'memory', 'fargate', `${machine}/memory`, 'GB-hour', {
        count,
        factor: hoursPerMonth / 1024,
      }),
      ...serverTraffic(at),
    ],
    [transferNote],
  );
}

/** Autoscalers by the service that they scale. */
const scalers = perGraph(
  (graph) => new Map(graph.ofType('aws_appautoscaling_target').flatMap((one) => one.references.map((address) => [address, one] as const))),
);

function serviceCount(block: Block, at: Place): ReturnType<typeof runningOf> {
  const target = scalers(at.graph).get(at.node.address);
  if (target === undefined)
    return runningOf(
      { values: { ...fixed(block), desired_count: block.values['desired_count'] ?? null }, unknown: block.unknown },
      { low: 'low', high: 'high', wanted: 'desired_count' },
      'tasks',
    );
  return runningOf(
    { values: { ...target.values, desired_count: block.values['desired_count'] ?? null }, unknown: [...target.unknown, ...block.unknown] },
    { low: 'min_capacity', high: 'max_capacity', wanted: 'desired_count' },
    'tasks',
  );
}

/** Without an autoscaler a service runs what it asks for; the provider's default is none (`desired_count`, provider 5.100.0). */
function fixed(block: Block): { readonly low: string | number; readonly high: string | number } {
  const wanted = block.values['desired_count'];
  const number = typeof wanted === 'number' || typeof wanted === 'string' ? wanted : 0;
  return { low: number, high: number };
}

function launchType(block: Block, at: Place): string | undefined {
  const [strategy] = blocks(block, 'capacity_provider_strategy');
  if (strategy !== undefined) return text(strategy, 'capacity_provider');
  return isSet(block, 'launch_type') || at.graph.ofType('aws_ecs_cluster_capacity_providers').length === 0
    ? textOr(block, 'launch_type', 'EC2')
    : 'EC2';
}
