import { type Calibration, largestError } from '../../analysis/capacity/calibration';
import { loadConstants, type LoadConstantName } from '../../catalog/load';
import { counted } from '../../values/counted';
import { markdownTable } from '../docs/regions';

/** A run: on what machine, when, and what came out. */
export interface Run {
  readonly machine: readonly string[];
  /** Processes that wanted to run on each core before the run began: above 0.2, others disturbed it. */
  readonly load: number;
  readonly date: string;
  readonly calibrations: readonly Calibration[];
  readonly missing: readonly string[];
}

/** The constant of the load model that a measured rate of one core bears on. */
const constants: Readonly<Record<string, LoadConstantName>> = {
  'PostgreSQL, reads': 'readsPerVcpu',
  'PostgreSQL, reads and writes': 'writesPerVcpu',
  'HTTP server, empty answers': 'requestsPerVcpu',
  'Redis, gets': 'cacheOperationsPerNode',
};

function busy(load: number): string {
  return load <= 0.2 ? '' : ` Other work ran meanwhile (${load.toFixed(1)} processes for each core before the run began).`;
}

/** The page `docs/calibration.md`. */
export function calibrationPage({ machine, load, date, calibrations, missing }: Run): string {
  return [
    '# Calibration',
    '',
    `\`npm run calibrate -- --write\` measures on the machine it runs on, fits two constants for each subject (what one connection does alone, what one core does when it is never idle) to the half of the measurements with fewer connections and cores, and predicts the other half. A prediction holds within ${largestError * 100} %. Rates are for each second of processor time of server and client together, times the cores that the connections keep busy, so that other work on the machine changes them little; the middle of several short runs counts.`,
    '',
    `Measured on ${date}: ${machine.join('; ')}. The client's work is counted with the server's, so that the rates are lower than those of a server alone; PostgreSQL does not wait for the disk (fsync=off).${busy(load)} The machine is not one of the vendor's: the load model keeps its defaults, and this page shows how far they are from what was seen.`,
    '',
    markdownTable(
      ['subject', 'one connection /s', 'one core /s', 'constant', 'default', 'largest error', 'holds'],
      calibrations.map(summary),
      [1, 2, 4, 5],
    ),
    '',
    ...(missing.length === 0 ? [] : [`Not measured, because their programs are not installed here: ${missing.join(', ')}.`, '']),
    ...failing(calibrations),
    '## Every measurement',
    '',
    markdownTable(['subject', 'cores', 'connections', 'measured /s', 'predicted /s', 'error'], calibrations.flatMap(rows), [1, 2, 3, 4, 5]),
    '',
    'The defaults are far below: an empty answer and a row read by its key are the least work there is, and a product does more. They are what a product may count on before it has been measured.',
    '',
  ].join('\n');
}

function summary({ subject, rates, predictions, holds }: Calibration): readonly string[] {
  const constant = constants[subject];
  const worst = Math.max(...predictions.map(({ error }) => Math.abs(error)));
  return [
    subject,
    rate(rates.perConnection),
    rate(rates.perCore),
    constant === undefined ? '' : `\`${constant}\``,
    constant === undefined ? '' : String(loadConstants[constant].value),
    share(worst),
    holds ? 'yes' : '**no**',
  ];
}

function failing(calibrations: readonly Calibration[]): readonly string[] {
  const failed = calibrations.flatMap(({ subject, predictions }) =>
    predictions
      .filter(({ error }) => Math.abs(error) > largestError)
      .map(({ cores, connections, error }) => `${subject}, ${counted(cores, 'core')}, ${connections} connections: ${share(error)}`),
  );
  return failed.length === 0 ? [] : ['Where the model does not hold:', '', ...failed.map((line) => `- ${line}`), ''];
}

function rows({ fitted, predictions }: Calibration): readonly (readonly string[])[] {
  return [
    ...fitted.map((one) => [one.subject, String(one.cores), String(one.connections), rate(one.perSecond), 'fitted', '']),
    ...predictions.map((one) => [
      one.subject,
      String(one.cores),
      String(one.connections),
      rate(one.perSecond),
      rate(one.predicted),
      share(one.error),
    ]),
  ];
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en-US');
}

function share(error: number): string {
  return `${(error * 100).toFixed(0)} %`;
}
