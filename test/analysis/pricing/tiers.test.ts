import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { graphFromPlan, graphFromState, graphFromSynthesis } from '../../../analysis/graph';
import type { CdkTfJson, ResourceGraph } from '../../../analysis/graph';
import { loadOf, usageOf } from '../../../analysis/capacity';
import { estimate, estimateToJson, listBook } from '../../../analysis/pricing';
import type { Estimate } from '../../../analysis/pricing';
import { graphOfTier } from '../../../stacks/tier-graph';
import { startStandin } from '../../../terraform/standin/server';
import { builtTiers } from '../../support/built-tiers';
import { expectGolden } from '../../support/golden';
import { needs } from '../../support/needs';
import { synthesized } from '../../support/project';
import { scratch } from '../../support/scratch';
import { book } from './support';

type Built = (typeof builtTiers)[number];

function synthesizedGraph({ tier, place }: Pick<Built, 'tier' | 'place'>): ResourceGraph {
  return graphOfTier(synthesized({ tier, ...place }).recorded);
}

/** What is used and how much of it: changes when a resource changes, never when a price does. */
function quantities(of: Estimate): string {
  const lines = of.lines.map((line) => `${line.address}  ${line.name}  ${line.quantity.toFixed()} ${line.unit} of ${line.product}`);
  const free = of.free.map((one) => `${one.address}  free: ${one.reason}`);
  const unpriced = of.unpriced.map((one) => `${one.address}  unpriced: ${one.part === undefined ? '' : `${one.part}: `}${one.reason}`);
  return [...lines, ...free, ...unpriced].join('\n');
}

/** What it costs: changes with either, so that a change here alone is a change of price. */
function amounts(of: Estimate): string {
  const lines = of.lines.map(
    (line) => `${line.monthly.toFixed(2).padStart(9)}  ${line.address}  ${line.name}  ${line.price.toFixed()} a ${line.unit}`,
  );
  return [...lines, `${of.monthly.toFixed(2).padStart(9)}  total`].join('\n');
}

describe.each(builtTiers)('$tier on $platform', ({ platform, tier, place }) => {
  const graph = synthesizedGraph({ tier, place });
  const priced = estimate(graph, platform === 'aws' ? listBook() : book);

  test('quantities', () => expectGolden(`${platform}-${tier}/quantities.txt`, quantities(priced)));
  test('estimate', () => expectGolden(`${platform}-${tier}/estimate.txt`, amounts(priced)));

  test('every component is answered, and nothing is unpriced', () => {
    const answered = new Set([...priced.lines, ...priced.free].map((one) => one.component));
    expect(graph.resources.filter((node) => !answered.has(node.component))).toEqual([]);
    expect(priced.unpriced).toEqual([]);
  });
});

needs('terraform')(
  'tier 3 costs the same read from synthesis, from its plan and from its state (stand-in)',
  async () => {
    const synthesis = synthesized({ tier: 'tier3' });
    const standin = await startStandin({ state: join(scratch(), 'objects.json') });
    const environment = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_REATTACH_PROVIDERS: standin.reattach,
    };
    const terraform = (...args: readonly string[]): Promise<string> =>
      new Promise((done, fail) => {
        execFile('terraform', [...args], { cwd: synthesis.recorded.directory, env: environment, maxBuffer: 1 << 28 }, (error, out, err) =>
          error === null ? done(out) : fail(new Error(out + err)),
        );
      });
    try {
      await terraform('init', '-input=false');
      await terraform('plan', '-input=false', '-out=plan');
      const planned = graphFromPlan(JSON.parse(await terraform('show', '-json', 'plan')));
      await terraform('apply', '-input=false', 'plan');
      const state = graphFromState(JSON.parse(await terraform('show', '-json')));
      const usage = usageOf(loadOf({ users: 100_000 }), { servers: 'app', objects: 'frontend' });
      const [fromSynthesis, fromPlan, fromState] = [graphFromSynthesis(synthesis.recorded.json as CdkTfJson), planned, state].map((graph) =>
        estimateToJson(estimate(graph, book, usage)),
      );
      expect(fromPlan).toEqual(fromSynthesis);
      expect(fromState?.lines).toEqual(fromSynthesis?.lines);
      expect(planned.resources.map((node) => [node.address, node.component, node.references])).toEqual(
        graphFromSynthesis(synthesis.recorded.json as CdkTfJson).resources.map((node) => [node.address, node.component, node.references]),
      );
    } finally {
      await standin.stop();
    }
  },
  120_000,
);
