import { graphFromSynthesis, type CdkTfJson } from '../../analysis/graph';
import { rules } from '../../analysis/review/rules';
import { checkovOfVariants, checkovWaiver } from '../../analysis/review/rules/checkov-waivers';
import { isLike, ownWaiver } from '../../analysis/review/rules/waivers';
import { exampleEnvironment, kept } from '../../tools/kept-examples';
import { contextOf } from '../analysis/review/rules/support';
import { runCheckov } from '../checkov/run';
import { variantConfigurations, variants } from '../checkov/variants';
import { needs } from '../support/needs';
import { scratch } from '../support/scratch';

jest.setTimeout(1_200_000);

const configurations = new Map(variants.flatMap(variantConfigurations));

needs('checkov')(
  'Checkov finds nothing in what an environment file can make of the examples that is not accepted with a reason',
  async () => {
    const { failed, folders } = await runCheckov(scratch(), configurations);
    expect([...folders].sort()).toEqual([...configurations.keys()].sort());
    const open = failed.filter(({ check, resource }) => checkovWaiver(check, resource) === undefined);
    expect([...new Set(open.map(({ check, folder, resource }) => `${check} ${folder} ${resource}`))]).toEqual([]);

    const unused = checkovOfVariants.flatMap(({ check, names }) =>
      names
        .filter((name) => !failed.some((each) => each.check === check && isLike(each.resource.slice(each.resource.indexOf('.') + 1), name)))
        .map((name) => `${check} ${name}`),
    );
    expect(unused).toEqual([]);
  },
);

test.each(variants.map((variant) => [variant.name, variant] as const))(
  'our own rules find nothing in %s that nobody has accepted',
  (_name, variant) => {
    const environment = { ...exampleEnvironment(variant.example), ...variant.own };
    const context = contextOf(variant.disposable === true ? environment : kept(environment));
    const found = variantConfigurations(variant).flatMap(([folder, json]) => {
      const input = { graph: graphFromSynthesis(json as CdkTfJson), context };
      return rules.flatMap((rule) => rule.breaches(input).map(({ address }) => ({ id: rule.id, address, folder })));
    });
    const open = found.filter((each) => ownWaiver(each) === undefined).map(({ id, folder, address }) => `${id} ${folder} ${address}`);
    expect([...new Set(open)]).toEqual([]);
  },
);
