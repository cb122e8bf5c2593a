import fc from 'fast-check';
import { parse } from 'yaml';
import { fieldsFor, goals, wayProblems } from '../../promotion/next-phase';
import { promotionPhases } from '../../tiers/phase';
import { keptEnvironment } from '../support/sandbox';
import { lineDifference, restated } from '../../cli/promote/file-text';

const environment = keptEnvironment({ tier: 'tier1', generations: { cache: 3 } });

test('the phases follow each other, the way back is open until contract, and nothing is skipped', () => {
  const from = (phase: (typeof promotionPhases)[number]) =>
    goals.filter((goal) => wayProblems({ name: 'sample', promotion: { to: 'tier2', phase } }, goal).length === 0);
  expect(Object.fromEntries(promotionPhases.map((phase) => [phase, from(phase)]))).toEqual({
    expand: ['migrate', 'rollback'],
    migrate: ['verify', 'rollback'],
    verify: ['migrate', 'cutover', 'rollback'],
    cutover: ['migrate', 'soak'],
    soak: ['migrate', 'contract'],
    contract: ['done'],
    rollback: ['done'],
  });
  expect(goals.filter((goal) => wayProblems({ name: 'sample', promotion: undefined }, goal).length === 0)).toEqual(['expand']);
});

test('the end of a promotion is written as tier and generations, the end of a way back as what it let go of', () => {
  const promotion = { to: 'tier2', phase: 'contract' } as const;
  expect(fieldsFor(environment, promotion, 'done')).toEqual({
    tier: 'tier2',
    generations: '{ cache: 3, app: 2, database: 2 }',
    promotion: undefined,
  });
  expect(fieldsFor(environment, { ...promotion, phase: 'rollback' }, 'done')).toEqual({
    retired: '{ app: 2, database: 2, frontend: 1 }',
    promotion: undefined,
  });
  expect(fieldsFor(environment, { to: 'tier1', platform: 'aws', region: 'eu-central-1', phase: 'contract' }, 'done')).toMatchObject({
    tier: 'tier1',
    platform: 'aws',
    region: 'eu-central-1',
  });
});

test('a tier of one cloud does not keep what the file says of a second, and the file is a valid one afterwards', () => {
  const above = { ...keptEnvironment({ tier: 'tier6', platform: 'aws', region: 'us-east-1', regions: ['us-west-2'] }) };
  const spread = { ...above, placements: { cluster: ['aws', 'google'], database: ['aws'] } } as const;
  const promotion = { to: 'tier5', phase: 'contract' } as const;
  expect(fieldsFor(above, promotion, 'done')).not.toHaveProperty('platform');
  expect(fieldsFor(spread, promotion, 'done')).toMatchObject({ tier: 'tier5', platform: '{ default: aws, database: [aws] }' });
  const { database: _database, ...only } = spread.placements;
  expect(fieldsFor({ ...spread, placements: only }, promotion, 'done')).toMatchObject({ platform: 'aws' });
  const text = '# where\nplatform: # both\n  default: aws\n  cluster: [aws, google]\n\n# then\nregion: us-east-1\n';
  expect(restated(text, { platform: 'aws' })).toBe('# where\nplatform: aws\n\n# then\nregion: us-east-1\n');
});

test('each attempt takes the generation after the one before, and the file says the highest', () => {
  const promotion = { to: 'tier2', phase: 'rollback' } as const;
  const retired = { app: 2, database: 2, frontend: 1, ml: 4 };
  expect(fieldsFor({ ...environment, retired }, promotion, 'done')).toEqual({
    retired: '{ app: 3, database: 3, frontend: 2, ml: 4 }',
    promotion: undefined,
  });
  expect(fieldsFor({ ...environment, retired }, { ...promotion, phase: 'contract' }, 'done')).toEqual({
    tier: 'tier2',
    generations: '{ cache: 3, app: 3, database: 3, frontend: 2 }',
    retired: '{ app: 2, database: 2, frontend: 1, ml: 4 }',
    promotion: undefined,
  });
});

test('what holds data and goes at contract is met again as the next generation', () => {
  const above = keptEnvironment({ tier: 'tier2', generations: { frontend: 2 } });
  expect(fieldsFor(above, { to: 'tier1', phase: 'contract' }, 'done')).toMatchObject({ retired: '{ frontend: 2 }' });
  const below = { ...keptEnvironment({ tier: 'tier1', generations: { frontend: 2 } }), retired: { frontend: 2 } };
  expect(fieldsFor(below, { to: 'tier2', phase: 'contract' }, 'done')['generations']).toBe('{ frontend: 3, app: 2, database: 2 }');
});

test('on another platform everything is made anew, network and zone too, and both sides may be met again', () => {
  const there = { to: 'tier1', platform: 'aws', region: 'eu-central-1' } as const;
  const all = { network: 1, configuration: 1, storage: 1, backup: 1, monitoring: 1, dns: 1 };
  const said = (phase: 'rollback' | 'contract'): unknown => parse(fieldsFor(environment, { ...there, phase }, 'done')['retired'] ?? '');
  expect(said('rollback')).toEqual({ ...all, app: 2, database: 2 });
  expect(said('contract')).toEqual(all);
});

test('the file keeps everything else to the byte, whatever is written and taken out again', () => {
  const text = '# first\nname: sample\ntier: tier1   # here\n\ngenerations: {}\ntags:\n  a: b\n# last\n';
  const phase = fc.constantFrom(...promotionPhases);
  fc.assert(
    fc.property(phase, phase, (one, other) => {
      const write = (before: string, at: typeof one) =>
        restated(
          before,
          fieldsFor(
            environment,
            { to: 'tier2', phase: at, source: { remote: 'origin', branch: 'main', path: 'environments/sample.yaml' } },
            at,
          ),
        );
      const written = write(write(text, one), other);
      expect(lineDifference(text, written)).toEqual([
        `+ promotion: { to: tier2, phase: ${other}, source: { remote: origin, branch: main, path: "environments/sample.yaml" } }`,
      ]);
      expect(restated(written, { promotion: undefined })).toBe(text);
    }),
    { seed: 8, numRuns: 50 },
  );
});
