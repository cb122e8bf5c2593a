import { z } from 'zod';
import { mapping, means, pattern, text, whole, within } from './fields';
import { whyNotImage } from './grammar/image';
import { healthPathField, kebabName, pathField, portField, settingName, settingsRecord } from './names-schema';

const podsSchema = z.strictObject(
  {
    min: means(whole('a whole number from 2 to 1000', 2, 1000).default(2), {
      description: 'Pods of all clusters together, at the least; each cluster has two in any case.',
    }),
    max: means(whole('a whole number from 2 to 1000', 2, 1000).default(4), {
      description: 'Pods at the most. Each cluster may grow to all of them, because another may be lost.',
    }),
  },
  mapping('a mapping with min, max'),
);

/** A further service of the product: an image of its own, beside the app. */
const serviceSchema = z.strictObject(
  {
    image: means(text('an image reference, like ghcr.io/example/billing:1.4.2', whyNotImage), {
      description: 'The container image of the service. Name a version or a digest. It is pulled with app.registry, where that is given.',
    }),
    port: means(portField(), {
      description: 'The port on which the service listens; it is told as PORT. Others find it at http://<name>.app:<port>.',
    }),
    healthPath: means(healthPathField(), {
      description: 'Answers 200 as soon as the service can serve requests; its start, readiness and liveness are judged by it.',
    }),
    vcpus: means(within('a number from 0.1 to 64', 0.1, 64).default(0.5), {
      description: 'vCPUs that each pod asks for. Pods are added where 60 % of them are used.',
    }),
    memoryGib: means(within('a number from 0.0625 to 512', 0.0625, 512).default(1), {
      description: 'Memory of each pod, in GiB: what it asks for and what it may take.',
    }),
    pods: means(podsSchema.prefault({}), { description: 'How many pods run; nodes for them come on top of those of the tier.' }),
    public: means(pathField().optional(), {
      description:
        "Path below which the domain's requests go to the service, in the place of the app: /billing takes /billing and /billing/..., which arrive with it. Default: none, only pods reach it.",
    }),
    calls: means(z.array(pattern('the name of a service', /^[a-z][a-z0-9-]{0,39}$/), { error: 'a list of service names' }).default([]), {
      description: 'Further services that it calls: it is told where they are, and let through. The app may call all of them.',
    }),
    settings: means(settingsRecord().prefault({}), {
      description: 'Plain settings of its own, like app.settings, of which it gets none.',
    }),
    secrets: means(z.array(settingName(), { error: 'a list of names' }).default([]), {
      description: 'Which of app.secrets it gets. None by default.',
    }),
  },
  mapping('a mapping with image, port, healthPath, vcpus, memoryGib, pods, public, calls, settings, secrets'),
);

/** Services by their names. */
export const servicesSchema = z.record(kebabName(1, 40), serviceSchema, { error: 'a mapping from a name to a service' });

const { pods, public: path, calls, settings, secrets } = serviceSchema.shape;

/** The same as far as rules between fields read it: a field that is wrong in itself counts as left out, so that the others are still judged. */
export const servicesForRules = z
  .record(
    z.string(),
    z.object({
      pods: pods.catch({ min: 2, max: 4 }),
      public: path.catch(undefined),
      calls: calls.catch([]),
      settings: settings.catch({}),
      secrets: secrets.catch([]),
    }),
  )
  .optional();

/** What rules between fields know of the services. */
export type JudgedServices = Readonly<NonNullable<z.output<typeof servicesForRules>>>;
