import { DigitaloceanProvider } from '@cdktf/provider-digitalocean/lib/provider';
import { Vpc } from '@cdktf/provider-digitalocean/lib/vpc';
import { App, LocalBackend } from 'cdktf';
import { Construct } from 'constructs';
import { TierStack, type TierStackProps } from '../../stacks/tier-stack';
import { TerraceError } from '../../values/errors';
import { scratch } from '../support/scratch';

const open: TierStackProps = { lock: undefined, recorded: { tier: 'tier1', disposable: false } };

function stack(props: TierStackProps = open): TierStack {
  const made = new TierStack(new App({ outdir: scratch() }), 'tier1', props);
  new DigitaloceanProvider(made, 'digitalocean');
  return made;
}

function synthesized(made: TierStack): Record<string, any_> {
  made.prepareStack();
  return made.toTerraform() as Record<string, any_>;
}
type any_ = { [key: string]: any_ };

test('an address is the construct path, joined by "_", without Default and Resource', () => {
  const made = stack();
  const group = new Construct(made, 'network');
  new Vpc(group, 'Resource', { name: 'a', region: 'fra1' });
  new Vpc(new Construct(group, 'Default'), 'second', { name: 'b', region: 'fra1' });
  expect(Object.keys(synthesized(made)['resource']!['digitalocean_vpc']!)).toEqual(['network', 'network_second']);
});

test('alone it is what is written, locks and all', () => {
  const lock = { environment: 'shop', recorded: 'tier2', tier: 'tier1' } as const;
  const made = (): TierStack => {
    const found = stack({ ...open, lock });
    new LocalBackend(found, { path: 'shop.tfstate' });
    const vpc = new Vpc(found, 'network', { name: 'a', region: 'fra1' });
    new Vpc(found, 'second', { name: vpc.name, region: 'fra1', description: vpc.id });
    return found;
  };
  expect(made().alone()).toEqual(JSON.parse(JSON.stringify(synthesized(made()))));
  expect(JSON.stringify(made().alone()['provider'])).toContain('== null ? null : null');
});

test('a generation that construct ids do not say stands behind the id of the component, once', () => {
  const made = stack({
    ...open,
    addressMarks: new Map([
      ['network', 'g2'],
      ['app', 'n2'],
    ]),
  });
  for (const id of ['network', 'network_second', 'networks', 'app_g7_1', 'app_group', 'app'])
    new Vpc(new Construct(made, id), 'Resource', { name: 'a', region: 'fra1' });
  expect(Object.keys(synthesized(made)['resource']!['digitalocean_vpc']!).sort()).toEqual([
    'app_g7_1',
    'app_n2',
    'app_n2_group',
    'network_g2',
    'network_g2_second',
    'networks',
  ]);
});

test('two constructs that would merge into one resource are an error, with both paths', () => {
  const made = stack();
  new Vpc(new Construct(made, 'network'), 'Resource', { name: 'a', region: 'fra1' });
  new Vpc(new Construct(new Construct(made, 'Default'), 'network'), 'Resource', { name: 'b', region: 'fra1' });
  const thrown = caught(() => synthesized(made));
  expect(thrown.code).toBe('STACK_BROKEN');
  expect(thrown.problems.map(({ message }) => message)).toEqual([
    'digitalocean_vpc.network is made by 2 constructs, tier1/network/Resource and tier1/Default/network/Resource; give one of them another id.',
  ]);
});

test('a reference that was cut is an error that names the JSON path', () => {
  const made = stack();
  const vpc = new Vpc(made, 'network', { name: 'a', region: 'fra1' });
  new Vpc(made, 'other', { name: vpc.urn.slice(0, 10), region: 'fra1' });
  expect(caught(() => synthesized(made)).problems.map(({ where }) => where)).toEqual(['resource.digitalocean_vpc.other.name']);
});

test('the state remembers the tier, and refuses to forget it', () => {
  expect(synthesized(stack())['resource']!['terraform_data']!['recorded_tier']).toMatchObject({
    triggers_replace: 'tier1',
    lifecycle: { prevent_destroy: true },
  });
});

test('the state remembers the generations, in one order and whatever is not moved', () => {
  const remembered = (generations: Record<string, number>) =>
    synthesized(stack({ ...open, recorded: { ...open.recorded, generations } }))['resource']!['terraform_data']!['recorded_generations'];
  expect(remembered({})).toMatchObject({ triggers_replace: 'all at 1', lifecycle: { prevent_destroy: true } });
  expect(remembered({ app: 1 })).toMatchObject({ triggers_replace: 'all at 1' });
  expect(remembered({ database: 2, cache: 3, app: 1 })).toMatchObject({ triggers_replace: 'cache=3, database=2' });
});

test('a disposable environment may be destroyed', () => {
  const recorded = synthesized(stack({ ...open, recorded: { tier: 'tier1', disposable: true } }))['resource']!['terraform_data']![
    'recorded_tier'
  ]!;
  expect(recorded['lifecycle']).toBeUndefined();
});

test('a locked stack refuses in every provider block, by a variable without approval', () => {
  const terraform = synthesized(
    stack({ lock: { environment: 'production', recorded: 'tier3', tier: 'tier1' }, recorded: { tier: 'tier1', disposable: false } }),
  );
  expect(terraform['provider']!['digitalocean']).toEqual([{ api_endpoint: '${[var.tier_change_approved] == null ? null : null}' }]);
  expect(terraform['variable']!['tier_change_approved']).toMatchObject({
    default: '',
    validation: [{ condition: '${var.tier_change_approved == "tier1"}' }],
  });
});

test('the recorded tier asks for no approval', () => {
  const terraform = synthesized(stack());
  expect(terraform['variable']).toBeUndefined();
  expect(terraform['provider']!['digitalocean']).toEqual([{}]);
});

function caught(act: () => unknown): TerraceError {
  try {
    act();
  } catch (error) {
    if (error instanceof TerraceError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
