import type { CdkTfJson, JsonObject } from '../../../../analysis/graph';
import { initialized, must, type Place, planned } from './terraform';

/** Of each address what the provider keeps of it. */
export type State = Readonly<Record<string, { readonly version: number; readonly attributes: JsonObject }>>;

/** A resource of a plan, as far as a state is made of it. */
interface Change {
  readonly address: string;
  readonly type: string;
  readonly change: { readonly actions: readonly string[]; readonly after: JsonObject | null; readonly after_unknown: JsonObject };
}

interface Plan {
  readonly resource_changes: readonly Change[];
  readonly planned_values: {
    readonly root_module: { readonly resources: readonly { readonly address: string; readonly schema_version: number }[] };
  };
}

/** Types of attributes as Terraform writes them, `["set", "string"]`, by type of resource. */
type Schemas = Readonly<Record<string, { readonly block: { readonly attributes: Readonly<Record<string, { readonly type?: unknown }>> } }>>;

/** A base without references settles in the first; each step from what is referred to needs one more. */
const rounds = 6;

/**
 * The state of a configuration that no cloud has: what the provider plans to create, with made-up ids, until it plans nothing more.
 * @throws Error where the provider refuses the configuration, or goes on changing what was taken from its own plan
 */
export async function settled(place: Place, json: CdkTfJson): Promise<State> {
  await initialized(place, json);
  const schemas = JSON.parse(await must(place, 'providers', 'schema', '-json')) as {
    readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: Schemas }>>;
  };
  const types = Object.values(schemas.provider_schemas)[0]?.resource_schemas ?? {};
  let state: State = {};
  for (let round = 0; round < rounds; round += 1) {
    const made = await planned(place);
    if ('refused' in made) throw new Error(made.refused);
    const plan = made.plan as Plan;
    const open = plan.resource_changes.filter(({ change }) => change.actions[0] !== 'no-op');
    const next: State = {
      ...state,
      ...Object.fromEntries(
        open.map((one) => [
          one.address,
          { version: versionOf(plan, one.address), attributes: filled(one, state[one.address]?.attributes, types) },
        ]),
      ),
    };
    // What a cloud alone could say is asked for again in each plan, which changes nothing any more.
    if (JSON.stringify(next) === JSON.stringify(state) && open.every(({ change }) => change.actions.join() === 'update')) return state;
    state = next;
    await initialized(place, json, stateOf(state, [undefined]));
  }
  throw new Error('The provider goes on changing what was taken from its own plan.');
}

function versionOf({ planned_values: { root_module } }: Plan, address: string): number {
  return root_module.resources.find((one) => one.address === address)?.schema_version ?? 0;
}

/** What is planned, with made-up names for what a cloud would say, and nothing for the rest of it. */
function filled({ address, type, change }: Change, before: JsonObject = {}, schemas: Schemas): JsonObject {
  // S3 answers with an empty owner where none is stated; without an answer the provider would plan to replace what names none.
  const names: JsonObject = { expected_bucket_owner: '', id: `${address}-id`, arn: `arn:aws:made-up:eu-central-1:123456789012:${address}` };
  const unknown = Object.keys(change.after_unknown).filter((key) => change.after_unknown[key] === true);
  const invented = unknown.map((key) => [key, before[key] ?? names[key] ?? emptyOf(schemas[type]?.block.attributes[key]?.type)]);
  return { ...change.after, ...(Object.fromEntries(invented) as JsonObject) };
}

function emptyOf(type: unknown): JsonObject | readonly never[] | null {
  if (!Array.isArray(type)) return null;
  return type[0] === 'map' || type[0] === 'object' ? {} : [];
}

/** As Terraform writes it, once for each module. */
export function stateOf(state: State, modules: readonly (string | undefined)[]): object {
  const resources = modules.flatMap((module) =>
    Object.entries(state).map(([address, { version, attributes }]) => {
      const [type, name] = address.split('.');
      return {
        ...(module === undefined ? {} : { module }),
        mode: 'managed',
        type,
        name,
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: version, attributes, sensitive_attributes: [] }],
      };
    }),
  );
  return { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'made-up', outputs: {}, resources };
}
