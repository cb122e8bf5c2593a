import { MANAGED_RECOVERY, SELF_HOSTED_RECOVERY } from '../../constructs/server';
import { ladder } from '../../tiers';

test.each(ladder.map((tier) => [tier.id, tier] as const))(
  '%s promises no faster recovery than its backups give',
  (_id, { components, objectives }) => {
    const database = components.find((component) => component.kind === 'database');
    const given = database?.kind === 'database' && database.hosting.hosting === 'server' ? SELF_HOSTED_RECOVERY : MANAGED_RECOVERY;
    expect(objectives.rpoMinutes).toBeGreaterThanOrEqual(given.rpoMinutes);
    expect(objectives.rtoMinutes).toBeGreaterThanOrEqual(given.rtoMinutes);
  },
);
