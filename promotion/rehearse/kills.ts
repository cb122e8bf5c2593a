export type Victim = 'engine' | 'source' | 'target';

/** What the engine does up to the moment when one could cut over, in its order. */
export const COPY_STEPS = ['preflight', 'published', 'schema', 'subscribed', 'copied', 'indexed'] as const;

/** What it does to change sides, in its order; writes stand still from the second to the eighth. */
export const CHANGE_STEPS = [
  'caught-up',
  'fenced',
  'drained',
  'sequenced',
  'reversible',
  'twins',
  'opened',
  'routed',
  'reversing',
  'verified',
] as const;

/** One kill: in which phase, after which of its steps has begun, and how long a killed server stays away. */
export interface PlannedKill {
  /** 0 is the copy, 1 the first change of sides. */
  readonly phase: number;
  readonly victim: Victim;
  /** It strikes once this step has been begun, or a later one where this one is over. */
  readonly step: string;
  /** Milliseconds from then on. */
  readonly after: number;
  /** Milliseconds. */
  readonly away: number;
  /** Which one of several new servers, as a share of them. */
  readonly which: number;
}

export type Killed = Readonly<Record<Victim, number>>;

export function stepsOf(phase: number): readonly string[] {
  return phase === 0 ? COPY_STEPS : CHANGE_STEPS;
}

/** Of four kills two meet the engine and one either server, so that no seed spares one of them. */
const VICTIMS: readonly Victim[] = ['engine', 'source', 'engine', 'target'];

/** Milliseconds within which a kill follows the beginning of a step: most take no longer. */
const WITHIN = 20;

/** Steps that take longer than that. */
const within: Readonly<Record<string, number>> = { copied: 400 };

/** Spreads kills evenly over the phases, and over those who are killed. The same seed gives the same plan. */
export function planKills(count: number, phases: number, next: () => number): readonly PlannedKill[] {
  const turns = dealt(
    Array.from({ length: phases }, (_, phase) => phase),
    count,
    next,
  );
  const victims = shuffled(
    Array.from({ length: count }, (_, index) => VICTIMS[index % VICTIMS.length] as Victim),
    next,
  );
  return turns.map((phase, index) => drawn(phase, victims[index] as Victim, next)).toSorted(inOrder);
}

function drawn(phase: number, victim: Victim, next: () => number): PlannedKill {
  const steps = stepsOf(phase);
  const step = steps[Math.floor(next() * steps.length)] as string;
  const [after, away, which] = [Math.round(next() * (within[step] ?? WITHIN)), Math.round(next() * 300), next()];
  return { phase, victim, step, after, away, which };
}

/** Whole decks one after the other, each shuffled. */
function dealt<T>(deck: readonly T[], count: number, next: () => number): readonly T[] {
  return Array.from({ length: Math.ceil(count / deck.length) }, () => shuffled(deck, next))
    .flat()
    .slice(0, count);
}

function shuffled<T>(deck: readonly T[], next: () => number): readonly T[] {
  return deck
    .map((card) => ({ card, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ card }) => card);
}

/** A kill waits for no other one that comes later. */
function inOrder(a: PlannedKill, b: PlannedKill): number {
  return a.phase - b.phase || placeOf(a) - placeOf(b) || a.after - b.after;
}

function placeOf({ phase, step }: Pick<PlannedKill, 'phase' | 'step'>): number {
  return stepsOf(phase).indexOf(step);
}

/** The steps whose beginning lets a kill strike: its own and those after it. */
export function striking(kill: Pick<PlannedKill, 'phase' | 'step'>): ReadonlySet<string> {
  return new Set(stepsOf(kill.phase).slice(Math.max(0, placeOf(kill))));
}

/** What could not be struck in its phase comes with the first step of the next one. */
export function moved(kills: readonly PlannedKill[], phase: number): readonly PlannedKill[] {
  return kills.map((kill) => (kill.phase < phase ? { ...kill, phase, step: stepsOf(phase)[0] as string } : kill)).toSorted(inOrder);
}
