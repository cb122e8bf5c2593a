import { z } from 'zod';
import { awsRegions } from '../catalog/aws';
import { regions } from '../catalog/digitalocean';
import { type LoadConstant, type LoadConstantName, loadConstants } from '../catalog/load';
import { promotionPhases } from '../tiers/phase';
import { type PlatformId, platforms, tierIds } from '../tiers/tier';
import { databaseSchema } from './database-schema';
import { eventsSchema } from './events-schema';
import { amount, literal, mapping, means, oneOf, pattern, text, whole, within } from './fields';
import { whyNotAdminRange } from './grammar/cidr';
import { whyNotImage } from './grammar/image';
import { tagValue, whyNotDomain } from './grammar/names';
import { whyNotPublicKey } from './grammar/ssh';
import { whyNotBudget } from './grammar/text';
import { gpuSchema, pipelineSchema } from './gpu-schema';
import { healthPathField, kebabName, portField, settingName, settingsRecord } from './names-schema';
import { servicesSchema } from './services-schema';
import { localState, s3State, spacesState } from './state-schema';
import { deployableRoadmaps } from './vocabulary';

/** Where a private image is pulled from. */
const registrySchema = z.strictObject(
  {
    server: means(text('a host name, like ghcr.io', whyNotDomain), {
      description: 'Host of the registry, as it begins the image: ghcr.io.',
    }),
    username: means(pattern('1 to 128 letters, digits and . _ @ + -', /^[A-Za-z0-9._@+-]{1,128}$/), {
      description: 'Who pulls. The password comes from the pipeline, as TF_VAR_registry_password.',
    }),
  },
  mapping('a mapping with server, username'),
);

/** What runs on the app servers. */
export const appSchema = z.strictObject(
  {
    image: means(text('an image reference, like ghcr.io/example/app:1.4.2', whyNotImage), {
      description: 'The container image of the app. Name a version or a digest: an image that changes under one name is never rolled out.',
    }),
    registry: means(registrySchema.optional(), { description: 'Credentials for a private image. Leave it out for a public one.' }),
    port: means(portField(), {
      description: 'The port on which the app listens inside its container; it is told as PORT.',
    }),
    healthPath: means(healthPathField(), {
      description: 'Answers 200 as soon as the app can serve requests. Load balancer, uptime check and roll-back rely on it.',
    }),
    settings: means(settingsRecord().prefault({}), {
      description:
        'Plain settings, given to the app as environment variables, character by character: nothing is interpolated, `${...}` arrives as it stands. Numbers and booleans keep the way they are written. Not for secrets.',
    }),
    secrets: means(z.array(settingName(), { error: 'a list of names' }).default([]), {
      description: 'Names of settings whose values are secret. The values are never in a file.',
    }),
    secretsFrom: means(oneOf(['pipeline', 'manager']).optional(), {
      description:
        'Where the values of app.secrets come from. `pipeline`: variables of Terraform (TF_VAR_secret_...), which its state holds. `manager`, on AWS: a place in Secrets Manager for each, made by the deploy and filled by hand, so that no state, plan or release holds a value. Default: pipeline.',
    }),
  },
  mapping('a mapping with image, registry, port, healthPath, settings, secrets, secretsFrom'),
);

/** Who may administer the servers, and from where. */
export const accessSchema = z.strictObject(
  {
    sshKeys: means(
      z
        .record(
          kebabName(1, 32),
          text('the line of a .pub file: a type such as ssh-ed25519, the key in base64, a comment', whyNotPublicKey),
          { error: 'a mapping from a person to a public key' },
        )
        .prefault({}),
      { description: 'Who administers the servers: a name for each person and the public SSH key. Nobody by default.' },
    ),
    allowedCidrs: means(
      z
        .array(text('an IPv4 or IPv6 range in its shortest form, at least /8 or /16 long, like 203.0.113.7/32', whyNotAdminRange), {
          error: 'a list of address ranges',
        })
        .default([]),
      {
        description:
          'Address ranges from which the SSH port of servers can be reached, and the control planes of clusters on EKS and GKE, which without one answer inside their networks alone. None by default. The whole internet is refused: put a VPN or a jump host in front.',
      },
    ),
  },
  mapping('a mapping with sshKeys, allowedCidrs'),
);

const load = z.strictObject(
  {
    dailyUsers: means(whole('a whole number from 1 to 1000000000', 1, 1e9), { description: 'People who use the product on a day.' }),
    growthPerMonth: means(within('a number from -0.9 to 10', -0.9, 10).optional(), {
      description: 'Growth of the load in a month: 0.1 is a tenth more. With it `terrace capacity` says when each limit is reached.',
    }),
    ...overrides(),
  },
  mapping('a mapping with dailyUsers'),
);

const budget = z.strictObject(
  {
    monthly: means(amount('an amount above 0 with at most two decimals, like 900 or 899.50', whyNotBudget), {
      description: 'What the environment may cost, in US dollars a month. Estimates warn above it.',
    }),
  },
  mapping('a mapping with monthly'),
);

/** Who is told when something is wrong. */
export const alertsSchema = z.strictObject(
  {
    emails: means(
      z
        .array(pattern('an e-mail address, like ops@example.com', /^[^\s@"'<>,;]+@[^\s@"'<>,;]+\.[a-z]{2,63}$/i), {
          error: 'a list of e-mail addresses',
        })
        .default([]),
      {
        description:
          "E-mail addresses that get the alerts. DigitalOcean accepts verified addresses of the team's members; AWS sends each a link to confirm. Without one no alert is made.",
      },
    ),
  },
  mapping('a mapping with emails'),
);

const regionName = () => pattern('a region of the platform, like fra1', /^[a-z0-9-]{3,32}$/);

const acknowledged = z.strictObject(
  {
    key: means(whole('a whole number from 1 to 9999', 1, 9999), { description: 'The key that all of them read with.' }),
    servers: means(z.array(pattern('the name of a server', /^[a-z0-9][a-z0-9.-]{0,254}$/), { error: 'a list of server names' }), {
      description: 'The servers that said so.',
    }),
  },
  mapping('a mapping with key, servers'),
);

const source = z.strictObject(
  {
    remote: means(pattern('the name or address of a git remote', /^[A-Za-z0-9][A-Za-z0-9._:/@~-]{0,254}$/), {
      description: 'The git remote that deploys are made from: origin, or its address.',
    }),
    branch: means(pattern('a branch', /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/), { description: 'The branch that deploys are made from.' }),
    path: means(
      pattern('a relative path that ends in .yaml or .yml', /^(?!.*(?:^|\/)\.\.(?:\/|$))[A-Za-z0-9._-][A-Za-z0-9._/-]*\.ya?ml$/),
      { description: 'Where this file lies in the repository.' },
    ),
  },
  mapping('a mapping with remote, branch, path'),
);

/** Where a promotion stands. */
export const promotionSchema = z.strictObject(
  {
    to: means(oneOf(tierIds), { description: 'The tier that the environment moves to.' }),
    phase: means(oneOf(promotionPhases), { description: 'The phase whose configuration is deployed.' }),
    platform: means(oneOf(platforms).optional(), { description: 'The platform that it moves to. Default: it stays where it is.' }),
    region: means(pattern('a region of the platform, like fra1', /^[a-z0-9-]{3,32}$/).optional(), {
      description: 'The region on that platform; with platform only.',
    }),
    regions: means(
      z
        .array(pattern('a region of the platform, like fra1', /^[a-z0-9-]{3,32}$/), { error: 'a list of regions' })
        .max(8, { error: 'at most 8 regions' })
        .optional(),
      {
        description:
          'Further regions on that platform, for tiers that stand in several. Default: those of the environment; none on another platform.',
      },
    ),
    reversible: means(z.boolean({ error: 'true or false' }).optional(), {
      description:
        'Whether databases and caches are moved even where the provider could resize them, so that the way back stays open. Default: false.',
    }),
    databaseMove: means(oneOf(['dump']).optional(), {
      description:
        'How the database moves: dump, in a maintenance window and without a way back. Default: by logical replication, where that can carry it.',
    }),
    cacheUse: means(oneOf(['cache', 'state']).optional(), {
      description:
        'Whether what a cache holds is moved like data: state. Default: what this machine was told, else cache, which fills itself.',
    }),
    shardKey: means(pattern('the name of a column', /^[A-Za-z_][A-Za-z0-9_]{0,62}$/).optional(), {
      description: 'The column by which rows are spread over shards, of every table that has it. Default: what this machine was told.',
    }),
    source: means(source.optional(), {
      description: 'Where deploys read this file. A promotion waits until what it wrote stands there. Default: this file itself.',
    }),
  },
  mapping('a mapping with to, phase, platform, region, regions, reversible, databaseMove, cacheUse, shardKey, source'),
);

/** Where the environment runs: one platform, or a default and the components that stand elsewhere or on several. */
export const platformSchema = z.union(
  [
    oneOf(platforms),
    z
      .object({ default: oneOf(platforms) }, { error: 'a mapping with default' })
      .catchall(
        z.union(
          [oneOf(platforms), z.array(oneOf(platforms), { error: 'a list of platforms' }).min(1, { error: 'at least one platform' })],
          { error: `one of ${platforms.join(', ')}, or a list of them` },
        ),
      ),
  ],
  { error: `one of ${platforms.join(', ')}, or a mapping with default` },
);

const byComponent = z.record(kebabName(1, 40), whole('a whole number from 1 to 999', 1, 999), {
  error: 'a mapping from a component to a whole number',
});

/**
 * The environment file. Rules of one field stand here, rules between fields in `rules.ts`.
 * Error texts say what is allowed; `check.ts` makes whole sentences of them.
 */
export const environmentSchema = z.strictObject(
  {
    name: means(kebabName(2, 31), {
      description: 'The name of the environment: the name of this file without .yaml. Part of resource names and of the state.',
      examples: ['production', 'staging'],
    }),
    roadmap: means(oneOf(deployableRoadmaps), { description: 'The scaling plan that the environment follows.' }),
    tier: means(oneOf(tierIds), {
      description: 'The tier the environment is at. Promotion changes it; a change by hand is refused by a lock.',
    }),
    platform: means(platformSchema, {
      description:
        'Where the environment runs: a platform, or a mapping from `default` and from components to platforms, for tiers of which a part stands elsewhere: `{ default: aws, cluster: [aws, google] }`.',
    }),
    region: means(regionName(), {
      description: 'The region of everything that has one. Databases and volumes cannot leave it without a move of their data.',
      examples: [...regions(), ...awsRegions()].map((region) => region.slug),
    }),
    regions: means(z.array(regionName(), { error: 'a list of regions' }).optional(), {
      description: 'Further regions, for tiers that stand in several. `region` stays the first: the home of what has one place only.',
    }),
    residency: means(z.array(regionName(), { error: 'a list of regions' }).min(1, { error: 'at least one region' }).optional(), {
      description:
        "Regions in which data may lie, of every platform: the environment's own and further ones, the second cloud's, the state's. What lies elsewhere is refused. Static files at a CDN's edges are not data. Default: anywhere.",
    }),
    leavingRegions: means(z.array(regionName(), { error: 'a list of regions' }).optional(), {
      description:
        'Regions that the environment leaves, in tiers that stand in several, in two deploys: a region that `regions` names too is emptied and loses its protection; taken out of `regions` after that, it goes. The name stays here, and on AWS the provider is told of it. A region that is only taken out of `regions` is refused.',
    }),
    namePrefix: means(kebabName(2, 19), {
      description: 'Begins the names of buckets and databases, which are unique in the world or in the account: choose one that is yours.',
      examples: ['deadlock-coach'],
    }),
    domain: means(text('a domain name, like app.example.com', whyNotDomain), {
      description: 'Where people reach the app. International names in their xn-- form.',
      examples: ['app.example.com'],
    }),
    app: means(appSchema, { description: 'What runs on the app servers.' }),
    services: means(servicesSchema.optional(), {
      description: 'Further services of the product, by their names, in tiers with clusters: what runs there beside the app.',
    }),
    access: means(accessSchema.prefault({}), {
      description: 'Who may administer the servers, and from where. Nothing is open by default.',
    }),
    load: means(load, {
      description: 'How much use the environment must carry. Everything but dailyUsers overrides a constant of the load model.',
    }),
    budget: means(budget.optional(), { description: 'What the environment may cost. Without it nothing is compared.' }),
    gpu: means(gpuSchema.optional(), {
      description: 'Which GPU servers will do, in tiers that have them. Where they are sold moves from month to month.',
    }),
    pipeline: means(pipelineSchema.optional(), { description: 'What the pipeline of models runs, in tiers that have one.' }),
    database: means(databaseSchema.optional(), { description: 'What the database is, where a tier leaves a choice.' }),
    events: means(eventsSchema.optional(), {
      description: 'An event stream (Kafka) in tiers that leave the choice. Without it they have none.',
    }),
    alerts: means(alertsSchema.prefault({}), { description: 'Who is told when something is wrong.' }),
    state: means(
      z.discriminatedUnion('backend', [localState, s3State, spacesState], {
        error: (issue) => (issue.code === 'invalid_union' ? 'one of local, s3, spaces' : 'a mapping with backend: local, s3 or spaces'),
      }),
      {
        description: 'Where Terraform keeps its state. Local state is for disposable environments and for tier 1.',
      },
    ),
    generations: means(byComponent.prefault({}), {
      description:
        'How many times each stateful component has moved, 1 where none is given. Promotion writes it: a change by hand makes a new, empty database.',
    }),
    retired: means(byComponent.optional(), {
      description:
        'The highest generation of each component that a promotion has let go of: what stands of it keeps its names, so that the next attempt takes the generation after it. Promotion writes it.',
    }),
    channelKeys: means(z.array(whole('a whole number from 1 to 9999', 1, 9999), { error: 'a list of whole numbers' }).default([1]), {
      description:
        'Which keys of the configuration channel are valid. To rotate: [1], then [1, 2], and [2] once every server has acknowledged.',
    }),
    channelAcknowledged: means(acknowledged.optional(), {
      description:
        'Which servers read with which key of the channel. `terrace acknowledge --write` writes it from what they answered; without it no key can be retired.',
    }),
    promotion: means(promotionSchema.optional(), {
      description:
        'Where a promotion stands, while one is under way. `terrace promote` writes it: both tiers then deploy the configuration of that phase, and every other tier refuses.',
    }),
    disposable: means(z.string({ error: "the environment's own name" }).optional(), {
      description: "The environment's own name again gives up all protection of its data: for tests only. Leave it out everywhere else.",
    }),
    tags: means(
      z
        .record(
          pattern('1 to 63 lower-case letters, digits, _ and -, a letter first', /^[a-z][a-z0-9_-]{0,62}$/),
          literal('1 to 191 letters, digits and _ : -', (value) =>
            tagValue.test(value) ? undefined : 'it is empty, too long or holds other characters',
          ),
          { error: 'a mapping from a tag to its value' },
        )
        .prefault({}),
      {
        description:
          'Tags on everything that takes them, written as key:value on DigitalOcean. On AWS the tag environment, which Terrace sets, is what budgets read.',
      },
    ),
  },
  mapping('a mapping of fields'),
);

/** A file after parsing, before what follows from its name is filled in. */
export type ParsedEnvironment = z.output<typeof environmentSchema>;

/** Where the state lies, with what the file left out filled in from the environment's name. */
export type StateBackend =
  | { readonly backend: 'local'; readonly path: string }
  | { readonly backend: 's3' | 'spaces'; readonly bucket: string; readonly region: string; readonly key: string };

/** One deployment of a roadmap, checked, with every default filled in. Overrides of the load model stay absent. */
export type Environment = DeepReadonly<Omit<ParsedEnvironment, 'state' | 'platform'>> & {
  readonly state: StateBackend;
  /** Where everything stands that `placements` does not name. */
  readonly platform: PlatformId;
  /** Platforms of components that the file names, by their ids. @default - none */
  readonly placements?: Readonly<Record<string, readonly PlatformId[]>>;
};

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** Every constant of the load model under its own name: a constant that is added can be overridden at once. */
function overrides(): { [Name in LoadConstantName]: z.ZodOptional<z.ZodNumber> } {
  const entries = Object.entries(loadConstants).map(([name, constant]) => [name, override(constant)]);
  return Object.fromEntries(entries) as { [Name in LoadConstantName]: z.ZodOptional<z.ZodNumber> };
}

function override({ meaning, value, min, max }: LoadConstant): z.ZodOptional<z.ZodNumber> {
  return means(within(`a number from ${min} to ${max}`, min, max).optional(), { description: `${meaning} Default: ${value}.` });
}
