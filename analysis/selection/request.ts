import { type Jurisdiction, jurisdictions } from '../../catalog/digitalocean';
import { type PlatformId, platforms } from '../../tiers/tier';
import { type Problem, TerraceError } from '../../values/errors';
import { nearest } from '../../values/nearest';
import { type CheckedLoad, checkLoad, type LoadInput } from '../capacity';
import type { PriceBook } from '../pricing';
import { requestNotValid } from './errors';
import { everyRegion, lawfulRegions, lawOf } from './places';
import { modelProblems } from './language-model';

/** What must go on when something is lost. DigitalOcean sells no zones: a region of it is one. On AWS servers and standbys are spread over zones. */
export const survivals = ['server', 'zone', 'region'] as const;

export type Survival = (typeof survivals)[number];

/** Where the language model answers. */
export const inferenceChoices = ['self-hosted', 'api'] as const;

export type InferenceChoice = (typeof inferenceChoices)[number];

/** A load, and what the tier that carries it must keep to. */
export interface SelectionRequest {
  readonly load: LoadInput;
  /** @default - any that a tier is built on */
  readonly platform?: PlatformId;
  /** US dollars a month, of the typical month. @default - no bound */
  readonly budget?: string;
  /** In percent, by the arithmetic of the capacity report. @default - no bound */
  readonly availabilityPercent?: number;
  /** @default - any */
  readonly region?: string;
  /** Law under which all data must lie. @default - any */
  readonly residency?: Jurisdiction;
  /** With an API no tier carries a model itself; its provider's bill stands beside the price. @default - 'self-hosted' */
  readonly inference?: InferenceChoice;
  /** Vendor and model that an API answers with, as the price book has them. @default - `usualApiModel` */
  readonly model?: string;
  /** @default - nothing need survive */
  readonly survives?: Survival;
}

/** A request that is well formed. */
export interface CheckedRequest extends Omit<SelectionRequest, 'load'> {
  readonly checked: CheckedLoad;
}

/**
 * Checks a request.
 * @param book what has a price for the model
 * @throws TerraceError `SELECTION_REQUEST_NOT_VALID` with all problems, those of the load among them
 */
export function checkRequest(request: SelectionRequest, book: PriceBook): CheckedRequest {
  const { load, ...constraints } = request;
  const [checked, loadProblems] = tryLoad(load);
  const problems = [
    ...loadProblems,
    ...constraintProblems(constraints),
    ...modelProblems(constraints.model, book),
    ...modelWithoutApi(constraints),
  ];
  if (checked === undefined || problems.length > 0) throw requestNotValid(problems);
  return { checked, ...constraints };
}

function tryLoad(load: LoadInput): readonly [CheckedLoad | undefined, readonly Problem[]] {
  try {
    return [checkLoad(load), []];
  } catch (error) {
    if (error instanceof TerraceError) return [undefined, error.problems];
    throw error;
  }
}

function constraintProblems({
  platform,
  budget,
  availabilityPercent,
  region,
  residency,
  inference,
  survives,
}: Omit<SelectionRequest, 'load'>): readonly Problem[] {
  return [
    ...oneOf('platform', platform, platforms),
    ...oneOf('residency', residency, jurisdictions),
    ...oneOf('inference', inference, inferenceChoices),
    ...oneOf('survives', survives, survivals),
    ...(budget === undefined || isBudget(budget)
      ? []
      : [
          problem(
            'budget',
            `budget is "${budget}". Allowed: an amount above 0 in US dollars with at most two decimals, like 900 or 899.50.`,
          ),
        ]),
    ...(availabilityPercent === undefined || isPercent(availabilityPercent)
      ? []
      : [problem('availability', `availability is ${availabilityPercent}. Allowed: a percentage above 0 and below 100, like 99.9.`)]),
    ...oneOf('region', region, everyRegion),
    ...contradiction(region, residency),
  ];
}

function isBudget(given: string): boolean {
  return /^\d{1,12}(\.\d{1,2})?$/.test(given) && Number(given) > 0;
}

/** A model that nobody asks is a contradiction. */
function modelWithoutApi({ inference, model }: Omit<SelectionRequest, 'load'>): readonly Problem[] {
  return model === undefined || inference === 'api'
    ? []
    : [problem('model', `model is "${model}", and the language model is self-hosted. Leave it out, or choose inference api.`)];
}

function isPercent(given: number): boolean {
  return Number.isFinite(given) && given > 0 && given < 100;
}

function oneOf(where: string, given: string | undefined, allowed: readonly string[]): readonly Problem[] {
  if (given === undefined || allowed.includes(given)) return [];
  const near = nearest(given, allowed);
  return [problem(where, `${where} is "${given}". Allowed: ${allowed.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`)];
}

function contradiction(region: string | undefined, residency: Jurisdiction | undefined): readonly Problem[] {
  if (region === undefined || residency === undefined || lawOf(region) === undefined || !jurisdictions.includes(residency)) return [];
  const fine = lawfulRegions(residency, region);
  return fine.includes(region)
    ? []
    : [problem('residency', `region ${region} does not keep data in ${residency}. Regions that do: ${fine.join(', ') || 'none'}.`)];
}

function problem(where: string, message: string): Problem {
  return { code: 'SELECTION_CONSTRAINT', where, message };
}
