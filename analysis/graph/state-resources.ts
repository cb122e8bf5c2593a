import { objectAt, objectsAt, textAt, textsAt } from './json';
import type { JsonObject } from './types';

/** One managed resource in Terraform's "values representation", which plans and states share. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly provider: string;
  readonly values: JsonObject;
  readonly dependsOn: readonly string[];
}

/** The managed resources under `root_module`, those of child modules included. Data sources are left out. */
export function stateResources(values: JsonObject): readonly StateResource[] {
  return moduleResources(objectAt(values, 'root_module'));
}

function moduleResources(module: JsonObject): readonly StateResource[] {
  const address = textAt(module, 'address');
  const own = objectsAt(module, 'resources').filter((resource) => textAt(resource, 'mode') !== 'data');
  return [...own.map((resource) => stateResource(resource, address)), ...objectsAt(module, 'child_modules').flatMap(moduleResources)];
}

function stateResource(resource: JsonObject, module: string | undefined): StateResource {
  return {
    address: textAt(resource, 'address') ?? '',
    type: textAt(resource, 'type') ?? '',
    name: textAt(resource, 'name') ?? '',
    ...(module === undefined ? {} : { module }),
    provider: providerName(textAt(resource, 'provider_name')),
    values: objectAt(resource, 'values'),
    dependsOn: textsAt(resource, 'depends_on'),
  };
}

/** Last segment of a provider's source address: `registry.terraform.io/digitalocean/digitalocean`. */
export function providerName(source: string | undefined): string {
  return source?.split('/').at(-1) ?? '';
}
