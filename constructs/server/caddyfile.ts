import type { AppContainer, Entrance } from './types';

/**
 * How long a request waits for the app while its container is switched. Less than the 60 s after which DigitalOcean's load balancer gives up.
 */
const HOLD = '30s';

/** Caddy before the app: certificates by itself where requests come from the internet, plain HTTP where a load balancer has them. */
export function caddyfile(entrance: Entrance, app: Pick<AppContainer, 'port'>): string {
  return [...globalOptions(entrance), `${site(entrance)} {`, '\tencode zstd gzip', ...proxy(entrance, app.port), '}', ''].join('\n');
}

function globalOptions(entrance: Entrance): string[] {
  if (entrance.kind === 'automatic-tls') return [];
  return ['{', '\tauto_https off', '}', ''];
}

function site(entrance: Entrance): string {
  return entrance.kind === 'automatic-tls' ? entrance.domain : `:${entrance.port}`;
}

/** The client's address comes from the load balancer's header, which is believed only inside the private network. */
function proxy(entrance: Entrance, port: number): string[] {
  const trust = entrance.kind === 'behind-load-balancer' ? ['\t\ttrusted_proxies private_ranges'] : [];
  return [`\treverse_proxy app:${port} {`, ...trust, `\t\tlb_try_duration ${HOLD}`, '\t\tlb_try_interval 250ms', '\t}'];
}
