import { comeAndGo, standinOfClouds } from '../stacks/workloads/two-clouds';
import { twoServices } from '../stacks/workloads/fixture';
import { needs } from '../support/needs';
import type { Standin } from '../../terraform/standin/server';

jest.setTimeout(900_000);
const terraform = needs('terraform');

const withCards = {
  region: 'us-east-1',
  regions: ['us-west-2'],
  gpu: { spot: false, otherwise: 'refuse', google: { nodes: 2, spot: true, otherwise: 'refuse' } },
} as const;

/** As plain texts: no variable has to be set. */
const withoutSecrets = Object.fromEntries(Object.entries(twoServices).map(([name, service]) => [name, { ...service, secrets: [] }]));

/** Every layer but the one on AWS, of which they are told what it would say. AlloyDB goes the same way in `npm test`. */
describe('tier 6 on the stand-in', () => {
  let standin: Standin;
  beforeAll(async () => {
    standin = await standinOfClouds();
  });
  afterAll(() => standin.stop());

  for (const engine of ['citus', 'aurora-dsql', 'spanner'] as const)
    terraform(`with ${engine} is applied in order, needs nothing more, and goes in the opposite order`, () => comeAndGo(standin, engine));

  terraform('with services beside the app the same', () => comeAndGo(standin, 'citus', { services: withoutSecrets }));

  terraform('with nodes with cards at Google the same', () => comeAndGo(standin, 'aurora-dsql', withCards));
});
