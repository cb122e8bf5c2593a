import { graphFromPlan, graphFromState, graphFromSynthesis } from '../../../../analysis/graph';
import type { JsonObject } from '../../../../analysis/graph';
import { estimate, listBook } from '../../../../analysis/pricing';
import { bill, book, gaps, lines } from './support';

const server = { instance_type: 'm7g.large', root_block_device: [{ volume_size: 10, volume_type: 'gp3' }] };

describe('the region of a resource', () => {
  test('is that of its provider configuration: 730 x 0.0978 in Frankfurt, and 10 x 0.0952', () => {
    expect(lines(bill({ 'aws_instance.a': server }, {}, 'eu-central-1'))).toEqual([
      'instance m7g.large: 730 hour x 0.0978 = 71.39',
      'root volume gp3: 10 GB-month x 0.0952 = 0.95',
    ]);
  });

  test('may be that of an alias, each resource by its own', () => {
    const graph = graphFromSynthesis({
      variable: { region: { default: 'eu-west-1' } },
      provider: { aws: [{ region: 'us-east-1' }, { alias: 'europe', region: '${var.region}' }] },
      resource: { aws_eip: { here: {} }, aws_instance: { there: { provider: 'aws.europe', ...server } } },
    });
    expect(
      estimate(graph, book)
        .lines.filter((line) => line.unit === 'hour')
        .map((line) => line.product),
    ).toEqual(['aws/vpc/public-ipv4@us-east-1', 'aws/ec2/m7g.large@eu-west-1']);
  });

  test('in a plan may be a variable', () => {
    const plan: JsonObject = {
      format_version: '1.2',
      variables: { region: { value: 'eu-west-1' } },
      planned_values: {
        root_module: {
          resources: [
            {
              address: 'aws_eip.a',
              mode: 'managed',
              type: 'aws_eip',
              name: 'a',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: {},
            },
          ],
        },
      },
      configuration: {
        provider_config: { aws: { name: 'aws', expressions: { region: { references: ['var.region'] } } } },
        root_module: { resources: [{ address: 'aws_eip.a', provider_config_key: 'aws', expressions: {} }] },
      },
    };
    expect(estimate(graphFromPlan(plan), book).lines.map((line) => line.product)).toEqual(['aws/vpc/public-ipv4@eu-west-1']);
  });

  test('in a module with a provider of its own is what the call gives it, or its default', () => {
    const address = (name: string): JsonObject => ({
      address: `module.${name}.aws_eip.a`,
      mode: 'managed',
      type: 'aws_eip',
      name: 'a',
      provider_name: 'registry.terraform.io/hashicorp/aws',
      values: {},
    });
    const provider = (name: string, variable: string): JsonObject => ({
      name: 'aws',
      module_address: `module.${name}`,
      expressions: { region: { constant_value: `\${var.${variable}}`, references: [`var.${variable}`] } },
    });
    const body = (name: string): JsonObject => ({
      variables: { region: {}, place: { default: 'us-west-2' } },
      resources: [{ address: 'aws_eip.a', provider_config_key: `module.${name}:aws`, expressions: {} }],
    });
    const plan: JsonObject = {
      format_version: '1.2',
      variables: { region: { value: 'eu-west-1' }, elsewhere: { value: 'eu-central-1' } },
      planned_values: {
        root_module: {
          child_modules: ['constant', 'default', 'given', 'unclear'].map((name) => ({
            address: `module.${name}`,
            resources: [address(name)],
          })),
        },
      },
      configuration: {
        provider_config: {
          aws: { name: 'aws', expressions: { region: { constant_value: 'us-east-1' } } },
          'module.constant:aws': provider('constant', 'region'),
          'module.default:aws': provider('default', 'place'),
          'module.given:aws': provider('given', 'region'),
          'module.unclear:aws': provider('unclear', 'region'),
        },
        root_module: {
          module_calls: {
            constant: { expressions: { region: { constant_value: 'sa-east-1' } }, module: body('constant') },
            default: { expressions: {}, module: body('default') },
            given: { expressions: { region: { references: ['var.elsewhere'] } }, module: body('given') },
            unclear: {
              expressions: { region: { references: ['data.aws_region.here.name', 'data.aws_region.here'] } },
              module: body('unclear'),
            },
          },
        },
      },
    };
    const answer = estimate(graphFromPlan(plan), book);
    expect(answer.lines.map((line) => line.product.split('@')[1])).toEqual(['sa-east-1', 'us-west-2', 'eu-central-1']);
    expect(gaps(answer)).toEqual(['its region is not known: neither it nor the provider configuration "module.unclear:aws" states one']);
  });

  test.each([
    ['its ARN', { arn: 'arn:aws:elasticloadbalancing:sa-east-1:123456789012:loadbalancer/app/x/1' }],
    ['its availability zone', { availability_zone: 'sa-east-1a' }],
    ['its own region', { region: 'sa-east-1' }],
  ])('in a state is what %s says', (_, values) => {
    const state: JsonObject = {
      format_version: '1.0',
      values: {
        root_module: {
          resources: [
            {
              address: 'aws_lb.a',
              mode: 'managed',
              type: 'aws_lb',
              name: 'a',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values: { internal: true, ...values },
            },
          ],
        },
      },
    };
    expect(estimate(graphFromState(state), book).lines[0]?.product).toBe('aws/alb/load-balancer@sa-east-1');
  });

  test('that nothing states leaves everything unpriced that depends on it', () => {
    const answer = estimate(
      graphFromSynthesis({ resource: { aws_instance: { a: server }, aws_globalaccelerator_accelerator: { g: {} } } }),
      book,
    );
    expect(gaps(answer)).toEqual(['its region is not known: neither it nor the provider configuration "aws" states one']);
    expect(answer.monthly.toFixed(2)).toBe('18.25'); // an accelerator costs the same everywhere: 730 x 0.025
  });

  test('without a price in the book is never priced as another', () => {
    const answer = bill(
      { 'aws_db_instance.a': { engine: 'postgres', instance_class: 'db.r7g.large', allocated_storage: 20, storage_type: 'gp3' } },
      {},
      'eu-west-1',
    );
    expect(answer.monthly.toFixed(2)).toBe('0.00');
    expect(gaps(answer)).toEqual([
      'database db.r7g.large, single-az: the price book has no price for aws/rds-postgresql/db.r7g.large/single-az in eu-west-1; it has one in us-east-1',
      'storage gp3, single-az: the price book has no price for aws/rds-storage/gp3/single-az in eu-west-1; it has one in us-east-1',
    ]);
  });

  test('in which the book has nothing at all', () => {
    const [reason] = gaps(bill({ 'aws_nat_gateway.a': {} }, {}, 'ap-south-2'));
    expect(reason).toBe(
      'NAT gateway: the price book has no price for aws/nat-gateway/gateway in ap-south-2; it has one in ap-southeast-1, eu-central-1, eu-west-1, sa-east-1, us-east-1, us-west-2',
    );
  });
});

/** A module registry of its own for each, so that what is loaded can be seen. */
describe('a provider is loaded when it is first asked for', () => {
  function loadedBy(work: (pricing: typeof import('../../../../analysis/pricing')) => void): readonly string[] {
    const seen: string[] = [];
    jest.isolateModules(() => {
      for (const provider of ['aws', 'digitalocean', 'google', 'thirdparty']) {
        jest.doMock(`../../../../analysis/pricing/mapping/${provider}`, () => {
          seen.push(`mappings of ${provider}`);
          return jest.requireActual(`../../../../analysis/pricing/mapping/${provider}`);
        });
      }
      for (const [provider, path] of [
        ['aws', 'aws/prices'],
        ['digitalocean', 'digitalocean/prices.generated'],
        ['google', 'google/prices'],
        ['others', 'thirdparty/prices.generated'],
      ] as const) {
        jest.doMock(`../../../../catalog/${path}`, () => {
          seen.push(`prices of ${provider}`);
          return jest.requireActual(`../../../../catalog/${path}`);
        });
      }
      work(require('../../../../analysis/pricing') as typeof import('../../../../analysis/pricing'));
    });
    return seen.sort();
  }

  const priced =
    (resource: JsonObject) =>
    (pricing: typeof import('../../../../analysis/pricing')): void => {
      pricing.estimate(graphFromSynthesis({ provider: { aws: [{ region: 'us-east-1' }] }, resource }), pricing.listBook());
    };

  test('nothing at first', () => expect(loadedBy((pricing) => void pricing.listBook())).toEqual([]));
  test('AWS alone', () => expect(loadedBy(priced({ aws_instance: { a: server } }))).toEqual(['mappings of aws', 'prices of aws']));
  test('DigitalOcean alone', () =>
    expect(loadedBy(priced({ digitalocean_droplet: { a: { size: 's-1vcpu-1gb' } } }))).toEqual([
      'mappings of digitalocean',
      'prices of digitalocean',
    ]));
});

test('the book finds a price of every provider', () => {
  const all = listBook();
  const amount = (provider: string, service: string, sku: string, unit: string, region = 'all'): string | undefined =>
    all.find({ provider, service, sku, region }, unit)?.amount.toFixed();
  expect([
    amount('digitalocean', 'droplet', 's-4vcpu-8gb', 'month'),
    amount('aws', 'eks', 'control-plane/standard-support', 'hour', 'eu-west-1'),
    amount('google', 'gke', 'cluster-management-fee', 'hour', 'us-central1'),
    amount('google', 'llm', 'gemini-2.5-flash/input', '1M-tokens'),
    amount('openai', 'llm', 'gpt-5-mini/output', '1M-tokens'),
    amount('cloudflare', 'r2', 'standard/storage', 'GB-month'),
  ]).toEqual(['48', '0.1', '0.1', '0.3', '2', '0.015']);
});
