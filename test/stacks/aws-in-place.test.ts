import { guardStack } from '../../analysis/review';
import type { Environment } from '../../environments/schema';
import { needsAwsProvider } from '../support/aws-emulator';
import { startEcho } from '../support/aws-echo';
import type { AwsProvider } from '../support/aws-provider';
import { legible } from '../support/legible';
import { keptEnvironment } from '../support/sandbox';
import { quarters } from '../support/shards';
import { soak } from '../support/soak';
import { actions, patience, type Stage, stage } from './transition/support';

const withProvider = needsAwsProvider();

let echo: Promise<AwsProvider> | undefined;
afterAll(async () => (await echo)?.stop());

const home = { platform: 'aws', region: 'us-east-1' } as const;
const release = 'aws_s3_object.configuration_app';

/** What a new image changes at each tier; `npm run soak` takes those above the cheapest too. In clusters it is the other layer that names the image. */
const tiers: readonly (readonly [Pick<Environment, 'tier'> & Partial<Environment>, Readonly<Record<string, readonly string[]>>])[] = [
  [{ tier: 'tier2' }, { update: [release] }],
  ...(soak
    ? ([
        [{ tier: 'tier3' }, { update: [release] }],
        [{ tier: 'tier4' }, { update: [release] }],
        [{ tier: 'tier5', regions: ['us-west-2'] }, {}],
      ] as const)
    : []),
];

/** By hashicorp/aws 5.100.0 itself, over a state that it planned, with no cloud behind it. */
describe('what changes in the life of an environment on AWS', () => {
  for (const [own, expected] of tiers) {
    const before = keptEnvironment({ ...home, ...own });
    const app = { ...before.app, image: 'ghcr.io/example/deadlock-coach:2.0.0' };
    planned(`${own.tier}: another app image`, before, async (place) => {
      const { document: plan } = await place.plan({ ...before, app });
      expect(actions(plan)).toEqual(expected);
      expect(guardStack({ stack: own.tier, plan }).findings).toEqual([]);
    });
  }

  if (soak) {
    const before = keptEnvironment({ ...home, tier: 'tier5', regions: ['us-west-2'] });
    planned('tier5: a fifth shard', before, async (place) => {
      const { document } = await place.plan({ ...before, database: { engine: 'shards', shards: { ...quarters, 'shard-5': [] } } });
      const { create = [], ...others } = actions(document);
      expect(others).toEqual({});
      expect(create).toContain('aws_db_instance.database_g1_shard_5');
      expect(create.filter((address) => !/shard[_-]5/.test(address))).toEqual([]);
    });
  }
});

/** A test of an environment that stands, and of which nothing is left to do. */
function planned(name: string, standing: Environment, work: (place: Stage) => Promise<void>): void {
  withProvider(
    name,
    async () => {
      const place = await stage(await (echo ??= startEcho()));
      await legible(async () => {
        await place.apply(standing);
        expect(actions((await place.plan(standing)).document)).toEqual({});
        await work(place);
      });
    },
    patience,
  );
}
