import { app, comesAndGoes, Rig, sideBySide } from '../support/aws-rig';

jest.setTimeout(3_600_000);

/** Its secrets lie in Secrets Manager, and are fetched from there. */
const fetched = { ...app, secretsFrom: 'manager' } as const;

/** A database, then its replica: 160 s of waiting there and 120 s back, and hundreds of resources in two regions. */
describe('hashicorp/aws 5.100.0 on moto and our patches', () => {
  sideBySide({
    'tier 4 is applied, stable and destroyed': {
      rig: () => new Rig({ name: 'four', tier: 'tier4', load: { dailyUsers: 10_000 } }),
      work: comesAndGoes,
    },
    'tier 4 with a warm GPU server and reserved places is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'warm',
          tier: 'tier4',
          load: { dailyUsers: 10_000 },
          app: fetched,
          gpu: { sizes: ['g6.xlarge'], spot: false, otherwise: 'refuse', warm: 1, reservation: 'new', diskGib: 300 },
        }),
      work: comesAndGoes,
    },
    'tier 5 in two regions is applied, stable and destroyed': {
      rig: () => new Rig({ name: 'five', tier: 'tier5', regions: ['us-west-2'], load: { dailyUsers: 100_000 } }),
      work: comesAndGoes,
    },
    'tier 6 in two regions is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'six',
          tier: 'tier6',
          regions: ['us-west-2', 'eu-west-1'],
          load: { dailyUsers: 1_000_000 },
          app: fetched,
          gpu: { spot: false, otherwise: 'refuse', diskGib: 300 },
          database: { engine: 'aurora-dsql', storageTib: 100 },
        }),
      work: comesAndGoes,
    },
    'tier 6 below Citus is applied, stable and destroyed': {
      rig: () =>
        new Rig({
          name: 'citus',
          tier: 'tier6',
          regions: ['us-west-2', 'eu-west-1'],
          load: { dailyUsers: 1_000_000 },
          database: { engine: 'citus' },
        }),
      work: comesAndGoes,
    },
    'tier 6 with the shards of tier 5 is applied, stable and destroyed': {
      rig: () => new Rig({ name: 'kept', tier: 'tier6', regions: ['us-west-2', 'eu-west-1'], load: { dailyUsers: 1_000_000 } }),
      work: comesAndGoes,
    },
  });
});
