import { mapBand, sumBands, toCents } from './arithmetic';
import type { PriceBook } from './book/types';
import { productText } from './book/book';
import { decimal } from './decimal';
import type { Band, Estimate, EstimateLine, UnpricedResource } from './estimate-types';
import { nearest } from '../../values/nearest';
import { listAmounts, totalsOf } from './totals';
import type { UsageFigure } from './usage';

/** Tokens a month that an API of a language model reads and writes, in millions. */
export interface LlmUse {
  /** Vendor and model as the price book has them: `openai/gpt-5-mini`. */
  readonly model: string;
  readonly inputMillion: UsageFigure;
  readonly outputMillion: UsageFigure;
}

const service = 'llm';
const unit = '1M-tokens';

/** Whether a line is spend on an API of a language model, whoever sells it. */
export function isLlm(line: Pick<EstimateLine, 'product'>): boolean {
  return line.product.split('/', 2)[1] === service;
}

/** What all of them cost together. */
export function llmTotal(lines: readonly EstimateLine[]): Band {
  return sumBands(lines.filter(isLlm).map(listAmounts));
}

/** An estimate with this spend added: two lines for each use, or the reason why its price is not known. */
export function withLlm(estimate: Estimate, uses: readonly LlmUse[], book: PriceBook): Estimate {
  if (uses.length === 0) return estimate;
  const answers = uses.flatMap((use) => [answer(use, 'input', use.inputMillion, book), answer(use, 'output', use.outputMillion, book)]);
  const added = answers.flatMap((one) => ('line' in one ? [one.line] : []));
  const missing = answers.flatMap((one) => ('missing' in one ? [one.missing] : []));
  return { ...estimate, ...totalsOf([...estimate.lines, ...added]), unpriced: [...estimate.unpriced, ...missing] };
}

type Direction = 'input' | 'output';

function answer(
  use: LlmUse,
  direction: Direction,
  figure: UsageFigure,
  book: PriceBook,
): { readonly line: EstimateLine } | { readonly missing: UnpricedResource } {
  const [provider = '', ...rest] = use.model.split('/');
  const product = { provider, service, sku: `${rest.join('/')}/${direction}`, region: 'global' };
  const price = book.find(product, unit);
  const who = { component: 'llm-api', address: `(${use.model})`, type: 'llm_api' };
  if (price === undefined) return { missing: { ...who, part: `${direction} tokens`, reason: whyNot(use.model, book) } };
  const { assumption } = figure;
  const quantities = mapBand(figure, decimal);
  const amount = decimal(price.amount);
  const amounts = mapBand(quantities, (quantity) => toCents(amount.times(quantity)));
  return {
    line: {
      ...who,
      name: `${use.model}, ${direction} tokens`,
      product: productText(product),
      quantity: quantities.typical,
      quantities,
      unit,
      price: amount,
      low: amounts.low,
      monthly: amounts.typical,
      high: amounts.high,
      source: price.source,
      asOf: price.asOf,
      confidence: price.confidence,
      assumption,
    },
  };
}

function whyNot(model: string, book: PriceBook): string {
  const known = llmModels(book);
  const near = nearest(model, known);
  return `the price book has no price for the tokens of ${model}${near === undefined ? '' : `; the nearest it has is ${near}`}`;
}

const llmVendors = ['anthropic', 'azure-openai', 'bedrock', 'cohere', 'deepseek', 'google', 'groq', 'mistral', 'openai'];

/** Models whose tokens the book has a price for. */
export function llmModels(book: PriceBook): readonly string[] {
  return llmVendors.flatMap((vendor) =>
    [...new Set(book.skus(vendor, service).map((sku) => `${vendor}/${sku.replace(/\/(input|output)$/, '')}`))].sort(),
  );
}
