export type Victim = 'engine' | 'source' | 'target';

/** One kill: during which phase, how long after the engine has begun there, and how long a killed server stays away. */
export interface PlannedKill {
  readonly phase: number;
  readonly victim: Victim;
  /** Milliseconds. */
  readonly after: number;
  /** Milliseconds. */
  readonly away: number;
}

/** Half of the kills meet the engine; the rest either server. The same seed gives the same plan. */
export function planKills(count: number, phases: number, next: () => number): readonly PlannedKill[] {
  const kills = Array.from({ length: count }, (): PlannedKill => {
    const [phase, who, after, away] = [Math.floor(next() * phases), next(), Math.round(60 + next() * 1100), Math.round(next() * 300)];
    return { phase, victim: who < 0.5 ? 'engine' : who < 0.75 ? 'source' : 'target', after, away };
  });
  return kills.toSorted((a, b) => a.phase - b.phase);
}
