import { z } from 'zod';

/** Says why a text of the right type is refused all the same; undefined when it is fine. */
export type Reason = (value: string) => string | undefined;

/** What the documentation and the editor say about a field. */
export interface Meaning {
  /** One or two sentences for a person who fills in the file. */
  readonly description: string;
  /** Values that an editor offers. */
  readonly examples?: readonly (string | number)[];
}

/** A schema with what it means. */
export function means<T extends z.ZodType>(schema: T, meaning: Meaning): T {
  return schema.meta({ description: meaning.description, ...(meaning.examples === undefined ? {} : { examples: [...meaning.examples] }) });
}

/**
 * A text that follows a pattern. The error text of every rule is what is *allowed*: `check.ts` puts what was
 * given and the reason before it, so that every message has the same shape.
 */
export function pattern(allowed: string, shape: RegExp, reason: Reason = () => undefined): z.ZodString {
  return z.string({ error: allowed }).regex(shape, { error: allowed }).superRefine(because(allowed, reason));
}

/** A text whose grammar is a function rather than one pattern. */
export function text(allowed: string, reason: Reason): z.ZodString {
  return z.string({ error: allowed }).superRefine(because(allowed, reason));
}

/** A whole number within bounds, both included. */
export function whole(allowed: string, min: number, max: number): z.ZodNumber {
  return z.int({ error: allowed }).min(min, { error: allowed }).max(max, { error: allowed });
}

/** A number within bounds, both included. */
export function within(allowed: string, min: number, max: number): z.ZodNumber {
  return z.number({ error: allowed }).min(min, { error: allowed }).max(max, { error: allowed });
}

/** One of a list of words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(words, { error: words.length === 1 ? words[0] : `one of ${words.join(', ')}` });
}

/**
 * A text that may be written as a number or a boolean too. The file's own characters are kept (`1.10` stays `1.10`):
 * the loader hands them over as text, and the wider type here tells editors not to complain.
 */
export function literal(allowed: string, reason: Reason): z.ZodType<string, string | number | boolean> {
  return z.union([z.string(), z.number(), z.boolean()], { error: allowed }).transform(String).pipe(text(allowed, reason));
}

/** An amount of money that may be written as a number; its characters are kept like those of `literal`. */
export function amount(allowed: string, reason: Reason): z.ZodType<string, string | number> {
  return z.union([z.string(), z.number()], { error: allowed }).transform(String).pipe(text(allowed, reason));
}

/** What a mapping should have been when it is something else; for unknown keys, the keys it knows, joined by commas. */
export function mapping(allowed: string): { error: (issue: z.core.$ZodRawIssue) => string | undefined } {
  return { error: (issue) => (issue.code === 'unrecognized_keys' ? knownKeys(issue.inst) : allowed) };
}

function knownKeys(schema: unknown): string | undefined {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape).join(', ') : undefined;
}

function because(allowed: string, reason: Reason) {
  return (value: string, context: z.RefinementCtx): void => {
    const why = reason(value);
    if (why !== undefined) context.addIssue({ code: 'custom', message: allowed, params: { reason: why } });
  };
}
