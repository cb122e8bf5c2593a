import { type CdkTfJson, graphFromSynthesis } from '../../../analysis/graph';
import { loadEnvironment } from '../../../environments/load';
import { synthesize } from '../../../stacks/synthesize';
import { packageFile } from '../../../terraform/package-root';
import { expectGolden } from '../../support/golden';
import { scratch } from '../../support/scratch';

// An address that is missing here without a `moved` or `removed` block is a resource that Terraform destroys.
test.each([
  ['digitalocean-tier5', ['workloads'], ''],
  ['aws-tier5', ['workloads'], ''],
  ['aws-tier6', ['google', 'workloads'], ''],
  ['aws-tier6', ['google', 'workloads'], '-with-shards'],
])('addresses of the further layers of %s, which are a contract', (example, names, ending) => {
  const { environment } = loadEnvironment(packageFile('environments', 'examples', `${example}.yaml`), { cwd: scratch() });
  const own = ending === '' ? environment : { ...environment, database: { engine: 'shards' as const } };
  const { layers, id } = synthesize(own, { project: scratch(), recordedOnly: true }).recorded;
  expect(layers.map((layer) => layer.id)).toEqual(names.map((name) => `${id}-${name}`));
  layers.forEach(({ json }, index) => {
    const addresses = graphFromSynthesis(json as CdkTfJson).resources.map(({ address }) => address);
    expectGolden(`${example}/addresses-${names[index]}${ending}.txt`, [...addresses].sort().join('\n'));
  });
});
