import { checkEnvironment } from '../../environments/check';
import { loadEnvironment } from '../../environments/load';
import { warningsFor } from '../../environments/warnings';
import { sampleEnvironment } from '../support/environments';
import { project } from '../support/project';
import { fineFile } from './broken-files';

const image = 'ghcr.io/example/billing:1.4.2';
const app = { ...sampleEnvironment().app, settings: { LEDGER_URL: 'https://ledger.example' }, secrets: ['STRIPE_KEY', 'PUSH_URL'] };
const checked = (services: unknown) => checkEnvironment({ ...sampleEnvironment({ app }), services });
const said = (services: unknown): string[] => {
  const found = checked(services);
  return 'findings' in found ? found.findings.map(({ code, message }) => `${code.replace('ENVIRONMENT_', '')}: ${message}`) : [];
};

test('an image is enough: everything else has a default', () => {
  expect(checked({ billing: { image } })).toMatchObject({
    environment: {
      services: {
        billing: {
          image,
          port: 8080,
          healthPath: '/healthz',
          vcpus: 0.5,
          memoryGib: 1,
          pods: { min: 2, max: 4 },
          calls: [],
          settings: {},
          secrets: [],
        },
      },
    },
  });
});

test('settings of a service keep their characters, and a name that the file has twice is refused', () => {
  const file = (name: string, ...lines: readonly string[]) =>
    `${fineFile.replace('name: production', `name: ${name}`)}services:\n${lines.map((line) => `  ${line}\n`).join('')}`;
  const billing = ['billing:', `  image: ${image}`, '  settings: { VERSION: 1.10, DEBUG: true }'];
  const cwd = project({ fine: file('fine', ...billing), twice: file('twice', ...billing, ...billing) });
  expect(loadEnvironment('fine', { cwd }).environment.services?.['billing']?.settings).toEqual({ VERSION: '1.10', DEBUG: 'true' });
  expect(() => loadEnvironment('twice', { cwd })).toThrow(/has one problem/);
});

test('names that the clusters have, and addresses that are told already, are refused by name', () => {
  const names = ['app', 'pooler', 'inference', 'redis', 'terrace-x', 'ledger', 'push', 'mail', 'Web_Shop'];
  const settings = { MAIL_URL: 'https://mail.example' };
  expect(said({ ...Object.fromEntries(names.map((name) => [name, { image }])), shop: { image, calls: ['mail'], settings } })).toEqual([
    'WRONG_NAME: services has the name "Web_Shop": write web-shop. Allowed: 1 to 40 lower-case letters, digits and single hyphens, a letter first.',
    'RESERVED_NAME: services has the name app, which the clusters have themselves: the app itself. Take another name.',
    'RESERVED_NAME: services has the name pooler, which the clusters have themselves: PgBouncer before the database. Take another name.',
    'RESERVED_NAME: services has the name inference, which the clusters have themselves: the model server. Take another name.',
    'RESERVED_NAME: services.redis is told to others as REDIS_URL, which Terrace itself gives to the app: where the cache answers. Take another name.',
    'RESERVED_NAME: services.terrace-x is told to others as TERRACE_X_URL, which begins with TERRACE_, as names of Terrace do. Take another name.',
    'RESERVED_NAME: services.ledger is told to others as LEDGER_URL, which app.settings sets too. Take another name.',
    'RESERVED_NAME: services.push is told to others as PUSH_URL, which app.secrets has too. Take another name.',
    'RESERVED_NAME: services.mail is told to others as MAIL_URL, which services.shop.settings sets too. Take another name.',
  ]);
});

test('everything that is wrong with them is said at once', () => {
  const services = {
    billing: {
      port: 80800,
      pods: { min: 5, max: 3 },
      calls: ['billing', 'mial', 'shop', 'shop'],
      settings: { PORT: '1', TERRACE_MODE: 'x', STRIPE_KEY: 'plain' },
      secrets: ['STRIPE_KEY', 'OTHER_KEY'],
      public: '/healthz',
    },
    shop: { image, public: '/', pods: { min: 1 } },
    mail: { image: 'Mail', public: '/mail', vcpus: 0 },
    post: { image, public: '/mail/', pod: {} },
  };
  expect(said(services)).toEqual([
    'WRONG_VALUE: services.mail.image is "Mail": "Mail" has capitals. Allowed: an image reference, like ghcr.io/example/billing:1.4.2.',
    'MISSING_FIELD: services.billing.image is missing. Add it: an image reference, like ghcr.io/example/billing:1.4.2.',
    'WRONG_VALUE: services.billing.port is 80800. Allowed: a whole number from 1 to 65535.',
    'WRONG_VALUE: services.shop.pods.min is 1. Allowed: a whole number from 2 to 1000.',
    'WRONG_VALUE: services.mail.vcpus is 0. Allowed: a number from 0.1 to 64.',
    'UNKNOWN_FIELD: services.post.pod is not a field. Allowed: image, port, healthPath, vcpus, memoryGib, pods, public, calls, settings, secrets. Did you mean pods?',
    'SERVICE_PODS: services.billing.pods has min 5 and max 3. Allowed: a max that is min or more; left out, min is 2 and max is 4.',
    'SERVICE_CALLS: services.billing.calls[0] is "billing", the service itself. Allowed: shop, mail, post.',
    'SERVICE_CALLS: services.billing.calls[1] is "mial", no service. Allowed: shop, mail, post.',
    'REPEATED: services.billing.calls[3] is "shop", like services.billing.calls[2]. Remove one of the two.',
    'SERVICE_SECRET: services.billing.secrets[1] is "OTHER_KEY", which app.secrets does not name. Allowed: STRIPE_KEY, PUSH_URL. Name it there too.',
    'PLAIN_AND_SECRET: services.billing.secrets[0] is "STRIPE_KEY", which services.billing.settings sets too. Remove one of the two; if its value is secret, also change the value.',
    'RESERVED_NAME: services.billing.settings has the name PORT, which Terrace itself gives to services: the port to listen on. Take another name.',
    'RESERVED_NAME: services.billing.settings has the name TERRACE_MODE, which Terrace itself gives to services: names that begin with TERRACE_ are its own. Take another name.',
    'SERVICE_PATH: services.billing.public is "/healthz", below which app.healthPath lies: balancers would ask the service in the place of the app. Take another path.',
    'SERVICE_PATH: services.shop.public is "/", which is the app\'s. Allowed: a path below it, like /shop.',
    'SERVICE_PATH: services.post.public is "/mail", like services.mail.public. Give each a path of its own.',
  ]);
});

test('a path below another one is fine, and so is one that only begins like the health check', () => {
  expect(said({ mail: { image, public: '/mail' }, post: { image, public: '/mail/post' }, health: { image, public: '/health' } })).toEqual(
    [],
  );
});

test('an image that names no version is warned of', () => {
  const found = checked({ billing: { image: 'ghcr.io/example/billing' }, mail: { image } });
  const warnings = 'environment' in found ? warningsFor(found.environment) : [];
  expect(warnings.filter((each) => each.startsWith('services.'))).toEqual([
    'services.billing.image ghcr.io/example/billing names no version: a new image under the same name is not rolled out, and a roll-back has nothing to go back to. Name a tag or a digest.',
  ]);
});
