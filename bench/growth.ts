import '../stacks/quiet-tokens';
import { Droplet } from '@cdktf/provider-digitalocean/lib/droplet';
import { DigitaloceanProvider } from '@cdktf/provider-digitalocean/lib/provider';
import { Record } from '@cdktf/provider-digitalocean/lib/record';
import { Tag } from '@cdktf/provider-digitalocean/lib/tag';
import { Volume } from '@cdktf/provider-digitalocean/lib/volume';
import { App } from 'cdktf';
import { Construct } from 'constructs';
import { TierStack } from '../stacks/tier-stack';

const resourcesOfGroup = 4;

/** Synthesizes a stack of our class, with all its checks, that holds this many resources; a multiple of four. */
export function synthesizeMany(resources: number, outdir: string): void {
  const app = new App({ outdir });
  const stack = new TierStack(app, 'growth', { lock: undefined, recorded: { tier: 'growth', disposable: true } });
  new DigitaloceanProvider(stack, 'digitalocean');
  for (let index = 0; index < resources / resourcesOfGroup; index += 1) addGroup(new Construct(stack, `group-${index}`), index);
  app.synth();
}

/** Four resources that refer to each other. */
function addGroup(scope: Construct, index: number): void {
  const tag = new Tag(scope, 'tag', { name: `group-${index}` });
  const volume = new Volume(scope, 'volume', { name: `data-${index}`, region: 'fra1', size: 10 });
  const server = new Droplet(scope, 'server', {
    name: `server-${index}`,
    region: 'fra1',
    size: 's-1vcpu-1gb',
    image: 'ubuntu-24-04-x64',
    tags: [tag.name, 'bench'],
    volumeIds: [volume.id],
    userData: `#cloud-config\nhostname: server-${index}\n`,
  });
  new Record(scope, 'record', { domain: 'example.com', type: 'A', name: `server-${index}`, value: server.ipv4Address });
}
