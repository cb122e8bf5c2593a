import { list, record } from '../terraform/json';
import type { StateResource, TerraformState } from '../terraform';
import { isRecord } from '../values/record';

/** What will stand in the way of a destroy, known before it starts. */
export interface Obstacles {
  /** Addresses in the state that refuse to be destroyed: `prevent_destroy` in the configuration. */
  readonly protected: readonly string[];
  /** What the provider will refuse, because the state still holds the old value of a setting that the configuration has opened. */
  readonly notYetOpen: readonly NotYetOpen[];
}

/** A protection that the configuration has given up and the state has not. */
export interface NotYetOpen {
  readonly address: string;
  readonly setting: string;
  readonly why: string;
}

/** Settings that a provider reads from the state when it destroys, and the value that lets it. */
const OPENINGS: readonly { readonly setting: string; readonly open: boolean; readonly why: string }[] = [
  {
    setting: 'force_destroy',
    open: true,
    why: 'a bucket with anything in it is not deleted, and a versioned one keeps old versions of what was deleted',
  },
  { setting: 'deletion_protection', open: false, why: 'deletion protection is on' },
  { setting: 'enable_deletion_protection', open: false, why: 'deletion protection is on' },
  { setting: 'skip_final_snapshot', open: true, why: 'a final snapshot is asked for' },
];

/** Compares what was synthesized with what the state holds. */
export function obstaclesToDestroy(json: Readonly<Record<string, unknown>>, state: TerraformState): Obstacles {
  const configured = (resource: StateResource): Record<string, unknown> => configurationOf(json, resource.address);
  return {
    protected: state.resources.filter((resource) => preventsDestroy(configured(resource))).map(({ address }) => address),
    notYetOpen: state.resources.flatMap((resource) => closedSettings(resource, configured(resource))),
  };
}

/** The configuration block of an address; instances of `count` and `for_each` share one. */
function configurationOf(json: Readonly<Record<string, unknown>>, address: string): Record<string, unknown> {
  const [type = '', name = ''] = address.replace(/\[.*\]$/, '').split('.');
  return record(record(record(json['resource'])[type])[name]);
}

function preventsDestroy(block: Record<string, unknown>): boolean {
  const lifecycle = block['lifecycle'];
  return (isRecord(lifecycle) ? [lifecycle] : list(lifecycle)).some((each) => record(each)['prevent_destroy'] === true);
}

function closedSettings(resource: StateResource, block: Record<string, unknown>): readonly NotYetOpen[] {
  return OPENINGS.filter(({ setting, open }) => block[setting] === open && resource.values[setting] !== open).map(({ setting, why }) => ({
    address: resource.address,
    setting,
    why,
  }));
}

/** What a person should know before a destroy is tried; empty when nothing stands in the way. */
export function renderObstacles(obstacles: Obstacles, environment: string, disposable: boolean): readonly string[] {
  if (obstacles.protected.length === 0) return [];
  const reason = disposable ? 'the configuration protects it' : `${environment} is not disposable`;
  return [
    `This will be refused: ${reason}. Protected from being destroyed (prevent_destroy):`,
    ...obstacles.protected.map((address) => `  ${address}`),
  ];
}
