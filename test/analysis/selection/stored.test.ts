import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOf, placesIn, usageOf } from '../../../analysis/capacity';
import { estimate, estimateToJson, listBook, money } from '../../../analysis/pricing';
import { select, storedTiers, wholeShelf } from '../../../analysis/selection';
import { loadEnvironment } from '../../../environments/load';
import { synthesize } from '../../../stacks/synthesize';
import { graphOfTier } from '../../../stacks/tier-graph';
import { ladder } from '../../../tiers';
import { selectionCompilers } from '../../../tools/compile-selection';
import { isStale } from '../../../tools/compile';
import { openProject } from '../../../cli/project';
import { scratch } from '../../support/scratch';
import { type } from '../../cli/desk';

const root = join(__dirname, '..', '..', '..');
const book = listBook();
const examples = readdirSync(join(root, 'environments', 'examples'))
  .filter((file) => file.endsWith('.yaml'))
  .sort();

test.each(selectionCompilers)('$target is what synthesis of $source gives', (compiler) => expect(isStale(compiler, root)).toBe(false));

test('every example environment is stored, and nothing else', () => {
  expect(storedTiers.map(({ platform, tier }) => `${platform}-${tier.id}.yaml`).sort()).toEqual(examples);
});

test('what is not built stands on the shelf as not built', () => {
  const meant = ladder.flatMap((tier) => tier.platforms.map((platform) => `${tier.id} ${platform}`));
  expect(
    [
      ...storedTiers.map(({ tier, platform }) => `${tier.id} ${platform}`),
      ...wholeShelf.notBuilt.map(({ tier, platform }) => `${tier} ${platform}`),
    ].sort(),
  ).toEqual(meant.sort());
});

describe.each(examples)('%s', (file) => {
  const reference = `environments/examples/${file}`;
  const { environment } = loadEnvironment(reference, { cwd: root });
  const stored = storedTiers.find(({ tier, platform }) => tier.id === environment.tier && platform === environment.platform);

  test('the stored resources cost what those of a fresh synthesis cost, line by line', () => {
    const { recorded } = synthesize(environment, { project: scratch(), recordedOnly: true });
    const usage = usageOf(loadOf({ users: 54_321 }), placesIn(recorded.tier, environment.platform));
    expect(stored && estimateToJson(estimate(stored.graph, book, usage))).toEqual(
      estimateToJson(estimate(graphOfTier(recorded), book, usage)),
    );
  });

  test('the selector says what `terrace estimate` says, to the cent', async () => {
    const outcome = await type(['estimate', '--json', '-e', join(root, reference)], openProject, { cwd: scratch() });
    const { monthly } = JSON.parse(outcome.out) as { monthly: string | { typical: string } };
    const { chosen, rejected } = select({ load: { users: environment.load.dailyUsers } }, book);
    const offers = [
      ...(chosen === undefined ? [] : [{ tier: chosen.stored.tier.id, platform: chosen.stored.platform, monthly: chosen.monthly }]),
      ...rejected,
    ];
    const offered = offers.find(
      ({ tier, platform, monthly: price }) => tier === environment.tier && platform === environment.platform && price !== undefined,
    );
    expect(offered?.monthly && money(offered.monthly)).toBe(typeof monthly === 'string' ? monthly : monthly.typical);
  });
});

test('stored files hold no release and no user data', () => {
  for (const { target } of selectionCompilers) expect(readFileSync(join(root, target), 'utf8')).not.toMatch(/#!\/|user_data'?: '|"image"/);
});
