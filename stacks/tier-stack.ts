import { TerraformElement, TerraformProvider, TerraformResource, TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import type { CdkTfJson } from '../analysis/graph';
import type { Generations } from '../components/change';
import { keep } from '../constructs/keep';
import { elementProblems, leaks } from './checks';
import { brokenStack } from './errors';
import { approvalVariable, lockMessage, type Lock } from './locks';

/** What an environment file says and only promotion may change, so that the state remembers it too. */
export interface Recorded {
  readonly tier: string;
  /** Generations by component; 1 where none is given. */
  readonly generations?: Generations;
  /** Whether the environment gives up its protections. */
  readonly disposable: boolean;
}

export interface TierStackProps {
  /** Lock (a): what to refuse with, in a stack of a tier that the environment is not at. */
  readonly lock: Lock | undefined;
  /** Lock (b): what the state remembers, and whether it holds. */
  readonly recorded: Recorded;
  /** What addresses say behind a component's id where construct ids do not: `g2`. @default - nothing */
  readonly addressMarks?: ReadonlyMap<string, string>;
  /** Texts that users wrote themselves, as they stand in the synthesized JSON. @default - none */
  readonly literals?: readonly string[];
}

/**
 * The stack of one tier. Its id is the tier, so that `cdktf deploy tier3` reads as it should; its addresses are readable
 * construct paths; and what CDKTF would lose or spoil without a word is an error.
 */
export class TierStack extends TerraformStack {
  private readonly lock: Lock | undefined;
  private readonly literals: readonly string[];
  private readonly addressMarks: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, props: TierStackProps) {
    super(scope, id);
    this.lock = props.lock;
    this.literals = props.literals ?? [];
    this.addressMarks = props.addressMarks ?? new Map();
    this.addOverride('terraform.required_version', '>= 1.10');
    if (props.lock !== undefined) this.addOverride(`variable.${approvalVariable}`, refusal(props.lock));
    record(this, props.recorded);
  }

  /** The construct path below the stack, joined by "_", without the ids that carry no meaning. */
  protected override allocateLogicalId(element: TerraformElement | { readonly path: string }): string {
    const path = element instanceof TerraformElement ? element.node.path : element.path;
    const id = path
      .split('/')
      .slice(1)
      .filter((part) => part !== 'Default' && part !== 'Resource')
      .join('_');
    return element instanceof TerraformResource ? withMark(id, this.addressMarks) : id;
  }

  override prepareStack(): void {
    this.letProvidersWait();
    super.prepareStack();
  }

  /**
   * What this stack is without being written. What CDKTF resolves before that, everything once, is for references from one stack
   * to another, which no stack of ours makes. It has a backend by then.
   */
  alone(): CdkTfJson {
    this.letProvidersWait();
    return JSON.parse(JSON.stringify(this.toTerraform())) as CdkTfJson;
  }

  /** Every provider block refers to every variable, so that one that is refused stops Terraform before the first call, on destroy too. */
  private letProvidersWait(): void {
    const variables = [...(this.lock === undefined ? [] : [approvalVariable]), ...declaredVariables(this)];
    if (variables.length > 0) providers(this).forEach((provider) => waitFor(provider, variables));
  }

  /** Checks what synthesis produced. @throws `STACK_BROKEN` with everything that is wrong */
  override toTerraform(): ReturnType<TerraformStack['toTerraform']> {
    const terraform = super.toTerraform();
    const problems = [...elementProblems(addressed(this)), ...leaks({ ...terraform, '//': null }, '', this.literals)];
    if (problems.length > 0) throw brokenStack(this.node.id, problems);
    return terraform;
  }
}

/** `storage_g2_writer` of `storage_writer`, where the component is at its second generation and its construct id does not say so. */
function withMark(id: string, marks: ReadonlyMap<string, string>): string {
  const [component = '', ...rest] = id.split('_');
  const mark = marks.get(component);
  return mark === undefined || /^g\d+$/.test(rest[0] ?? '') ? id : [component, mark, ...rest].join('_');
}

function refusal(lock: Lock) {
  return {
    type: 'string',
    default: '',
    description: 'Names this tier to approve working on it although the environment is at another one.',
    validation: [{ condition: `\${var.${approvalVariable} == "${lock.tier}"}`, error_message: lockMessage(lock) }],
  };
}

/** For each provider an optional text argument that we do not use. */
const unusedArgument: Readonly<Record<string, string>> = {
  digitalocean: 'api_endpoint',
  aws: 'sts_region',
  kubernetes: 'proxy_url',
  helm: 'helm_driver',
  google: 'billing_project',
  cloudflare: 'user_agent_operator_suffix',
};

/** The argument stays null whatever the variables say: only the references matter. */
function waitFor(provider: TerraformProvider, variables: readonly string[]): void {
  const argument = unusedArgument[provider.terraformResourceType];
  if (argument === undefined)
    throw new Error(
      `tier-stack.ts names no unused argument of provider ${provider.terraformResourceType}, without which its locks do not hold`,
    );
  const references = variables.map((name) => `var.${name}`).join(', ');
  provider.addOverride(argument, `\${[${references}] == null ? null : null}`);
}

function declaredVariables(stack: TierStack): string[] {
  return stack.node.findAll().flatMap((each) => (each instanceof TerraformVariable ? [each.friendlyUniqueId] : []));
}

/**
 * The state itself remembers tier and generations: editing the file by hand would replace these, which is refused. Without the
 * second a changed generation would destroy the old one, because its protection goes away with its block.
 */
function record(stack: TierStack, { tier, generations = {}, disposable }: Recorded): void {
  remember(stack, 'recorded_tier', tier, disposable);
  remember(stack, 'recorded_generations', moved(generations), disposable);
}

/**
 * Keeps a fact in the state, where another value would have to replace it.
 * @param free whether another value is let through
 */
export function remember(stack: TierStack, id: string, value: string, free: boolean): TerraformResource {
  const recorded = new TerraformResource(stack, id, {
    terraformResourceType: 'terraform_data',
    ...keep({ disposable: free }),
  });
  recorded.addOverride('triggers_replace', value);
  return recorded;
}

/** Components that have moved, in one order: "database=2, cache=3". What stands at 1 is the same as what is not named. */
function moved(generations: Generations): string {
  const entries = Object.entries(generations).filter(([, generation]) => generation !== 1);
  return entries.length === 0
    ? 'all at 1'
    : entries
        .map(([id, generation]) => `${id}=${generation}`)
        .sort()
        .join(', ');
}

function providers(stack: TierStack): TerraformProvider[] {
  return stack.node.findAll().filter((each): each is TerraformProvider => TerraformProvider.isTerraformProvider(each));
}

function addressed(stack: TierStack) {
  return stack.node.findAll().flatMap((each: IConstruct) => (each instanceof TerraformResource ? [element(each)] : []));
}

function element(resource: TerraformResource) {
  const name = resource.friendlyUniqueId;
  return { address: `${resource.terraformResourceType}.${name}`, name, path: resource.node.path };
}
