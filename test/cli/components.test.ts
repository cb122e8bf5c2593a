import { componentsCommand } from '../../cli/components';
import type { Io } from '../../cli/io';
import { builtComponents } from '../../stacks/components';

async function printed(options: { readonly json?: boolean }): Promise<string> {
  const out: string[] = [];
  const code = await componentsCommand(options, { out: (text: string) => void out.push(text) } as unknown as Io);
  expect(code).toBe(0);
  return out.join('');
}

test('for machines: kinds and platforms, and nothing else', async () => {
  expect(JSON.parse(await printed({ json: true }))).toEqual(builtComponents().map(({ kind, platforms }) => ({ kind, platforms })));
});

test('for people: a line for each kind, a column for each platform', async () => {
  const lines = (await printed({})).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^component +digitalocean +aws +google$/);
  expect(lines.find((line) => line.startsWith('network'))).toMatch(/^network +built +built +/);
  expect(lines.filter((line) => /^[a-z]/.test(line))).toHaveLength(builtComponents().length + 1);
});
