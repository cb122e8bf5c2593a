import { dotted, finding, quote, type Finding, type Path } from './finding';
import { asUpperSnake } from './grammar/names';
import { repeated } from './repeated';
import { reservedName } from './reserved';
import type { JudgedServices } from './services-schema';
import { addressSetting, reservedServices, reservedSettingPrefix, reservedSettings } from './vocabulary';

/** What the rules read of the app. */
interface App {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** Everything that is wrong between the services, and between them and the app. */
export function serviceFindings(services: JudgedServices, app: App, healthPath: string): readonly Finding[] {
  const names = Object.keys(services);
  return [
    ...names.flatMap((name) => [...takenName(name), ...takenAddress(name, services, app)]),
    ...Object.entries(services).flatMap(([name, { pods, calls, settings, secrets }]) => [
      ...(pods.min > pods.max ? [fewerThanLeast(name, pods)] : []),
      ...calls.flatMap((called, index) => callFindings(name, called, index, names)),
      ...repeated(calls, ['services', name, 'calls']),
      ...repeated(secrets, ['services', name, 'secrets']),
      ...secrets.flatMap((secret, index) => (app.secrets.includes(secret) ? [] : [unknownSecret(name, secret, index, app.secrets)])),
      ...secrets.flatMap((secret, index) => (Object.hasOwn(settings, secret) ? [plainToo(name, secret, index)] : [])),
      ...Object.keys(settings).flatMap((key) => reservedName(key, inService(name, 'settings', key), 'key', 'services')),
    ]),
    ...pathFindings(services, healthPath),
  ];
}

function inService(name: string, ...rest: Path): Path {
  return ['services', name, ...rest];
}

function atKey(found: Finding): Finding {
  return { ...found, target: 'key' };
}

function takenName(name: string): readonly Finding[] {
  if (!Object.hasOwn(reservedServices, name)) return [];
  const message = `services has the name ${name}, which the clusters have themselves: ${reservedServices[name]}. Take another name.`;
  return [atKey(finding('RESERVED_NAME', inService(name), message))];
}

/** Its address is a setting of those that call it, which they cannot have from elsewhere. */
function takenAddress(name: string, services: JudgedServices, app: App): readonly Finding[] {
  const setting = addressSetting(asUpperSnake(name));
  const owners = [
    ...(Object.hasOwn(reservedSettings, setting) ? [`Terrace itself gives to the app: ${reservedSettings[setting]}`] : []),
    ...(setting.startsWith(reservedSettingPrefix) ? [`begins with ${reservedSettingPrefix}, as names of Terrace do`] : []),
    ...(Object.hasOwn(app.settings, setting) ? ['app.settings sets too'] : []),
    ...(app.secrets.includes(setting) ? ['app.secrets has too'] : []),
    ...Object.entries(services).flatMap(([each, { settings, calls }]) =>
      calls.includes(name) && Object.hasOwn(settings, setting) ? [`services.${each}.settings sets too`] : [],
    ),
  ];
  const [owner] = owners;
  if (owner === undefined) return [];
  const message = `services.${name} is told to others as ${setting}, which ${owner}. Take another name.`;
  return [atKey(finding('RESERVED_NAME', inService(name), message))];
}

function fewerThanLeast(name: string, { min, max }: { readonly min: number; readonly max: number }): Finding {
  const message = `services.${name}.pods has min ${min} and max ${max}. Allowed: a max that is min or more; left out, min is 2 and max is 4.`;
  return finding('SERVICE_PODS', inService(name, 'pods'), message);
}

function callFindings(name: string, called: string, index: number, names: readonly string[]): readonly Finding[] {
  const others = names.filter((each) => each !== name);
  if (others.includes(called)) return [];
  const path = inService(name, 'calls', index);
  const why = called === name ? 'the service itself' : 'no service';
  const allowed = others.length === 0 ? 'nothing, because there is no other service' : others.join(', ');
  return [finding('SERVICE_CALLS', path, `${dotted(path)} is ${quote(called)}, ${why}. Allowed: ${allowed}.`)];
}

function unknownSecret(name: string, secret: string, index: number, known: readonly string[]): Finding {
  const path = inService(name, 'secrets', index);
  const allowed = known.length === 0 ? 'nothing, because app.secrets is empty' : known.join(', ');
  const message = `${dotted(path)} is ${quote(secret)}, which app.secrets does not name. Allowed: ${allowed}. Name it there too.`;
  return finding('SERVICE_SECRET', path, message);
}

function plainToo(name: string, secret: string, index: number): Finding {
  const path = inService(name, 'secrets', index);
  const message = `${dotted(path)} is ${quote(secret)}, which services.${name}.settings sets too. Remove one of the two; if its value is secret, also change the value.`;
  return finding('PLAIN_AND_SECRET', path, message);
}

/** A path leads to one service; what the balancers ask of the app stays the app's. */
function pathFindings(services: JudgedServices, healthPath: string): readonly Finding[] {
  const given = Object.entries(services).flatMap(([name, { public: path }]) => (path === undefined ? [] : [{ name, path: trimmed(path) }]));
  return given.flatMap(({ name, path }, index) => {
    const at = inService(name, 'public');
    const first = given.slice(0, index).find((each) => each.path === path);
    if (path === '')
      return [finding('SERVICE_PATH', at, `${dotted(at)} is "/", which is the app's. Allowed: a path below it, like /${name}.`)];
    if (first !== undefined)
      return [
        finding('SERVICE_PATH', at, `${dotted(at)} is ${quote(path)}, like services.${first.name}.public. Give each a path of its own.`),
      ];
    return healthPath === path || healthPath.startsWith(`${path}/`)
      ? [
          finding(
            'SERVICE_PATH',
            at,
            `${dotted(at)} is ${quote(path)}, below which app.healthPath lies: balancers would ask the service in the place of the app. Take another path.`,
          ),
        ]
      : [];
  });
}

/** Without the slash at its end, which changes nothing. */
function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}
