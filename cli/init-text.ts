import type { Answers } from './init-answers';

interface Parts {
  readonly answers: Answers;
  readonly tier: string;
  readonly dailyUsers: number;
  readonly roadmap: string;
  /** Lines below `state:`. */
  readonly state: readonly string[];
  readonly overrides: Readonly<Partial<Record<string, number>>>;
}

/** The text of an environment file. Texts are written as JSON strings where YAML could read something else in them. */
export function environmentText({ answers, tier, dailyUsers, roadmap, state, overrides }: Parts): string {
  const { name, platform, region, prefix, domain, image, budget } = answers;
  return [
    '# yaml-language-server: $schema=environment.schema.json',
    '# Fields are explained in docs/environment-file.md.',
    `name: ${scalar(name)}`,
    `roadmap: ${roadmap}`,
    `tier: ${tier}`,
    `platform: ${scalar(platform)}`,
    `region: ${scalar(region)}`,
    `namePrefix: ${scalar(prefix)}`,
    `domain: ${scalar(domain)}`,
    '',
    'app:',
    `  image: ${scalar(image)}`,
    '',
    'load:',
    `  dailyUsers: ${dailyUsers}`,
    ...Object.entries(overrides).map(([constant, value]) => `  ${constant}: ${value}`),
    ...(budget === '' ? [] : ['', '# US dollars a month.', 'budget:', `  monthly: ${scalar(budget)}`]),
    '',
    'state:',
    ...state.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** Plain where nothing in it means anything to YAML. */
function scalar(text: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9./:_@-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|~)$/i.test(text) && !/: |:$/.test(text)
    ? text
    : JSON.stringify(text);
}
