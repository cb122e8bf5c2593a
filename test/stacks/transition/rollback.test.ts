import { gate } from '../../../promotion/gate';
import { pairOf, sidesOf, transition } from '../../../stacks/transition';
import { needs } from '../../support/needs';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { actions, inPhase, patience, stage } from './support';

const terraform = needs('terraform');

terraform(
  'from tier 1 to tier 2, switched, and all the way back: the addresses of the beginning, and nothing left to do',
  async () => {
    const environment = keptEnvironment({ tier: 'tier1' });
    const { leaving } = transition(sidesOf(environment, pairOf(environment, { to: 'tier2' }), scratch()), 'returned');
    const place = await stage();
    await place.apply(environment);
    const began = place.addresses();
    for (const phase of ['expand', 'cutover', 'migrate'] as const) await place.apply(inPhase(environment, 'tier2', phase));

    const back = await place.plan(inPhase(environment, 'tier2', 'rollback'));
    expect(gate({ plan: back.document }, 'rollback', leaving).refused).toEqual([]);
    // The same plan under another phase's name is refused, item by item.
    expect(
      gate({ plan: back.document }, 'soak', leaving)
        .refused.map(({ where }) => where ?? '')
        .sort((a, b) => (a < b ? -1 : 1)),
    ).toEqual([...leaving.forgotten, ...leaving.deleted].sort((a, b) => (a < b ? -1 : 1)));
    await place.apply(inPhase(environment, 'tier2', 'rollback'));

    expect(place.addresses()).toEqual(began);
    expect(actions((await place.plan(environment)).document)).toEqual({});
    // Without the phase's help the jump to the other tier would destroy the database: what the gate is for.
    const jump = await place.plan({ ...environment, tier: 'tier2', generations: {} }).catch(() => undefined);
    expect(jump).toBeUndefined();
    await place.stop();
  },
  patience,
);
