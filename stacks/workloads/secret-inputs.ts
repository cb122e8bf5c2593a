import { terraformJson } from '../../constructs/template';
import { secretVariable } from '../platforms/secret-variable';
import type { TierStack } from '../tier-stack';
import type { Filling } from './filling';

/** A secret of the app's as a variable, which stands once in a stack, however many clusters and services use it. */
export function appSecret(stack: TierStack, name: string): string {
  return once(stack, `secret_${name.toLowerCase()}`, () =>
    secretVariable(stack, {
      id: `secret_${name.toLowerCase()}`,
      what: `the secret ${name}`,
      otherwise: `or take ${name} out of app.secrets`,
    }),
  );
}

const made = new WeakMap<TierStack, Map<string, string>>();

function once(stack: TierStack, id: string, make: () => string): string {
  const known = made.get(stack) ?? new Map<string, string>();
  made.set(stack, known);
  const value = known.get(id) ?? make();
  known.set(id, value);
  return value;
}

/** Credentials for private images, where the environment names some. */
export function registry({ stack, environment }: Pick<Filling, 'stack' | 'environment'>): { readonly registry?: string } {
  const given = environment.app.registry;
  if (given === undefined) return {};
  const { server, username } = given;
  const password = once(stack, 'registry_password', () =>
    secretVariable(stack, {
      id: 'registry_password',
      what: `the password of ${username} at ${server}`,
      otherwise: 'or take app.registry out of the environment file',
    }),
  );
  return { registry: terraformJson({ auths: { [server]: { username, password } } }) };
}
