import { z } from 'zod';

const describe = <T extends z.ZodType>(schema: T, description: string): T => schema.describe(description);

const signedDecimal = () => z.string().regex(/^-?\d{1,60}(\.\d{1,200})?$/, { error: 'a decimal number as a text' });
const decimalText = () => z.string().regex(/^\d{1,60}(\.\d{1,200})?$/, { error: 'a decimal number from 0 on, as a text' });
const text = () => z.string();

const band = (of: string) =>
  z
    .object({ low: decimalText(), typical: decimalText(), high: decimalText() })
    .describe(`${of}: in a quiet, a typical and a busy month. Always low <= typical <= high.`);

const money = (of: string) => band(`${of}, in US dollars with two places`);

const confidence = () =>
  z
    .enum(['verified', 'computed', 'recalled'])
    .describe('How far the price can be trusted: read in a source, calculated from one that was, or remembered.');

const place = {
  address: describe(text(), 'As Terraform prints it; for what no resource stands for, such as tokens, a name in brackets.'),
  type: describe(text(), 'Resource type.'),
  component: describe(text(), 'The component that the resource belongs to.'),
};

const otherPrice = {
  product: describe(text(), 'What is bought instead.'),
  price: describe(decimalText(), 'US dollars a unit.'),
  monthly: money('Cost of the line with it'),
  source: text(),
  asOf: text(),
  confidence: confidence(),
};

const line = z.object({
  ...place,
  name: describe(text(), 'What is paid for.'),
  service: describe(text(), 'Provider and service: `digitalocean/droplet`.'),
  product: describe(text(), 'What is bought: the row of the price book.'),
  quantity: band('Quantity a month'),
  unit: text(),
  price: describe(decimalText(), 'US dollars a unit, unrounded.'),
  monthly: money('Cost a month'),
  assumption: describe(z.string().nullable(), 'What the quantity rests on where no resource states it.'),
  source: describe(text(), 'Where the price was read.'),
  asOf: describe(text(), 'Date of the price: YYYY-MM-DD, or YYYY-MM or YYYY where no more is known.'),
  confidence: confidence(),
  committed: z.object(otherPrice).nullable().describe('The same under a commitment of one year, where it is sold, known and cheaper.'),
});

const spotLine = z
  .object({ ...place, name: text(), ...otherPrice })
  .describe('The same at spot prices, which change and under which it can be taken away at any time. In no total.');

/** The document that `terrace estimate --json` prints: version 1. */
export const estimateDocumentSchema = z
  .object({
    format: z.literal('terrace-estimate/1'),
    environment: z.string().nullable().describe('The environment that was estimated; null for a file.'),
    tier: z.string().nullable(),
    platform: z.string().nullable(),
    input: z.string().nullable().describe('The file or folder that was estimated; null for an environment.'),
    currency: z.literal('USD'),
    monthly: money('List price of everything, before tax'),
    committed: money('The same where everything that can be committed to for a year is'),
    stated: decimalText().nullable().describe("What the roadmap's document claims that it costs; null where none is known."),
    perDailyUser: decimalText()
      .nullable()
      .describe('The typical month divided by the daily users of the load; null where no load is known.'),
    dailyUsers: decimalText().nullable(),
    llm: money('Spend on APIs of language models, which is in `monthly`'),
    budget: z
      .object({
        monthly: decimalText(),
        used: decimalText().describe('Share of the budget that the typical month takes: 0.9 is 90 %.'),
        state: z.enum(['within', 'near', 'exceeded']),
      })
      .nullable(),
    oldestPrice: z.string().nullable().describe('Date of the oldest price that was used.'),
    unverifiedShare: decimalText().describe('Share of the typical month that rests on prices that were not read in a source: 0 to 1.'),
    lines: z.array(line),
    spot: z.array(spotLine),
    free: z.array(z.object({ ...place, why: text() })),
    unpriced: z
      .array(z.object({ ...place, part: z.string().nullable().describe('Which part, where the rest is priced.'), why: text() }))
      .describe('Not in any total.'),
    notes: z.array(text()).describe('Conventions and assumptions that a reader of the figures needs.'),
    warnings: z.array(text()),
  })
  .describe('What a set of Terraform resources costs a month. Money and quantities are decimal numbers as texts.');

const lineChange = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  ...place,
  name: text(),
  before: decimalText(),
  after: decimalText(),
  byPrice: signedDecimal().describe('Because the book has another price for the same product.'),
  byChange: signedDecimal().describe('Because the resources, or how much they are used, changed.'),
});

/** The document that `terrace estimate diff --json` prints: version 1. */
export const differenceDocumentSchema = z
  .object({
    format: z.literal('terrace-estimate-diff/1'),
    currency: z.literal('USD'),
    before: z.object({ input: text(), monthly: decimalText() }),
    after: z.object({ input: text(), monthly: decimalText() }),
    difference: signedDecimal(),
    byPrice: signedDecimal(),
    byChange: signedDecimal().describe('Adds up to `difference` together with `byPrice`, exactly.'),
    added: z.array(lineChange),
    removed: z.array(lineChange),
    changed: z.array(lineChange),
    unpriced: z.object({ before: z.array(text()), after: z.array(text()) }).describe('Addresses that are in no total.'),
    notes: z.array(text()),
  })
  .describe('How two estimates differ in the typical month.');

/** An estimate as data; see the descriptions in the schema. */
export type EstimateDocument = z.infer<typeof estimateDocumentSchema>;

export type EstimateDocumentLine = EstimateDocument['lines'][number];

/** A difference as data. */
export type DifferenceDocument = z.infer<typeof differenceDocumentSchema>;

/** JSON Schema of both documents, as it is published. */
export function estimateJsonSchemas(): Readonly<Record<'estimate' | 'difference', object>> {
  return {
    estimate: published('Terrace estimate', estimateDocumentSchema),
    difference: published('Terrace difference of estimates', differenceDocumentSchema),
  };
}

/** Members may be added later: a reader must accept more than it knows. */
function published(title: string, schema: z.ZodType): object {
  return { ...z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), title };
}
