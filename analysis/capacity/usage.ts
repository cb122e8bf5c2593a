import type { Decimal } from 'decimal.js';
import type { ComponentKind } from '../../components/component';
import type { PlatformId, Tier } from '../../tiers/tier';
import { decimal } from '../pricing/decimal';
import type { Usage, UsageFigure, UsageQuantities } from '../pricing/usage';
import type { Load } from './load';
import { usageOnAws } from './usage-aws';
import { around, daysPerMonth, people } from './usage-figures';

/** Which component serves what, so that figures reach the resources that take them. */
export interface UsagePlaces {
  /** Component whose servers answer requests. @default - all servers share the egress */
  readonly servers?: string;
  /** Component whose bucket keeps uploads and serves the frontend. @default - all buckets share them */
  readonly objects?: string;
  /** The tier, where it runs on AWS, which counts more than others do. @default - another platform */
  readonly onAws?: Pick<Tier, 'components'>;
}

/**
 * Quantities a month that follow from a load: egress of servers, storage and egress of buckets. 1 GB is 1,000 MB, 1,000,000 KB.
 * @param places see `placesIn`
 */
export function usageOf(load: Load, places: UsagePlaces = {}): Usage {
  const servers = { egressGb: egress(load) };
  const objects = { objectEgressGb: frontendEgress(load), objectStorageGb: uploads(load) };
  const onAws = places.onAws === undefined ? {} : usageOnAws(load, places.onAws);
  return merged([places.servers, servers], [places.objects, objects], ...Object.entries(onAws));
}

/** Who answers requests in a tier, and whose bucket serves what people load. */
export function placesIn(tier: Pick<Tier, 'components'>, platform?: PlatformId): UsagePlaces {
  const first = (...kinds: readonly ComponentKind[]): string | undefined =>
    kinds.flatMap((kind) => tier.components.find((component) => component.kind === kind)?.id ?? [])[0];
  const servers = first('app-servers');
  const objects = first('frontend', 'object-storage');
  return {
    ...(servers === undefined ? {} : { servers }),
    ...(objects === undefined ? {} : { objects }),
    ...(platform === 'aws' ? { onAws: tier } : {}),
  };
}

/** Quantities go to the component that is named, or else into the total. */
function merged(...parts: readonly (readonly [string | undefined, UsageQuantities])[]): Usage {
  const components: Record<string, UsageQuantities> = {};
  let total: UsageQuantities = {};
  for (const [component, quantities] of parts) {
    if (component === undefined) total = { ...total, ...quantities };
    else components[component] = { ...components[component], ...quantities };
  }
  return { components, total };
}

/** Tokens a month that language models read and write for a load, in millions: what an API of such a model would be paid for. */
export function tokensOf({ users, constants }: Load): { readonly inputMillion: UsageFigure; readonly outputMillion: UsageFigure } {
  const { completionsPerUser, promptTokensPerCompletion, tokensPerCompletion } = constants;
  const answers = `${people(users.daily.value)} daily users x ${completionsPerUser} answers`;
  // Counted anew in decimals, because money follows: the rates of a load are floats.
  const million = (tokens: number): Decimal => daysPerMonth.times(users.daily.value).times(completionsPerUser).times(tokens).div(1_000_000);
  return {
    inputMillion: around(million(promptTokensPerCompletion), `${answers} x ${promptTokensPerCompletion} tokens read`),
    outputMillion: around(million(tokensPerCompletion), `${answers} x ${tokensPerCompletion} tokens written`),
  };
}

function egress({ users, constants }: Load): UsageFigure {
  const { requestsPerUser, responseKilobytes } = constants;
  const gb = daysPerMonth.times(users.daily.value).times(requestsPerUser).times(responseKilobytes).div(1_000_000);
  return around(gb, `${people(users.daily.value)} daily users x ${requestsPerUser} requests x ${responseKilobytes} KB`);
}

function frontendEgress({ users, constants }: Load): UsageFigure {
  const { frontendMegabytesPerUser } = constants;
  return around(
    daysPerMonth.times(users.daily.value).times(frontendMegabytesPerUser).div(1000),
    `${people(users.daily.value)} daily users x ${frontendMegabytesPerUser} MB of frontend`,
  );
}

function uploads({ users, constants }: Load): UsageFigure {
  const { uploadsPerUser, uploadMegabytes, uploadsKeptDays } = constants;
  const gb = decimal(users.daily.value).times(uploadsPerUser).times(uploadMegabytes).times(uploadsKeptDays).div(1000);
  return around(
    gb,
    `${people(users.daily.value)} daily users x ${uploadsPerUser} uploads x ${uploadMegabytes} MB, kept ${uploadsKeptDays} days`,
  );
}
