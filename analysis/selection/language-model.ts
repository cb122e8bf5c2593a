import type { Decimal } from 'decimal.js';
import { tokensOf, type Load } from '../capacity';
import { resourceGraph } from '../graph';
import { estimate, llmModels, money, type PriceBook, withLlm } from '../pricing';
import type { Problem } from '../../values/errors';
import { nearest } from '../../values/nearest';

/**
 * The model that an API answers with where none is named: the one that comes nearest to what the tiers run themselves.
 * Source: seeds.md, section 2, row 6, which gives simple work to it.
 */
export const usualApiModel = 'groq/llama-3.1-8b-instant';

/** What the provider of a language model bills in a month, in US dollars: beside what the tier costs, not a part of it. */
export interface ApiBill {
  /** Vendor and model, as the price book has them. */
  readonly model: string;
  /** Millions of tokens that are read and written in a typical month. */
  readonly inputMillion: Decimal;
  readonly outputMillion: Decimal;
  readonly low: Decimal;
  readonly monthly: Decimal;
  readonly high: Decimal;
}

/** The bill for the answers of a load. */
export function apiBill(load: Load, book: PriceBook, model: string = usualApiModel): ApiBill {
  const { inputMillion, outputMillion } = tokensOf(load);
  const { low, monthly, high } = withLlm(estimate(resourceGraph([]), book), [{ model, inputMillion, outputMillion }], book);
  return { model, inputMillion: inputMillion.typical, outputMillion: outputMillion.typical, low, monthly, high };
}

/** A model that the book has no price for is a mistake: a bill of nothing would be one. */
export function modelProblems(model: string | undefined, book: PriceBook): readonly Problem[] {
  if (model === undefined) return [];
  const known = llmModels(book);
  if (known.includes(model)) return [];
  const near = nearest(model, known);
  const message = `model is "${model}". Allowed: a vendor and model that the price book has, like ${usualApiModel}.${near === undefined ? '' : ` Did you mean ${near}?`}`;
  return [{ code: 'SELECTION_MODEL', where: 'model', message }];
}

/** A bill for a person. */
export function billText({ model, inputMillion, outputMillion, low, monthly, high }: ApiBill): string {
  const millions = (amount: Decimal): string => amount.toSignificantDigits(3).toFixed();
  return `The language model answers elsewhere: ${millions(inputMillion)} million tokens in and ${millions(outputMillion)} million out a month are ${money(monthly)} USD (${money(low)} to ${money(high)}) with ${model} at list prices. Its provider bills them, beside the price of the tier; a budget must cover both.`;
}
