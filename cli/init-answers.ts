import type { Io } from './io';
import type { InitFlags } from './planning-commands';
import { initMissing } from './planning-errors';

/** Everything that an environment file needs to begin with; an empty text is "none". */
export interface Answers {
  readonly name: string;
  readonly users: string;
  readonly domain: string;
  readonly image: string;
  readonly prefix: string;
  readonly platform: string;
  readonly region: string;
  readonly budget: string;
  readonly state: string;
}

interface Question {
  readonly key: keyof Answers;
  readonly ask: string;
  /** What is taken when nothing is answered; undefined where there must be an answer. */
  readonly otherwise: (so: Partial<Answers>) => string | undefined;
}

const questions: readonly Question[] = [
  { key: 'name', ask: 'Name of the environment', otherwise: () => 'production' },
  { key: 'users', ask: 'How many users on a day', otherwise: () => undefined },
  { key: 'domain', ask: 'Domain of the app, like app.example.com', otherwise: () => undefined },
  { key: 'image', ask: 'Container image with its version, like ghcr.io/example/app:1.4.2', otherwise: () => undefined },
  { key: 'prefix', ask: 'Beginning of bucket and database names', otherwise: ({ domain }) => prefixOf(domain ?? '') },
  { key: 'platform', ask: 'Platform', otherwise: () => 'digitalocean' },
  { key: 'region', ask: 'Region', otherwise: () => 'fra1' },
  { key: 'budget', ask: 'Budget in US dollars a month, or nothing', otherwise: () => '' },
  { key: 'state', ask: 'State: local, spaces:BUCKET or s3:BUCKET:REGION, or nothing for what suits the tier', otherwise: () => '' },
];

/** Options first, then questions to a person, then defaults. @throws `CLI_INIT_MISSING` with everything that is missing */
export async function gather(options: InitFlags, io: Io): Promise<Answers> {
  const so: Partial<Record<keyof Answers, string>> = {};
  const missing: { readonly option: string; readonly what: string }[] = [];
  for (const question of questions) {
    const answer = options[question.key] ?? (await asked(question, so, io));
    if (answer === undefined || (answer === '' && question.otherwise(so) === undefined))
      missing.push({ option: question.key, what: question.ask });
    else so[question.key] = answer;
  }
  if (missing.length > 0) throw initMissing(missing);
  return so as Answers;
}

async function asked({ ask, otherwise }: Question, so: Partial<Answers>, io: Io): Promise<string | undefined> {
  const fallback = otherwise(so);
  if (!io.terminal.input || !io.terminal.errors) return fallback;
  const answer = (await io.ask(`${ask}${fallback === undefined || fallback === '' ? '' : ` [${fallback}]`}: `)).trim();
  return answer === '' ? fallback : answer;
}

/** The registrable part of a domain, as far as a name can hold it: `app.deadlock-coach.example` gives `deadlock-coach`. */
function prefixOf(domain: string): string {
  const labels = domain.split('.');
  const label = labels.at(-2) ?? labels[0] ?? '';
  const fitting = label
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '')
    .replace(/^[^a-z]+/, '')
    .replace(/-{2,}/g, '-')
    .slice(0, 19)
    .replace(/-+$/, '');
  return fitting.length < 2 ? 'app' : fitting;
}
