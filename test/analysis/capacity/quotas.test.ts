import { checkQuotas, readQuotas } from '../../../analysis/capacity/quotas';
import { storedTiers } from '../../../analysis/selection';
import { renderError, TerraceError } from '../../../values/errors';

const tier3 =
  storedTiers.find(({ tier }) => tier.id === 'tier3')?.graph ??
  (() => {
    throw new Error('tier 3 is not stored');
  })();

test('what tier 3 needs of an account, unknown but for what the vendor publishes', () => {
  expect(checkQuotas(tier3).map(({ name, needed, limit, verdict }) => `${name} ${needed}/${limit ?? '?'} ${verdict}`)).toEqual([
    'droplets 3/? unknown',
    'vcpus 24/? unknown',
    'databases 2/10 fits',
    'loadBalancers 1/? unknown',
    'buckets 4/100 fits',
    'domains 1/? unknown',
    'certificates 2/? unknown',
  ]);
});

test('what is exceeded comes with the sentence for support', () => {
  const [droplets] = checkQuotas(tier3, readQuotas({ limits: { droplets: 5 }, used: { droplets: 3 } }));
  expect(droplets).toEqual({
    name: 'droplets',
    needed: 3,
    used: 3,
    limit: 5,
    source: 'given',
    verdict: 'exceeded',
    request: 'Please raise our limit of droplets from 5 to 6: we use 3 and are about to create 3 more.',
  });
  expect(checkQuotas(tier3, readQuotas({ limits: { droplets: 6 }, used: { droplets: 3 } }))[0]?.verdict).toBe('fits');
});

test('a file that is wrong, all at once', () => {
  let text = '';
  try {
    readQuotas({ limits: { dropplets: 5, gpus: -1, buckets: 'many' }, used: [], budget: 1 });
  } catch (error) {
    text = error instanceof TerraceError ? renderError(error) : String(error);
  }
  expect(text.split('\n').map((line) => line.trim().split('  ')[0])).toEqual([
    'The file of quotas cannot be used:',
    'budget',
    'limits.dropplets',
    'limits.gpus',
    'limits.buckets',
    'used',
  ]);
  expect(text).toContain('Did you mean droplets?');
  for (const odd of [null, 'x', [], {}]) expect(() => readQuotas(odd)).toThrow(TerraceError);
});
