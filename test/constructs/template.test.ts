import { TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { literals, terraformJson, terraformText } from '../../constructs/template';
import { evaluated } from '../support/terraform-eval';

const seed = 20261121;
const awkward = [
  '${HOME}',
  '$${HOME}',
  '%{if true}',
  '%%{x',
  '$',
  '%',
  '"',
  '\\',
  '\\"',
  '\n',
  '\r\n',
  '\t',
  '${"x"}',
  "it's",
  '</x>&',
  '☃',
  '$$$${a}',
  '#',
  '\u0001',
  'undefined',
  'end$',
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme' })), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** A text that CDKTF itself would take for one of its references, if it saw it. */
const tokenLike = '${TfToken[TOKEN.0]} $${TfToken[TOKEN.1]} TFTOKEN[ %{TfToken[';

/** Terraform normalizes texts to Unicode's composed form, and knows no NUL. */
const comparable = (text: string): string => text.normalize('NFC').replaceAll('\u0000', '');

test('any text arrives literally, alone and around references, in texts and in JSON', () => {
  const samples = fc.sample(texts, { numRuns: 150, seed }).map(comparable);
  const secret = 'p"a\\ss${word}\n%{x}$';
  const outputs = evaluated(
    (stack) => {
      const variable = new TerraformVariable(stack, 'secret', { type: 'string' });
      const around = (text: string): string => `${text}${variable.stringValue}${text}`;
      return {
        json: terraformJson({
          own: literals({ first: tokenLike, second: samples.join('') }),
          plain: samples,
          around: samples.map(around),
          keys: Object.fromEntries(samples.map((text) => [text, 1])),
        }),
        ...Object.fromEntries(samples.slice(0, 40).map((text, index) => [`text_${index}`, terraformText(around(text))])),
      };
    },
    { secret },
  );
  const json = JSON.parse(outputs['json'] ?? '') as {
    own: Record<string, string>;
    plain: string[];
    around: string[];
    keys: Record<string, number>;
  };
  expect(json.own).toEqual({ first: tokenLike, second: samples.join('') });
  expect(json.plain).toEqual(samples);
  expect(json.around).toEqual(samples.map((text) => `${text}${secret}${text}`));
  expect(Object.keys(json.keys).sort()).toEqual([...new Set(samples)].sort());
  for (const [index, text] of samples.slice(0, 40).entries()) expect(outputs[`text_${index}`]).toBe(`${text}${secret}${text}`);
});
