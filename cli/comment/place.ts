import type { Problem } from '../../values/errors';
import { nowhereToPost, wrongFact } from './errors';
import { github, gitlab, type Host, type Place } from './host';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where this job runs, as its surroundings say. */
export interface Spot {
  readonly host: Host;
  /** Which run this is; a later run, or a later attempt of it, has a larger number. */
  readonly order: number;
}

interface Reading {
  readonly place: Place;
  readonly order: number;
  readonly problems: readonly Problem[];
}

/**
 * Reads from a pipeline's variables where its comment goes: GitHub Actions or GitLab CI.
 * @throws TerraceError COMMENT_NOWHERE with everything that is missing
 */
export function spotFrom(env: Variables, on: 'github' | 'gitlab' = env['GITLAB_CI'] === undefined ? 'github' : 'gitlab'): Spot {
  const { place, order, problems } = on === 'github' ? onGithub(env) : onGitlab(env);
  if (problems.length > 0) throw nowhereToPost(problems);
  return { host: on === 'github' ? github(place) : gitlab(place), order };
}

function onGithub(env: Variables): Reading {
  const api = env['GITHUB_API_URL'] ?? 'https://api.github.com';
  const project = env['GITHUB_REPOSITORY'] ?? '';
  const ref = env['GITHUB_REF'];
  const number = whole(env['TERRACE_PULL_REQUEST'] ?? /^refs\/pull\/(\d+)\//.exec(ref ?? '')?.[1]);
  const run = whole(env['GITHUB_RUN_NUMBER']);
  const attempt = whole(env['GITHUB_RUN_ATTEMPT'] ?? '1');
  const token = env['GITHUB_TOKEN'] ?? '';
  const problems = [
    ...wrongApi('GITHUB_API_URL', api),
    ...(/^[\w.-]+\/[\w.-]+$/.test(project) ? [] : [wrongFact('GITHUB_REPOSITORY', env['GITHUB_REPOSITORY'], 'owner/name')]),
    ...(number === undefined
      ? [wrongFact('GITHUB_REF', ref, 'refs/pull/NUMBER/merge, which a job on pull_request has; elsewhere set TERRACE_PULL_REQUEST')]
      : []),
    ...(run === undefined || attempt === undefined ? [wrongFact('GITHUB_RUN_NUMBER', env['GITHUB_RUN_NUMBER'], 'a whole number')] : []),
    ...(token === '' ? [wrongFact('GITHUB_TOKEN', undefined, 'the token of the job, ${{ github.token }}')] : []),
  ];
  return { place: { api, project, number: number ?? 0, token }, order: (run ?? 0) * 1000 + (attempt ?? 0), problems };
}

function onGitlab(env: Variables): Reading {
  const api = env['CI_API_V4_URL'] ?? '';
  const project = env['CI_PROJECT_ID'] ?? '';
  const number = whole(env['CI_MERGE_REQUEST_IID']);
  const order = whole(env['CI_PIPELINE_IID']);
  const token = env['GITLAB_TOKEN'] ?? '';
  const problems = [
    ...wrongApi('CI_API_V4_URL', api),
    ...(/^[\w./-]+$/.test(project) ? [] : [wrongFact('CI_PROJECT_ID', env['CI_PROJECT_ID'], "the project's number or path")]),
    ...(number === undefined
      ? [wrongFact('CI_MERGE_REQUEST_IID', env['CI_MERGE_REQUEST_IID'], 'a whole number, which a merge request pipeline has')]
      : []),
    ...(order === undefined ? [wrongFact('CI_PIPELINE_IID', env['CI_PIPELINE_IID'], 'a whole number')] : []),
    ...(token === ''
      ? [wrongFact('GITLAB_TOKEN', undefined, 'a project access token with the scope api; CI_JOB_TOKEN may not write notes')]
      : []),
  ];
  return { place: { api, project, number: number ?? 0, token }, order: order ?? 0, problems };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,11}$/.test(text) ? Number(text) : undefined;
}

/** A token travels with every request. */
function wrongApi(variable: string, api: string): Problem[] {
  const safe = URL.canParse(api) && (api.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)[:/]/.test(`${api}/`));
  return safe ? [] : [wrongFact(variable, api, 'an https:// address')];
}
