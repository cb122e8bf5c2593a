import { CloudflareProvider } from '@cdktf/provider-cloudflare/lib/provider';
import { TerraformVariable } from 'cdktf';
import { TrafficSplit } from '../../constructs/cloudflare/traffic-split';
import type { Environment } from '../../environments/schema';
import type { Tier } from '../../tiers/tier';
import { component } from '../platforms/naming';
import type { TierStack } from '../tier-stack';
import type { PlatformState } from './platform-state';

interface Clouds {
  readonly home: PlatformState;
  readonly google: PlatformState;
  /** Region of the cluster in the second cloud. */
  readonly region: string;
  /** Whether the second cloud takes requests; before the cutover of a promotion, and after that of another, only the first one does. */
  readonly open: boolean;
}

/** Requests over both clouds by Cloudflare, as many to each as it has clusters. Whose zone it is, two variables say. */
export function splitTraffic(stack: TierStack, environment: Environment, tier: Tier, { home, google, region, open }: Clouds): void {
  new CloudflareProvider(stack, 'cloudflare');
  const id = component(tier, 'global-load-balancer')?.id ?? 'load-balancer';
  const clusters = component(tier, 'kubernetes-cluster')?.regions ?? 2;
  const [alertEmail] = environment.alerts.emails;
  new TrafficSplit(stack, `${id}_split`, {
    name: `${environment.namePrefix}-${environment.name}`,
    accountId: variable(stack, 'cloudflare_account_id', 'Account of Cloudflare that the balancer is in.'),
    zoneId: variable(
      stack,
      'cloudflare_zone_id',
      `Zone of Cloudflare that ${environment.domain} is in; the registrar delegates the domain there.`,
    ),
    domain: environment.domain,
    healthPath: environment.app.healthPath,
    entries: [
      { cloud: environment.platform, address: home.entry(), weight: Number(((clusters - 1) / clusters).toFixed(2)), open: true },
      { cloud: 'google', address: google.address(region), weight: Number((1 / clusters).toFixed(2)), open },
    ],
    ...(alertEmail === undefined ? {} : { alertEmail }),
  });
}

function variable(stack: TierStack, id: string, description: string): string {
  return new TerraformVariable(stack, id, { type: 'string', nullable: false, description: `${description} Set TF_VAR_${id}.` }).stringValue;
}
