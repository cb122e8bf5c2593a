import { parse } from 'yaml';
import type { Environment } from '../../environments/schema';
import { resources, synthesized } from '../support/project';
import { values } from './workloads/clouds';

const at = (gpu?: Environment['gpu']) =>
  synthesized({ tier: 'tier5', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'], ...(gpu === undefined ? {} : { gpu }) });

const groups = (found: ReturnType<typeof resources>): readonly string[] =>
  Object.keys(found)
    .filter((address) => address.startsWith('aws_eks_node_group.') && address.includes('_nodes_gpu'))
    .sort();

describe('nodes with cards that AWS may take back', () => {
  const synthesis = at({ spot: true, otherwise: 'refuse' });
  const found = resources(synthesis);

  test('have others at the full price behind them, in both regions, which are not there until they are needed', () => {
    for (const region of ['', '_us_west_2']) {
      const [spot, rest] = ['gpu', 'gpu-ondemand'].map((name) => found[`aws_eks_node_group.cluster_g1${region}_nodes_${name}`]);
      expect(spot).toMatchObject({ capacity_type: 'SPOT', scaling_config: { min_size: region === '' ? 2 : 1, max_size: 3 } });
      expect(rest).toMatchObject({ capacity_type: 'ON_DEMAND', scaling_config: { min_size: 0, max_size: 3, desired_size: 0 } });
      for (const alike of ['instance_types', 'ami_type', 'taint']) expect(rest?.[alike]).toEqual(spot?.[alike]);
    }
  });

  test('are told of, with when the others come', () => {
    const told = synthesis.warnings.filter((warning) => warning.startsWith('inference:'));
    expect(told).toHaveLength(2);
    for (const warning of told)
      expect(warning).toMatch(
        /AWS may take spot servers back at two minutes' notice; on-demand ones then take their place within a quarter of an hour, and stay until their pods are started anew\.$/,
      );
  });

  test('are alone where none may be taken back', () => {
    expect(groups(resources(at()))).toEqual([
      'aws_eks_node_group.cluster_g1_nodes_gpu',
      'aws_eks_node_group.cluster_g1_us_west_2_nodes_gpu',
    ]);
  });
});

test('the autoscaler asks for a fallback last, and prefers none of the others', () => {
  const told = values('aws', 'cluster_us-east-1_autoscaler') as {
    readonly extraArgs: { readonly expander: string };
    readonly expanderPriorities: string;
  };
  expect(told.extraArgs.expander).toBe('priority,least-waste');
  const priorities = Object.entries(parse(told.expanderPriorities) as Record<string, string[]>);
  const priorityOf = (group: string): number =>
    Math.max(
      ...priorities.flatMap(([priority, names]) =>
        names.some((name) => new RegExp(name).test(`eks-${group}-d4c8a1b2-0f3e-4a5b-8c6d-7e8f9a0b1c2d`)) ? [Number(priority)] : [],
      ),
    );
  expect(['app', 'gpu', 'batch', 'gpu-ondemand'].map(priorityOf)).toEqual([10, 10, 10, 1]);
});
