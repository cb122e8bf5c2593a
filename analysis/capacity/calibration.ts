/** How much something did in a second with so many connections on so many cores. */
export interface Measurement {
  /** What was measured: `PostgreSQL, reads`. */
  readonly subject: string;
  readonly cores: number;
  readonly connections: number;
  readonly perSecond: number;
}

/** The two constants that the capacity of a server follows from. */
export interface Rates {
  /** What one connection does alone. */
  readonly perConnection: number;
  /** What one core does when it is never idle. */
  readonly perCore: number;
}

/** A measurement that was not used for the constants, beside what they predict. */
export interface Prediction extends Measurement {
  readonly predicted: number;
  /** Predicted over measured, less 1. */
  readonly error: number;
}

/** Constants from one half of the measurements, held against the other half. */
export interface Calibration {
  readonly subject: string;
  readonly rates: Rates;
  readonly fitted: readonly Measurement[];
  readonly predictions: readonly Prediction[];
  /** Whether every prediction is within the bound. */
  readonly holds: boolean;
}

/** How far a prediction may be from what is measured. */
export const largestError = 0.3;

/** How sharply a server passes from waiting for its clients to being full: 3 is a short bend. Assumption. */
const bend = 3;

/** What so many connections do on so many cores: as much as they ask for, until the cores are full. */
export function predict({ perConnection, perCore }: Rates, connections: number, cores: number): number {
  const [asked, most] = [connections * perConnection, cores * perCore];
  return asked / (1 + (asked / most) ** bend) ** (1 / bend);
}

/** Fits to the half with fewer connections (and among these fewer cores), and predicts the other half. */
export function calibrate(measurements: readonly Measurement[]): Calibration {
  const sorted = [...measurements].sort((a, b) => a.connections - b.connections || a.cores - b.cores);
  const fitted = sorted.slice(0, Math.ceil(sorted.length / 2));
  const rates = fitRates(fitted);
  const predictions = sorted.slice(fitted.length).map((one): Prediction => {
    const predicted = predict(rates, one.connections, one.cores);
    return { ...one, predicted, error: predicted / one.perSecond - 1 };
  });
  return {
    subject: sorted[0]?.subject ?? '',
    rates,
    fitted,
    predictions,
    holds: predictions.every(({ error }) => Math.abs(error) <= largestError),
  };
}

/** The constants with the smallest relative errors: each in turn is moved by steps that become smaller. */
export function fitRates(measurements: readonly Measurement[]): Rates {
  let best: Rates = startOf(measurements);
  for (let step = 2; step > 1.0001; step = Math.sqrt(step)) best = descend(best, step, measurements);
  return best;
}

function startOf(measurements: readonly Measurement[]): Rates {
  return {
    perConnection: Math.max(...measurements.map(({ perSecond, connections }) => perSecond / connections)),
    perCore: Math.max(...measurements.map(({ perSecond, cores }) => perSecond / cores)),
  };
}

function descend(from: Rates, step: number, measurements: readonly Measurement[]): Rates {
  let best = from;
  for (let moved = true; moved;) {
    const around: readonly Rates[] = [step, 1 / step].flatMap((factor) => [
      { ...best, perConnection: best.perConnection * factor },
      { ...best, perCore: best.perCore * factor },
    ]);
    const better = around.find((rates) => misfit(rates, measurements) < misfit(best, measurements) * (1 - 1e-12));
    moved = better !== undefined;
    best = better ?? best;
  }
  return best;
}

function misfit(rates: Rates, measurements: readonly Measurement[]): number {
  return measurements.reduce((sum, one) => sum + Math.log(predict(rates, one.connections, one.cores) / one.perSecond) ** 2, 0);
}
