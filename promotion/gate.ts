import { guardStack, type Finding, type ResourceChange, type StackInput } from '../analysis/review';
import { statefulType } from '../analysis/review/guard';
import type { PromotionPhase } from '../tiers/phase';
import type { Problem } from '../values/errors';

/** What a phase may let go of, by address: see `transition` in `stacks/transition`. */
export interface Named {
  readonly forgotten: readonly string[];
  readonly deleted: readonly string[];
  /** What holds and protects no data, although its type can: of the deleted, and of a layer that serves nobody. */
  readonly dataless: readonly string[];
}

/** What the gate says of a plan. It may be applied when nothing is refused. */
export interface Verdict {
  readonly refused: readonly Problem[];
  /** What a person should read before it is applied. */
  readonly notes: readonly string[];
}

/**
 * Holds a plan against its phase, before every apply. Refused is what the phase does not name: a deletion or replacement before
 * contract, something made after both sides are there, a change in expand of what is no firewall rule, trusted source or configuration object, and everything of which the
 * guard says that it endangers data.
 * @param what `plan`: what `terraform show -json` prints of the plan that is to be applied; or `base` and `head`: the configuration
 * that stands and the next one
 */
export function gate(what: Omit<StackInput, 'stack'>, phase: PromotionPhase, named: Named): Verdict {
  const { change, findings } = guardStack({ stack: phase, ...what });
  const actions = change.changes.flatMap((each) => actionProblem(each, phase, named));
  const open = findings.filter((finding) => !isNamed(finding, phase, named));
  const said = new Set(actions.map(({ where }) => where));
  const refused = open
    .filter(({ severity, address }) => severity === 'high' && !said.has(address))
    .map(({ id, summary, address }) => ({
      code: `PROMOTION_GUARD_${id.split('/')[1]?.toUpperCase().replaceAll('-', '_') ?? ''}`,
      message: summary,
      where: address,
    }));
  return { refused: [...actions, ...refused], notes: open.filter(({ severity }) => severity !== 'high').map(({ summary }) => summary) };
}

/** The last apply, which alone replaces what the state remembers. */
const recorded: readonly string[] = [
  'terraform_data.recorded_tier',
  'terraform_data.recorded_generations',
  'terraform_data.recorded_database',
];

/** Phases that let go of a side. */
function letsGo(phase: PromotionPhase): boolean {
  return phase === 'contract' || phase === 'rollback';
}

function actionProblem(
  { address, action, type, doubt }: ResourceChange,
  phase: PromotionPhase,
  { forgotten, deleted }: Named,
): readonly Problem[] {
  const allowed = {
    replace: phase === 'contract' && recorded.includes(address),
    delete: letsGo(phase) && deleted.includes(withoutKey(address)),
    forget: letsGo(phase) && forgotten.includes(withoutKey(address)),
    update: phase !== 'expand' || inPlace.has(type),
  };
  if (action === 'create')
    return makes(type, phase)
      ? []
      : [
          {
            code: 'PROMOTION_NOT_NAMED',
            where: address,
            message: `It would be made, which ${phase} does not name: a phase before it was left out.`,
          },
        ];
  if (action === 'no-op' || action === 'move') return [];
  // Two configurations do not always show whether a change replaces; the plan does, and is asked before every apply.
  return allowed[action] || (action === 'replace' && doubt !== undefined && phase !== 'expand')
    ? []
    : [{ code: 'PROMOTION_NOT_NAMED', where: address, message: `It would be ${verbs[action]}, which ${phase} does not name.` }];
}

/** Both sides are made in expand, and what a resize makes room for in migrate; later nothing that holds data, and at the end nothing at all. */
function makes(type: string, phase: PromotionPhase): boolean {
  return phase === 'expand' || phase === 'migrate' || (!letsGo(phase) && statefulType(type) === undefined);
}

const verbs = { replace: 'replaced', delete: 'deleted', forget: 'forgotten', update: 'changed in place' } as const;

/** What expand may change: who is let in, who is told, and what servers read. */
const inPlace: ReadonlySet<string> = new Set([
  'digitalocean_firewall',
  'digitalocean_database_firewall',
  'digitalocean_project_resources',
  'digitalocean_monitor_alert',
  'digitalocean_spaces_bucket_object',
  'aws_security_group',
  'aws_iam_policy',
  'aws_iam_role_policy',
  'aws_s3_object',
  'aws_cloudwatch_metric_alarm',
  'terraform_data',
]);

/** Findings about what is deleted. */
const gone: ReadonlySet<string> = new Set(['guard/cache', 'guard/deleted', 'guard/public', 'guard/unprotected']);

/** Findings that say what the phase itself says. */
function isNamed({ id, address }: Finding, phase: PromotionPhase, { forgotten, deleted, dataless }: Named): boolean {
  if (id === 'guard/forgotten') return letsGo(phase) && forgotten.includes(withoutKey(address));
  if (id === 'guard/recorded-region' || id === 'guard/leaving-region')
    return letsGo(phase) && [...deleted, ...forgotten, ...dataless].includes(withoutKey(address));
  const remembered = id === 'guard/recorded-tier' || id === 'guard/recorded-generations';
  if ((gone.has(id) || remembered) && dataless.includes(withoutKey(address))) return true;
  return phase === 'contract' && (remembered || (id === 'guard/unprotected' && address.startsWith('terraform_data.recorded_')));
}

/** What is named is the whole resource, what a plan lists are its instances. */
function withoutKey(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}
