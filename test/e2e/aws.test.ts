import { comesAndGoes, givesUpItsProtection, Rig, sideBySide } from '../support/aws-rig';
import { soak } from '../support/soak';

jest.setTimeout(1_800_000);

/** Of the provider's fixed waits, 80 s for a database and 60 s for a balancer, there are few enough here. The other tiers are applied by `npm run soak`; the upper ones are planned beside this. */
describe('hashicorp/aws 5.100.0 on moto and our patches', () => {
  sideBySide({
    ...(soak && { 'tier 1 is applied, stable and destroyed': { rig: () => new Rig({ name: 'one', tier: 'tier1' }), work: comesAndGoes } }),
    'tier 2, kept at first and made disposable later': { rig: () => new Rig({ name: 'two', tier: 'tier2' }), work: givesUpItsProtection },
    'tier 3 is applied, stable and destroyed': { rig: () => new Rig({ name: 'three', tier: 'tier3' }), work: comesAndGoes },
  });
});
