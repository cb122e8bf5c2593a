import { MANAGED_RECOVERY, SELF_HOSTED_RECOVERY } from '../../constructs/server';
import { startWindowMinutes } from '../../constructs/aws/backup-schedule';
import { ladder, tier } from '../../tiers';
import { tierOf } from '../../tiers/choices';
import type { Choices } from '../../tiers/choices';

test.each(ladder.map((tier) => [tier.id, tier] as const))(
  '%s promises no faster recovery than its backups give',
  (_id, { components, objectives }) => {
    const database = components.find((component) => component.kind === 'database');
    const given = database?.kind === 'database' && database.hosting.hosting === 'server' ? SELF_HOSTED_RECOVERY : MANAGED_RECOVERY;
    expect(objectives.rpoMinutes).toBeGreaterThanOrEqual(given.rpoMinutes);
    if (objectives.byEngine === undefined) expect(objectives.rtoMinutes).toBeGreaterThanOrEqual(given.rtoMinutes);
  },
);

describe('what is lost with the database of tier 6', () => {
  const stated = (database?: Choices['database']) => {
    const { rpoMinutes, regionRpoMinutes, rtoMinutes } = tierOf('tier6', database === undefined ? {} : { database }).objectives;
    return { rpoMinutes, regionRpoMinutes, rtoMinutes };
  };

  test.each([
    ['shards', { rpoMinutes: 5, regionRpoMinutes: 5, rtoMinutes: 60 }],
    ['aurora-dsql', { rpoMinutes: 120, regionRpoMinutes: 1500, rtoMinutes: null }],
    ['citus', { rpoMinutes: 1440, regionRpoMinutes: null, rtoMinutes: null }],
    ['alloydb', { rpoMinutes: 5, regionRpoMinutes: null, rtoMinutes: null }],
    ['spanner', { rpoMinutes: 1440, regionRpoMinutes: null, rtoMinutes: null }],
  ] as const)('is by its engine what %s gives back', (engine, expected) => {
    expect(stated({ engine })).toEqual(expected);
  });

  test('is nothing with one of two regions that both have every write', () => {
    expect(stated({ engine: 'aurora-dsql', witness: 'us-east-2' })).toEqual({ rpoMinutes: 120, regionRpoMinutes: 0, rtoMinutes: null });
  });

  test('is that of shards where no engine is named, and that of its own engine before a choice', () => {
    expect(stated()).toEqual(stated({ engine: 'shards' }));
    expect(tier('tier6').objectives).toMatchObject(stated({ engine: 'aurora-dsql' }));
  });

  test('holds the hour within which a backup begins, as the schedule asks for it', () => {
    const { rpoMinutes, regionRpoMinutes } = stated({ engine: 'aurora-dsql' });
    expect([rpoMinutes, regionRpoMinutes]).toEqual([60 + startWindowMinutes, 24 * 60 + startWindowMinutes]);
  });
});
