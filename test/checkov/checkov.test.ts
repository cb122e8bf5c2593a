import { checkovOnly, checkovWaiver, checkovWaivers } from '../../analysis/review/rules/checkov-waivers';
import { isLike } from '../../analysis/review/rules/waivers';
import { exampleConfigurations, examples } from '../analysis/review/rules/support';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';
import { runCheckov } from './run';

/** What nobody would build, to see that Checkov looks at all. */
const canary = { resource: { digitalocean_spaces_bucket: { open: { name: 'open', acl: 'public-read' } } } };

needs('checkov')(
  'Checkov finds nothing in any synthesized tier that is not accepted with a reason, and no waiver is left over',
  async () => {
    const configurations = new Map([...examples.flatMap(exampleConfigurations), ['canary', canary] as const]);
    const { failed, folders } = await runCheckov(scratch(), configurations);
    expect([...folders].sort()).toEqual([...configurations.keys()].sort());
    expect(
      failed
        .filter(({ folder }) => folder === 'canary')
        .map(({ check }) => check)
        .sort(),
    ).toEqual(['CKV_DIO_1', 'CKV_DIO_3']);

    const found = failed.filter(({ folder }) => folder !== 'canary');
    const open = found.filter(({ check, resource }) => checkovWaiver(check, resource) === undefined);
    expect(open.map(({ check, folder, resource }) => `${check} ${folder} ${resource}`)).toEqual([]);

    const unused = checkovOnly.flatMap(({ check, names }) =>
      names
        .filter((name) => !found.some((each) => each.check === check && isLike(each.resource.slice(each.resource.indexOf('.') + 1), name)))
        .map((name) => `${check} ${name}`),
    );
    expect(unused).toEqual([]);
  },
  400_000,
);

test('each waiver has a reason that can be read', () => {
  for (const { reason } of checkovWaivers) expect(reason).toMatch(/^[A-Z].{25,}[.)]$/);
});
