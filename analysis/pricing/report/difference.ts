import type { DifferenceDocument } from '../document/schema';
import type { Report, Section } from './report';

type Change = DifferenceDocument['changed'][number];

/** A difference of two estimates for a person. */
export function differenceReport(document: DifferenceDocument): Report {
  const { before, after } = document;
  const sections: readonly (Section | undefined)[] = [
    {
      title: 'In all',
      columns: [{ title: '' }, { title: 'USD a month', align: 'right' }],
      rows: [
        ['before', before.monthly],
        ['you changed it', signed(document.byChange)],
        ['the price changed', signed(document.byPrice)],
      ],
      total: ['after', after.monthly],
    },
    changes('Added', document.added),
    changes('Removed', document.removed),
    changes('Changed', document.changed),
    document.added.length + document.removed.length + document.changed.length === 0
      ? { title: 'Lines', sentences: ['No line differs.'] }
      : undefined,
    unpriced(document),
    { title: 'How to read this', sentences: document.notes },
  ];
  return {
    title: `From ${before.input} to ${after.input}: ${signed(document.difference)} USD a month`,
    sections: sections.filter((section) => section !== undefined),
  };
}

/** What costs nothing before and after is left to the JSON. */
function changes(title: string, all: readonly Change[]): Section | undefined {
  const lines = all.filter((line) => Number(line.before) !== 0 || Number(line.after) !== 0);
  if (lines.length === 0) return undefined;
  return {
    title,
    columns: [
      { title: 'resource', shrinkTo: 16 },
      { title: 'what', shrinkTo: 16 },
      { title: 'before', align: 'right' },
      { title: 'after', align: 'right' },
      { title: 'you', align: 'right' },
      { title: 'price', align: 'right' },
    ],
    rows: lines.map((line) => [line.address, line.name, line.before, line.after, signed(line.byChange), signed(line.byPrice)]),
  };
}

function unpriced({ unpriced: { before, after } }: DifferenceDocument): Section | undefined {
  const sentences = [
    ...(before.length === 0 ? [] : [`before: ${before.join(', ')}`]),
    ...(after.length === 0 ? [] : [`after: ${after.join(', ')}`]),
  ];
  return sentences.length === 0 ? undefined : { title: 'Not priced, and in no figure', sentences };
}

function signed(amount: string): string {
  return amount.startsWith('-') || /^0+(\.0+)?$/.test(amount) ? amount : `+${amount}`;
}
