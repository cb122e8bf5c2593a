import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import { Network, type NetworkProps } from '../../../constructs/aws/network';
import type { Site } from '../../../constructs/aws/site';
import { TierStack } from '../../../stacks/tier-stack';
import { scratch } from '../../support/scratch';

export type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The resources that a construct makes at a site, without CDKTF's metadata: address -> arguments. What the network itself brings is left out. */
export function made(build: (stack: TierStack, site: Site) => void, overrides: Partial<Site> = {}): Resources {
  const all = synthesized((stack) => build(stack, { ...site(stack), ...overrides }));
  return Object.fromEntries(Object.entries(all).filter(([address]) => !/\.network($|_)/.test(address)));
}

/** A network and nothing else. */
export function network(props: Partial<NetworkProps>): Resources {
  return synthesized(
    (stack) =>
      new Network(stack, 'network', {
        name: 'coach',
        region: 'us-east-1',
        cidr: '10.16.0.0/16',
        zoneIds: ['use1-az1', 'use1-az2'],
        nat: 'none',
        ...props,
      }),
  );
}

/** What a text with references in it becomes. */
export function resolved(stack: TierStack, text: string): string {
  return String(Tokenization.resolve(text, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false }));
}

function synthesized(build: (stack: TierStack) => unknown): Resources {
  const stack = new TierStack(new App({ outdir: scratch() }), 'tier', { lock: undefined, recorded: { tier: 'tier', disposable: false } });
  new AwsProvider(stack, 'aws', { region: 'us-east-1' });
  build(stack);
  stack.prepareStack();
  const { resource } = stack.toTerraform() as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const addressed = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, { '//': _metadata, ...values }]) => [`${type}.${name}`, values] as const),
  );
  return Object.fromEntries(addressed.filter(([address]) => !address.startsWith('terraform_data.')));
}

function site(stack: TierStack): Site {
  const built = new Network(stack, 'network', {
    name: 'coach',
    region: 'us-east-1',
    cidr: '10.16.0.0/16',
    zoneIds: ['use1-az1', 'use1-az2'],
    nat: 'one',
  });
  return { prefix: 'coach', region: 'us-east-1', network: built, global: undefined, disposable: false };
}
