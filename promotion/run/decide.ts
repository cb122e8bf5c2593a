import type { PromotionPhase } from '../../tiers/phase';
import type { PlatformId, TierId } from '../../tiers/tier';
import type { Goal } from '../next-phase';
import { isChanging } from '../movers/move';
import type { MoveStanding } from '../types';

/** What somebody has asked for. */
export type Intent =
  /** @param platform to which it goes; undefined where nobody says, which is where it is, or whither it is on its way */
  | { readonly kind: 'promote'; readonly to: TierId; readonly platform?: PlatformId | undefined; readonly go: boolean }
  /** Back to the old side; with `keepTarget` both sides go on standing. */
  | { readonly kind: 'rollback'; readonly keepTarget: boolean }
  /** The same, only while the old side takes the writes. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'contract' };

/** A move of one component's data. */
export type Move = Pick<MoveStanding, 'open' | 'state' | 'verified' | 'reversible'> & { readonly id: string };

/** Where a promotion stands: nothing but what was read. */
export interface Facts {
  readonly tier: TierId;
  readonly platform: PlatformId;
  readonly promotion: { readonly to: TierId; readonly platform?: PlatformId | undefined; readonly phase: PromotionPhase } | undefined;
  /** Whether the provider resizes in place what it makes no smaller again. */
  readonly resizes: boolean;
  /** Whether the target has layers of its own: they are emptied before anything else goes, so that requests must be back by then. */
  readonly layered: boolean;
  /** Whether the environment file stands where deploys read it; undefined where that is the file itself. */
  readonly stands: boolean | undefined;
  /** Whether a plain plan is empty; undefined while nobody has planned. */
  readonly deployed: boolean | undefined;
  /** Whether somebody has asked, while this run was at work, that nothing is cut over. */
  readonly paused: boolean;
  /** Whether this run has found everything copied, and taken away what was made for moving; both go on from whatever is done already. */
  readonly copied: boolean;
  readonly cleaned: boolean;
  /** Data on the way; none where none moves, or where a side has left the state. */
  readonly moves: readonly Move[];
}

/** The next thing to do. */
export type Step =
  | { readonly do: 'look' | 'deploy' | 'copy' | 'cutOver' | 'settle' | 'reverse' | 'cleanUp' }
  | { readonly do: 'write'; readonly goal: Goal }
  /** Somebody else has to do something first. */
  | { readonly do: 'wait'; readonly for: 'source' | 'go' | 'contract' }
  | { readonly do: 'end'; readonly at: 'target' | 'start' | 'both' }
  | { readonly do: 'refuse'; readonly why: Refusal };

export type Refusal =
  | 'not-deployed'
  | 'other-target'
  | 'too-late'
  | 'too-early'
  | 'writes-are-new'
  | 'moved-back'
  | 'unreachable'
  | 'resized';

/** What comes next, from facts alone: the same facts give the same step, whoever was killed before. */
export function decide(facts: Facts, intent: Intent): Step {
  const { promotion } = facts;
  if (promotion === undefined) return outside(facts, intent);
  if (intent.kind === 'promote' && leadsElsewhere(intent, promotion.to, promotion.platform ?? facts.platform))
    return refuse('other-target');
  if (facts.moves.some(({ state }) => state === 'unknown')) return refuse('unreachable');
  const back = intent.kind === 'rollback' || intent.kind === 'abandon';
  if (back && promotion.phase === 'contract') return refuse('too-late');
  if (intent.kind === 'abandon' && facts.moves.some(({ open }) => open === 'target')) return refuse('writes-are-new');
  // Writes go back at once; the file follows.
  if (back && facts.moves.some(isAway)) return { do: 'reverse' };
  if (facts.stands === false) return { do: 'wait', for: 'source' };
  return back ? backward[promotion.phase](facts, intent.kind === 'rollback' && intent.keepTarget) : forward[promotion.phase](facts, intent);
}

/** Before a promotion, and after it: a command that was killed behind its last act finds nothing left to do. */
function outside({ tier, platform, deployed }: Facts, intent: Intent): Step {
  if (deployed === undefined) return { do: 'look' };
  if (!deployed) return refuse('not-deployed');
  if (intent.kind === 'rollback' || intent.kind === 'abandon') return { do: 'end', at: 'start' };
  return intent.kind === 'promote' && leadsElsewhere(intent, tier, platform)
    ? { do: 'write', goal: 'expand' }
    : { do: 'end', at: 'target' };
}

/** Whether somebody asks for another place than this one: another tier, or the same on another platform. */
function leadsElsewhere(intent: Extract<Intent, { readonly kind: 'promote' }>, tier: TierId, platform: PlatformId): boolean {
  return intent.to !== tier || (intent.platform ?? platform) !== platform;
}

type Way = (facts: Facts, intent: Intent) => Step;

const forward: Readonly<Record<PromotionPhase, Way>> = {
  expand: deployedThen((_, intent) => (intent.kind === 'contract' ? refuse('too-early') : { do: 'write', goal: 'migrate' })),
  migrate: deployedThen(copiedThen({ do: 'write', goal: 'verify' })),
  verify: deployedThen((facts, intent) =>
    copiedThen(goes(facts, intent) ? { do: 'write', goal: 'cutover' } : { do: 'wait', for: 'go' })(facts, intent),
  ),
  cutover: (facts, intent) => {
    if (intent.kind === 'contract') return refuse('too-early');
    if (facts.moves.some(({ open }) => open === 'source')) return goes(facts, intent) ? { do: 'cutOver' } : { do: 'wait', for: 'go' };
    // Where no data move, it is the deploy that leads requests over.
    if (facts.moves.length === 0 && facts.deployed !== true && facts.paused) return { do: 'wait', for: 'go' };
    return deployedThen(settledThen({ do: 'write', goal: 'soak' }))(facts, intent);
  },
  soak: (facts, intent) => {
    if (facts.moves.some(({ open }) => open === 'source')) return refuse('moved-back');
    return deployedThen(settledThen(intent.kind === 'contract' ? { do: 'write', goal: 'contract' } : { do: 'wait', for: 'contract' }))(
      facts,
      intent,
    );
  },
  contract: cleanThen,
  rollback: cleanThen,
};

const backward: Readonly<Record<PromotionPhase, (facts: Facts, keepTarget: boolean) => Step>> = {
  expand: () => ({ do: 'write', goal: 'rollback' }),
  migrate: (facts, keepTarget) => {
    // Where nothing has moved yet, a deploy would only bring what is to be taken back: a resize, for one, which nothing takes back.
    if (facts.deployed === undefined && facts.resizes) return { do: 'look' };
    const returns = keepTarget || (facts.layered && !facts.resizes) || facts.moves.some(hasBegun);
    if (facts.deployed !== true && returns) return { do: 'deploy' };
    if (keepTarget) return { do: 'end', at: 'both' };
    return facts.resizes && facts.deployed === true ? refuse('resized') : { do: 'write', goal: 'rollback' };
  },
  verify: unlessResized((keepTarget) => ({ do: 'write', goal: keepTarget ? 'migrate' : 'rollback' })),
  cutover: unlessResized(() => ({ do: 'write', goal: 'migrate' })),
  soak: unlessResized(() => ({ do: 'write', goal: 'migrate' })),
  contract: () => refuse('too-late'),
  rollback: (facts) => cleanThen(facts),
};

function unlessResized(step: (keepTarget: boolean) => Step): (facts: Facts, keepTarget: boolean) => Step {
  return ({ resizes }, keepTarget) => (resizes && !keepTarget ? refuse('resized') : step(keepTarget));
}

function deployedThen(next: Way): Way {
  return (facts, intent) => (facts.deployed === true ? next(facts, intent) : { do: 'deploy' });
}

function copiedThen(next: Step): Way {
  return ({ moves, copied }, intent) =>
    intent.kind === 'contract' ? refuse('too-early') : copied || moves.length === 0 ? next : { do: 'copy' };
}

function settledThen(next: Step): Way {
  return ({ moves }) => (moves.every((move) => move.verified && !isChanging(move)) ? next : { do: 'settle' });
}

/** A side leaves: first what was made for moving, then the side itself. */
function cleanThen({ moves, deployed, cleaned }: Facts): Step {
  if (moves.length > 0 && !cleaned) return { do: 'cleanUp' };
  return deployed === true ? { do: 'write', goal: 'done' } : { do: 'deploy' };
}

function goes({ paused }: Facts, intent: Intent): boolean {
  return intent.kind === 'promote' && intent.go && !paused;
}

function refuse(why: Refusal): Step {
  return { do: 'refuse', why };
}

/** Not before the copy, and not once everything that was made for moving is gone. */
function hasBegun({ state }: Move): boolean {
  return state !== 'not begun';
}

/** Writes belong to the new side, or a change of sides was cut off: the app may be led to either. */
function isAway(move: Move): boolean {
  return move.open === 'target' || isChanging(move);
}
