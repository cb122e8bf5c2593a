import { DigitaloceanProvider } from '@cdktf/provider-digitalocean/lib/provider';
import { App } from 'cdktf';
import { Network } from '../../../constructs/digitalocean/network';
import { Project } from '../../../constructs/digitalocean/project';
import type { Site } from '../../../constructs/digitalocean/site';
import { TierStack } from '../../../stacks/tier-stack';
import { scratch } from '../../support/scratch';

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The resources that a construct makes at a site: type -> name -> arguments, without CDKTF's metadata. */
export function made(build: (stack: TierStack, site: Site) => void, overrides: Partial<Site> = {}): Resources {
  const stack = new TierStack(new App({ outdir: scratch() }), 'tier', { lock: undefined, recorded: { tier: 'tier', disposable: false } });
  new DigitaloceanProvider(stack, 'digitalocean');
  build(stack, { ...site(stack), ...overrides });
  stack.prepareStack();
  const { resource } = stack.toTerraform() as { resource: Resources };
  return Object.fromEntries(
    Object.entries(resource)
      .filter(([type]) => !surroundings.includes(type))
      .map(([type, named]) => [type, Object.fromEntries(Object.entries(named).map(([name, values]) => [name, plain(values)]))]),
  );
}

/** What the site itself brings. */
const surroundings = ['digitalocean_vpc', 'digitalocean_project', 'digitalocean_project_resources', 'terraform_data'];

function site(stack: TierStack): Site {
  const project = new Project(stack, 'project', { name: 'coach', description: 'test' });
  const network = new Network(stack, 'network', { name: 'coach', region: 'fra1' });
  return { prefix: 'coach', region: 'fra1', spacesRegion: 'fra1', project, vpcId: network.vpcId, tags: ['terrace'], disposable: false };
}

function plain({ '//': _metadata, ...values }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return values;
}
