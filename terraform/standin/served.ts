/** A provider that the stand-in can stand in for. */
export interface Served {
  /** Its name in Terraform, which begins the name of each of its resource types. */
  readonly name: string;
  /** Where Terraform takes it from. */
  readonly source: string;
  readonly version: string;
  /** The plugin protocol that it speaks: nested attributes need 6. */
  readonly protocol: 5 | 6;
  /**
   * Which of HashiCorp's libraries it is written with, which decides how it plans: the older one takes an absent value for
   * an empty one, the newer one keeps strictly to the configuration.
   */
  readonly library: 'sdk' | 'framework';
}

const REGISTRY = 'registry.terraform.io';

/** Every provider that tiers use, at the version that our bindings pin; AWS is not among them, the real one is used. */
export const servedProviders = [
  { name: 'digitalocean', source: `${REGISTRY}/digitalocean/digitalocean`, version: '2.71.0', protocol: 5, library: 'sdk' },
  { name: 'kubernetes', source: `${REGISTRY}/hashicorp/kubernetes`, version: '2.38.0', protocol: 5, library: 'sdk' },
  { name: 'helm', source: `${REGISTRY}/hashicorp/helm`, version: '3.1.1', protocol: 6, library: 'framework' },
  { name: 'random', source: `${REGISTRY}/hashicorp/random`, version: '3.7.2', protocol: 5, library: 'framework' },
  { name: 'google', source: `${REGISTRY}/hashicorp/google`, version: '6.50.0', protocol: 5, library: 'sdk' },
  { name: 'cloudflare', source: `${REGISTRY}/cloudflare/cloudflare`, version: '5.14.0', protocol: 6, library: 'framework' },
] as const satisfies readonly Served[];

export type ServedName = (typeof servedProviders)[number]['name'];

/** The provider of this name. */
export function served(name: ServedName): Served {
  const found = servedProviders.find((each) => each.name === name);
  if (found === undefined) throw new Error(`the stand-in does not serve ${name}`);
  return found;
}
