import type { Decimal } from 'decimal.js';
import type { PlatformId, TierId } from '../../tiers/tier';
import { tierIds } from '../../tiers/tier';
import { type Load, scaledLoad } from '../capacity';
import { money, type PriceBook } from '../pricing';
import { type ApiBill, apiBill, billText } from './language-model';
import { type Offer, offerOf } from './offer';
import { type CheckedRequest, checkRequest, type SelectionRequest } from './request';
import { notBuilt, type StoredTier, storedTiers } from './stored';
import { type Change, cheapestVariation, knobsOf } from './variations';
import { withoutInference } from './without-inference';

/** A tier that is not taken, and why. */
export interface Rejected {
  readonly tier: TierId;
  readonly platform: PlatformId;
  /** US dollars a month; undefined where it is not built. */
  readonly monthly: Decimal | undefined;
  readonly why: string;
}

/** A tier with larger components that would carry the load for less than the cheapest tier as it stands. */
export interface Alternative {
  readonly tier: TierId;
  readonly platform: PlatformId;
  readonly monthly: Decimal;
  readonly changes: readonly Change[];
}

/** The answer to a request. */
export interface Selection {
  readonly load: Load;
  /** The cheapest tier that carries the load with headroom and meets every constraint; undefined where none does. */
  readonly chosen: Offer | undefined;
  /** The tier that carries more, and the users at which it is due: where the chosen one's headroom is used up. */
  readonly next: { readonly tier: TierId; readonly at: number } | undefined;
  readonly rejected: readonly Rejected[];
  /** What an API's provider bills beside; undefined where the tier carries the model itself. */
  readonly languageModel: ApiBill | undefined;
  /** Where a stock tier is wasteful, or where none fits. */
  readonly alternative: Alternative | undefined;
  /** What a reader of the answer needs to know besides. */
  readonly notes: readonly string[];
}

/** What a selection chooses from. */
export interface Shelf {
  readonly stored: readonly StoredTier[];
  readonly notBuilt: readonly Pick<Rejected, 'tier' | 'platform'>[];
}

/** Everything that is built. */
export const wholeShelf: Shelf = { stored: storedTiers, notBuilt: notBuilt.map(({ tier, platform }) => ({ tier: tier.id, platform })) };

/**
 * The cheapest tier for a load. Pure: prices come from the book, resources from synthesis of the examples.
 * @throws TerraceError `SELECTION_REQUEST_NOT_VALID` with all problems
 */
export function select(given: SelectionRequest, book: PriceBook, shelf: Shelf = wholeShelf): Selection {
  const request = checkRequest(given, book);
  const load = scaledLoad(request.checked, 1);
  const languageModel = request.inference === 'api' ? apiBill(load, book, request.model) : undefined;
  const stock = request.inference === 'api' ? shelf.stored.map(withoutInference) : shelf.stored;
  const offers = stock.map((stored) => offerOf(stored, request, book)).sort(cheapestFirst);
  const chosen = offers.find(({ reasons }) => reasons.length === 0);
  return {
    load,
    chosen,
    languageModel,
    next: chosen === undefined ? undefined : nextOf(chosen, offers, shelf),
    rejected: [...offers.filter((offer) => offer !== chosen).map((offer) => rejected(offer, chosen)), ...unbuilt(shelf, request)],
    alternative: alternativeOf(offers, chosen, request, book),
    notes: languageModel === undefined ? [] : [billText(languageModel)],
  };
}

/** Among equally dear ones the lower tier, which is simpler. */
function cheapestFirst(a: Offer, b: Offer): number {
  return a.monthly.comparedTo(b.monthly) || tierIds.indexOf(a.stored.tier.id) - tierIds.indexOf(b.stored.tier.id);
}

function rejected({ stored, monthly, reasons }: Offer, chosen: Offer | undefined): Rejected {
  const dearer = chosen === undefined ? '' : `would do, and costs ${money(monthly.minus(chosen.monthly))} USD a month more`;
  return { tier: stored.tier.id, platform: stored.platform, monthly, why: reasons.length > 0 ? reasons.join('; ') : dearer };
}

function unbuilt(shelf: Shelf, { platform }: CheckedRequest): readonly Rejected[] {
  return shelf.notBuilt
    .filter((one) => platform === undefined || one.platform === platform)
    .map((one) => ({ ...one, monthly: undefined, why: 'not built' }));
}

/** The cheapest that is built and carries more; else the lowest above that is not built yet. */
function nextOf(chosen: Offer, offers: readonly Offer[], shelf: Shelf): Selection['next'] {
  if (!Number.isFinite(chosen.carries)) return undefined;
  const above = (tier: TierId): boolean => tierIds.indexOf(tier) > tierIds.indexOf(chosen.stored.tier.id);
  const built = offers.find((offer) => offer.carries > chosen.carries && offer.broken.length === 0)?.stored.tier.id;
  const tier = built ?? shelf.notBuilt.find((one) => above(one.tier) && one.platform === chosen.stored.platform)?.tier;
  return tier === undefined ? undefined : { tier, at: chosen.carries };
}

/** The cheapest variation of any tier that meets everything and beats the chosen one. */
function alternativeOf(
  offers: readonly Offer[],
  chosen: Offer | undefined,
  request: CheckedRequest,
  book: PriceBook,
): Alternative | undefined {
  const short = offers.filter(({ report, monthly }) => !report.carries && (chosen === undefined || monthly.lt(chosen.monthly)));
  const found = short.flatMap((offer) => variationOffer(offer, request, book) ?? []).sort((a, b) => a.monthly.comparedTo(b.monthly));
  return found.find(({ monthly }) => chosen === undefined || monthly.lt(chosen.monthly));
}

function variationOffer({ stored }: Offer, request: CheckedRequest, book: PriceBook): Alternative | undefined {
  const variation = cheapestVariation(stored, request.checked, knobsOf(stored));
  if (variation === undefined) return undefined;
  const offer = offerOf({ ...stored, graph: variation.graph, plant: variation.plant }, request, book);
  return offer.reasons.length > 0
    ? undefined
    : { tier: stored.tier.id, platform: stored.platform, monthly: offer.monthly, changes: variation.changes };
}
