import { z } from 'zod';

const describe = <T extends z.ZodType>(schema: T, description: string): T => schema.describe(description);
const text = () => z.string();
const count = (of: string) => z.number().int().min(0).describe(of);
const money = () => z.string().regex(/^-?\d+\.\d{2}$/, { error: 'US dollars with two places, as a text' });
const monthly = (of: string) => z.object({ low: money(), typical: money(), high: money() }).describe(of);

const severity = () =>
  z
    .enum(['high', 'medium', 'low'])
    .describe(
      'high: data lost, made public, or its protection removed. medium: forgotten, a server replaced, an expired waiver. low: worth knowing.',
    );

const waiver = z.object({
  id: text(),
  address: text(),
  reason: text(),
  owner: text(),
  until: describe(text(), 'The last day on which it holds.'),
});

const finding = z.object({
  id: describe(text(), 'Stable name: `guard/...`, `waiver/...`, or the id of a rule.'),
  severity: severity(),
  address: describe(text(), 'Address of the resource.'),
  component: text(),
  stack: describe(z.string().nullable(), 'The stack it is in, where several were reviewed.'),
  summary: text(),
  detail: text(),
  remedy: text(),
  protects: describe(z.array(z.string()), 'Of a helper: addresses of what it protects.'),
  existing: describe(z.boolean(), 'Whether it was so before the change; then it does not count for the verdict.'),
  waived: describe(waiver.nullable(), 'Who accepted it, why and until when; null where nobody did.'),
});

const resource = z.object({
  stack: text(),
  address: text(),
  previousAddress: z.string().nullable(),
  type: text(),
  component: text(),
  action: z.enum(['create', 'update', 'replace', 'delete', 'forget', 'move']),
  because: describe(z.array(z.string()), 'Attributes that force the replacement.'),
  doubt: describe(z.string().nullable(), 'Why the replacement is not certain.'),
  changed: describe(z.array(z.string()), 'Paths of the attributes that differ; never their values.'),
});

const capacity = z
  .object({
    carries: describe(
      z.number().nullable(),
      'Daily users at which the first limit is reached; null where nothing that is known bounds the load.',
    ),
    headroom: describe(z.number().nullable(), 'How many times its load it carries.'),
    enough: describe(z.boolean(), 'Whether that is at least a quarter more than the load.'),
    binding: z.object({ component: text(), limit: text(), lift: text() }).nullable(),
    availabilityPercent: z.number(),
    objectivePercent: z.number(),
    singlePointsOfFailure: z.array(z.object({ component: text(), why: text(), effect: text() })),
  })
  .nullable();

const way = z.object({
  from: text(),
  to: text(),
  command: describe(text(), 'What a person types to see the way, and to go it with `run` in place of `plan`.'),
  text: describe(text(), 'The whole plan as text, or why there is none.'),
  plan: describe(
    z
      .object({
        pause: z
          .object({ typicalMs: z.number().nullable(), worstMs: z.number().nullable(), note: text() })
          .describe('How long writes stand still; null where no figure can be given.'),
        cost: z.object({ before: money(), during: money(), after: money() }).describe('US dollars a month at list prices before tax.'),
        components: z.array(z.object({ id: text(), verdict: text(), why: text() })),
        open: describe(
          z.array(z.object({ state: z.enum(['unmet', 'check']), what: text(), remedy: text() })),
          'What must be true before, and is not or has to be looked at.',
        ),
        irreversible: z.array(z.object({ what: text(), from: text() })),
      })
      .optional(),
    'Absent where there is no plan.',
  ),
});

/** The document that `terrace review --json` prints: version 1. */
export const reviewDocumentSchema = z
  .object({
    format: z.literal('terrace-review/1'),
    verdict: z
      .enum(['dangerous', 'attention', 'safe'])
      .describe(
        'dangerous: a high finding that counts. attention: a medium one. Findings that are waived, or were so before, do not count.',
      ),
    environment: z.string().nullable(),
    today: describe(text(), 'The day on which waivers were judged.'),
    stacks: describe(
      z.array(z.object({ name: text(), planned: describe(z.boolean(), 'Whether a plan said what happens, or two configurations alone.') })),
      'What was reviewed.',
    ),
    findings: z.array(finding),
    changes: z.object({
      create: count('Resources made.'),
      update: count('Changed in place.'),
      replace: count('Deleted and made anew.'),
      delete: count('Deleted.'),
      forget: count('Left running, and managed no more.'),
      move: count('With another address.'),
    }),
    resources: describe(z.array(resource), 'Every resource that changes.'),
    cost: z.object({
      currency: z.literal('USD'),
      before: monthly('A month before the change, at list prices before tax.'),
      after: monthly('A month after it.'),
      delta: monthly('The difference.'),
      byPrice: describe(money(), 'Of the typical month: the same is bought at another price.'),
      byChange: describe(money(), 'Of the typical month: something else is bought.'),
      budget: z.string().nullable(),
      components: z.array(z.object({ component: text(), before: money(), after: money() })),
      unpriced: describe(z.array(z.string()), 'What is in no figure, because its price is not known.'),
      assumption: text(),
    }),
    capacity: z.object({ before: capacity, after: capacity, load: z.string().nullable() }),
    promotion: describe(way.optional(), 'Where the change edits the tier or the platform: the way that leads there.'),
    waivers: describe(z.array(waiver), 'Waivers that hold and accept something.'),
  })
  .meta({ title: 'terrace review', description: 'What a change does to data, money, capacity and risk.' });

/** The type of the document. */
export type ReviewDocument = z.infer<typeof reviewDocumentSchema>;

/** The JSON Schema of the document. */
export function reviewJsonSchema(): unknown {
  return z.toJSONSchema(reviewDocumentSchema, { target: 'draft-2020-12' });
}
