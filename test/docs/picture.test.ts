import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { breakAt } from '../../tools/docs/picture';
import { root } from './pages';

const svg = readFileSync(join(root, 'docs', 'ladder.svg'), 'utf8');

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const number = (tag: string, name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1]);
const boxes: readonly Box[] = [...svg.matchAll(/<rect [^>]*>/g)].map(([tag]) => ({
  x: number(tag, 'x'),
  y: number(tag, 'y'),
  width: number(tag, 'width'),
  height: number(tag, 'height'),
}));

/** Contrast of two colours, WCAG 2.2: 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const parts = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (parts[0] ?? 0) + 0.7152 * (parts[1] ?? 0) + 0.0722 * (parts[2] ?? 0);
}

test('there is a step for each tier, and no two overlap', () => {
  expect(boxes).toHaveLength(6);
  for (const [index, box] of boxes.slice(1).entries()) expect(box.y).toBeGreaterThan((boxes[index]?.y ?? 0) + (boxes[index]?.height ?? 0));
  for (const [index, box] of boxes.slice(1).entries()) expect(box.x).toBeLessThan(boxes[index]?.x ?? 0);
});

test('what stands outside the filled steps reads on white and on a dark page', () => {
  const grey = /fill: (#[0-9a-f]{6}); }/.exec(svg)?.[1] ?? '';
  expect(contrast(grey, '#ffffff')).toBeGreaterThan(4);
  expect(contrast(grey, '#0d1117')).toBeGreaterThan(4);
});

test('white reads on every filled step', () => {
  const fills = [...svg.matchAll(/<rect [^>]*fill="(#[0-9a-f]{6})"/g)].map(([, fill = '']) => fill);
  expect(fills).toHaveLength(6);
  for (const fill of fills) expect(contrast(fill, '#ffffff')).toBeGreaterThan(4.5);
});

test('no text runs out of its step, even in a wide font', () => {
  const lines = [...svg.matchAll(/<text x="(\d+)" y="([\d.]+)" class="parts"[^>]*>([^<]*)</g)].map(([, x, y, text = '']) => ({
    x: Number(x),
    y: Number(y),
    text,
  }));
  expect(lines.length).toBeGreaterThan(8);
  for (const { x, y, text } of lines) {
    const box = boxes.find((each) => y > each.y && y < each.y + each.height);
    expect(x + text.length * 6.9).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0) - 100);
    expect(y).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0) - 12);
  }
});

test('it is said in words, too', () => {
  expect(svg).toContain('role="img"');
  expect(/<desc id="description">(.*)<\/desc>/.exec(svg)?.[1]).toMatch(
    /^tier1, 10 users a day: 1 app server, .* tier6, 1,000,000 users a day: /,
  );
});

test('lines hold every part, in order, and are no longer than they may be', () => {
  const part = fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom('a', 'b', ' ') });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 10 }), fc.integer({ min: 20, max: 60 }), (parts, most) => {
      const lines = breakAt(parts, ' · ', most);
      expect(lines.join(' · ')).toBe(parts.join(' · '));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(most);
    }),
    { seed: 20261121, numRuns: 300 },
  );
});
