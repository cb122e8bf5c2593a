import type { Environment } from '../../../environments/schema';
import { gate } from '../../../promotion/gate';
import { type Leaving, pairOf, sidesOf, type Stage as Configuration, stageOf, type Target, transition } from '../../../stacks/transition';
import type { PromotionPhase } from '../../../tiers/phase';
import type { PlatformId, TierId } from '../../../tiers/tier';
import { keptEnvironment } from '../../support/sandbox';
import { scratch } from '../../support/scratch';
import { soak } from '../../support/soak';
import { actions, ended, inPhase, type PlanDocument, type Stage } from './support';

/** Two tiers, and how an environment gets from one to the other. */
export interface Pair {
  readonly from: TierId;
  readonly to: TierId;
  /** Part of the test's name. */
  readonly how?: string;
  readonly reversible?: boolean;
  /** Another platform, and the regions there. */
  readonly there?: Pick<Target, 'region' | 'regions'> & { readonly platform: PlatformId };
  /** Tried in `npm run soak` alone. */
  readonly rarely?: boolean;
  /** Plain plans of the other stack in each phase, and of a third one in expand or in all of them. @default - none */
  readonly closely?: 'sides' | 'all';
  /** Whether a way leads back from a switched side, which is tried in `npm run soak`: what a provider has resized it makes no smaller. @default false */
  readonly returns?: boolean;
  readonly more?: Partial<Environment>;
}

/** Rows of `describe.each` or `test.each`: what is tried now. */
export function rows(pairs: readonly Pair[]): readonly (readonly [string, Pair])[] {
  const name = ({ from, to, how = '', there }: Pair): string =>
    `${from} to ${to}${there === undefined ? '' : ` on ${there.platform}`}${how}`;
  return pairs.filter(({ rarely }) => soak || rarely !== true).map((pair) => [name(pair), pair] as const);
}

/** A pair with what is synthesized of it. */
export class Journey {
  readonly environment: Environment;
  private readonly pair: ReturnType<typeof pairOf>;
  private readonly sides: ReturnType<typeof sidesOf>;

  constructor(
    private readonly place: Stage,
    private readonly wanted: Pair,
  ) {
    const { from, to, there, reversible = false, more } = wanted;
    this.environment = keptEnvironment({ tier: from, ...more });
    this.pair = pairOf(this.environment, { to, reversible, ...there });
    this.sides = sidesOf(this.environment, this.pair, scratch());
  }

  /** The environment as it is at the end. */
  get target(): Environment {
    return this.pair.target;
  }

  /** The same pair, of the environment that its file describes once the way back is done. */
  get again(): Pair {
    const { promotion, ...environment } = this.in('rollback');
    return promotion === undefined ? this.wanted : { ...this.wanted, more: { ...this.wanted.more, ...ended(environment, promotion) } };
  }

  in(phase: PromotionPhase): Environment {
    const { to, there, reversible } = this.wanted;
    const { regions, ...rest } = there ?? {};
    const target = { ...rest, ...(regions === undefined ? {} : { regions: [...regions] }) };
    return inPhase(this.environment, to, phase, { ...target, ...(reversible === true ? { reversible } : {}) });
  }

  leaving(phase: PromotionPhase): Leaving {
    return transition(this.sides, stageOf[phase]).leaving;
  }

  /** Phases whose configuration is another than that of the phase before. */
  get phases(): readonly PromotionPhase[] {
    const text = (stage: Configuration): string => JSON.stringify(transition(this.sides, stage).json);
    return ['expand', ...(text('expanded') === text('resized') ? [] : (['migrate'] as const)), 'cutover', 'contract'];
  }

  /** Applies a phase from the other stack than the phase before: both are the same. @returns what its plan did, which the gate has let through */
  async apply(phase: PromotionPhase): Promise<Record<string, readonly string[]>> {
    const { from, to } = this.wanted;
    const document = await this.place.apply(this.in(phase), phase === 'cutover' ? to : from);
    expect([phase, gate({ plan: document }, phase, this.leaving(phase)).refused]).toEqual([phase, []]);
    expect([phase, lost(document)]).toEqual([phase, []]);
    return actions(document);
  }

  /** Everything that the way back would let go of, which the gate lets through. */
  async wayBack(): Promise<readonly string[]> {
    const { document } = await this.place.plan(this.in('rollback'));
    expect(gate({ plan: document }, 'rollback', this.leaving('rollback')).refused).toEqual([]);
    const { delete: deleted = [], forget: forgotten = [] } = actions(document);
    return blocksOf([...deleted, ...forgotten]);
  }

  /** What a plain plan of a stack would do. */
  async plain(environment: Environment, stack?: TierId): Promise<Record<string, readonly string[]>> {
    return actions((await this.place.plan(environment, stack)).document);
  }
}

/** What a plan does beside making and changing: nothing is to be deleted, replaced or forgotten by a plain `cdktf deploy`. */
export function losses(done: Record<string, readonly string[]>): readonly string[] {
  return Object.keys(done).filter((action) => action !== 'create' && action !== 'update');
}

/** Types whose objects hold data or are an address that others know; no phase deletes or replaces one. */
const stateful =
  /^(digitalocean_(database_cluster|database_db|database_replica|volume|spaces_bucket|domain|reserved_ip)|aws_(db_instance|rds_\w+|dsql_cluster|dynamodb_table|ebs_volume|efs_file_system|kms_key|msk_cluster|route53_zone|eip|s3_bucket|secretsmanager_secret|sqs_queue))$/;

/** Stateful resources that a plan deletes or replaces. */
function lost(document: PlanDocument): readonly string[] {
  return (document.resource_changes ?? [])
    .filter(({ address, type, change }) => stateful.test(type) && change.actions.includes('delete') && !fillsItself(address, change.before))
    .map(({ address }) => address);
}

/** A cache, models that are downloaded again, releases and passwords that Terraform writes, copies that follow their database, the claims of servers to their turn, and where requests leave from. */
function fillsItself(address: string, before: unknown): boolean {
  return (
    (before as { readonly engine?: unknown } | null)?.engine === 'valkey' ||
    /_models(_\d+)?$|_bucket\.configuration$|^aws_secretsmanager_secret\.\w+_secret$|^aws_\w+\.replicas_g\d+_|^digitalocean_database_replica\.|\.configuration_turns_|_nat_\d+_address$/.test(
      address,
    )
  );
}

/** Blocks, without the keys of their instances, each once. */
export function blocksOf(addresses: readonly string[] = []): readonly string[] {
  return [...new Set(addresses.map((address) => address.replace(/\[[^\]]*\]$/, '')))].sort();
}

/** From the first tier to the last apply, each phase planned from the state of the one before; in `npm run soak` back from a switched state too, which is taken back. */
export async function goesThrough(place: Stage, pair: Pair): Promise<void> {
  const journey = new Journey(place, pair);
  await place.apply(journey.environment);
  const began = place.addresses();
  for (const phase of journey.phases) {
    const done = await journey.apply(phase);
    if (phase === 'contract') {
      expect(blocksOf(done['delete'])).toEqual(journey.leaving(phase).deleted);
      expect(blocksOf(done['forget'])).toEqual(journey.leaving(phase).forgotten);
      // On another platform the same tier is told by its generations alone.
      expect(done['delete+create']).toContain(`terraform_data.recorded_${pair.from === pair.to ? 'generations' : 'tier'}`);
      expect(done['delete+create']?.filter((address) => !address.startsWith('terraform_data.recorded_'))).toEqual([]);
    } else {
      expect([phase, losses(done)]).toEqual([phase, []]);
      expect(began.filter((address) => !place.addresses().includes(address))).toEqual([]);
    }
    if (pair.closely !== undefined) await rests(place, journey, pair, phase);
    if (pair.closely === 'all' || (pair.closely === 'sides' && phase === 'expand')) await refusesOthers(place, journey, pair, phase);
    if (phase === 'expand') expect(await journey.wayBack()).toEqual(blocksOf(done['create']));
    if (phase === 'cutover' && soak && pair.returns === true) await place.aside(() => returned(place, journey, began));
  }
  expect(await journey.plain(journey.target)).toEqual({});
}

/** A colleague's plain deploy changes nothing, from whichever of the two stacks. */
async function rests(place: Stage, journey: Journey, { from, to }: Pair, phase: PromotionPhase): Promise<void> {
  const environment = journey.in(phase);
  expect(place.text(environment, to)).toBe(place.text(environment, from));
  // The one that the phase was not applied from.
  expect([phase, await journey.plain(environment, phase === 'cutover' ? from : to)]).toEqual([phase, {}]);
}

/** Every other stack refuses. */
async function refusesOthers(place: Stage, journey: Journey, { from, to }: Pair, phase: PromotionPhase): Promise<void> {
  const elsewhere = (['tier1', 'tier2', 'tier3'] as const).find((tier) => tier !== from && tier !== to) ?? 'tier1';
  await expect(place.plan(journey.in(phase), elsewhere)).rejects.toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ message: expect.stringContaining(`being promoted from ${from} to ${to}`) }),
    ]),
  });
}

/** Writes were led back first, so that the way leads over the phase before. */
async function returned(place: Stage, journey: Journey, began: readonly string[]): Promise<void> {
  await journey.apply('migrate');
  await journey.apply('rollback');
  expect(place.addresses()).toEqual(began);
  expect(await journey.plain(journey.environment)).toEqual({});
}

/** From the first tier to a switched state and all the way back. @returns what another attempt is made of */
export async function goesBack(place: Stage, pair: Pair): Promise<Pair> {
  const journey = new Journey(place, pair);
  await place.apply(journey.environment);
  const began = place.addresses();
  for (const phase of ['expand', 'cutover'] as const) await journey.apply(phase);
  await returned(place, journey, began);
  return journey.again;
}

/** There and back, and there again, with what was left standing in the way. */
export async function goesAgain(place: Stage, pair: Pair): Promise<void> {
  await goesThrough(place, await goesBack(place, pair));
}
