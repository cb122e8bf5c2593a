import { comesAndGoes, givesUpItsProtection, plans, Rig, sideBySide } from '../support/aws-rig';

jest.setTimeout(1_800_000);

/** Of the provider's fixed waits, 80 s for a database and 60 s for a balancer, there are few enough here. The upper tiers are applied by `npm run soak`. */
describe('hashicorp/aws 5.100.0 on moto and our patches', () => {
  sideBySide({
    'tier 1 is applied, stable and destroyed': { rig: () => new Rig({ name: 'one', tier: 'tier1' }), work: comesAndGoes },
    'tier 2, kept at first and made disposable later': { rig: () => new Rig({ name: 'two', tier: 'tier2' }), work: givesUpItsProtection },
    'tier 3 is applied, stable and destroyed': { rig: () => new Rig({ name: 'three', tier: 'tier3' }), work: comesAndGoes },
    'tier 4 is valid and planned': { rig: () => new Rig({ name: 'four', tier: 'tier4', load: { dailyUsers: 10_000 } }), work: plans },
    'tier 5 is valid and planned': { rig: () => new Rig({ name: 'five', tier: 'tier5', regions: ['us-west-2'], load: { dailyUsers: 100_000 } }, true), work: plans },
    'tier 6 is valid and planned': { rig: () => new Rig({ name: 'six', tier: 'tier6', regions: ['us-west-2', 'eu-west-1'], load: { dailyUsers: 1_000_000 } }, true), work: plans },
  });
});
