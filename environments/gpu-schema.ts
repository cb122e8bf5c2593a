import { z } from 'zod';
import { mapping, means, oneOf, pattern, text, whole } from './fields';
import { whyNotImage } from './grammar/image';

/** Nodes with cards in a tier's cluster at Google. */
const googleGpuSchema = z.strictObject(
  {
    nodes: means(whole('a whole number from 1 to 50', 1, 50), {
      description: 'How many nodes with one card each, with one model server on each.',
    }),
    sizes: means(
      z
        .array(pattern("a machine type of Google's with one GPU, like a2-ultragpu-1g", /^[a-z0-9][a-z0-9-]{1,62}$/), {
          error: 'a list of machine types',
        })
        .min(1, { error: 'at least one machine type' })
        .optional(),
      {
        description:
          'Machine types that will do, best first. Default: those that the catalog knows to be large enough and sold in the region, cheapest first.',
      },
    ),
    spot: means(z.boolean({ error: 'true or false' }).default(false), {
      description: "On nodes that Google may take back at half a minute's notice; another comes as soon as there is one.",
    }),
    otherwise: means(oneOf(['refuse', 'cpu', 'api']).default('refuse'), {
      description:
        "Where none of them is sold in Google's region beside home: refuse the tier, answer on CPUs of the app's nodes, or serve no model there because the app asks an API.",
    }),
  },
  mapping('a mapping with nodes, sizes, spot, otherwise'),
);

/** Which GPU servers will do, and what happens where none of them is sold. */
export const gpuSchema = z.strictObject(
  {
    sizes: means(
      z
        .array(pattern('a size of the platform, like gpu-h100x1-80gb', /^[a-z0-9][a-z0-9._-]{1,62}$/), { error: 'a list of sizes' })
        .min(1, { error: 'at least one size' })
        .optional(),
      {
        description:
          'Sizes that will do, best first. Default: those that the catalog knows to be large enough and sold in the region, cheapest first.',
      },
    ),
    spot: means(z.boolean({ error: 'true or false' }).default(false), {
      description:
        'Spot servers first, which the platform may take back at any time: inference holds no data, but answers are slower until another server stands. On AWS on-demand ones stand in while there is none. On DigitalOcean the choice is made once, before anything is built: a spot size that is known to be sold in the region or that `sizes` names, else an on-demand one, with a warning; without `spot` a spot size under `sizes` is refused.',
    }),
    otherwise: means(oneOf(['refuse', 'cpu', 'api']).default('refuse'), {
      description:
        'Where none of them is sold: refuse the tier, answer on CPUs (slower by far), or build no inference at all because the app asks an API.',
    }),
    warm: means(whole('a whole number from 0 to 20', 0, 20).optional(), {
      description:
        'On AWS, in tiers without a cluster: servers that are set up and stopped, their model on their disk, so that the next one answers within minutes. Their disks are paid for. With one size, without spot. Default: 0.',
    }),
    reservation: means(
      pattern('new, or the id of a capacity reservation, like cr-0123456789abcdef0', /^(?:new|cr-[0-9a-f]{17})$/).optional(),
      {
        description:
          'On AWS, in tiers without a cluster: the places of all servers, paid for whether they run or not. `new` reserves them with the deploy, in one zone; an id names a targeted reservation that the account has, in one of the zones. With one size, without spot. Default: none.',
      },
    ),
    diskGib: means(whole('a whole number from 120 to 2000', 120, 2000).optional(), {
      description:
        'On AWS: disk of a GPU server, in GiB, which keeps its models while they are changed. Default: 120, of which drivers take 75; 200 for nodes of a cluster, which keep the images of several releases too.',
    }),
    google: means(googleGpuSchema.optional(), {
      description:
        'On AWS, in tiers with a cluster at Google: nodes with cards there too, so that the app there has a model of its own. Default: none; the app there gets no INFERENCE_URL.',
    }),
  },
  mapping('a mapping with sizes, spot, otherwise, warm, reservation, diskGib, google'),
);

/** What the pipeline of a tier runs, and on what. */
export const pipelineSchema = z.strictObject(
  {
    image: means(text('an image reference, like ghcr.io/example/train:1.4.2', whyNotImage).optional(), {
      description: "The container image that makes models. Default: the app's.",
    }),
    command: means(
      z
        .array(pattern('1 to 500 printable characters without ${ and %{', /^(?!.*[$%]\{)[\x20-\x7e]{1,500}$/), { error: 'a list of words' })
        .min(1, { error: 'at least one word' })
        .optional(),
      { description: 'What the image is to run, word by word. Without it the jobs are suspended, and cost nothing.' },
    ),
    spot: means(z.boolean({ error: 'true or false' }).default(true), {
      description: 'On nodes that the platform may take back: a job that loses its node begins again. `false` takes nodes on demand.',
    }),
  },
  mapping('a mapping with image, command, spot'),
);
