import * as fc from 'fast-check';
import { codesIn, templateParts, traversals } from '../../../analysis/graph/expressions';

describe('templateParts', () => {
  test.each([
    ['', [{ kind: 'text', text: '' }]],
    ['plain', [{ kind: 'text', text: 'plain' }]],
    ['${a.b.id}', [{ kind: 'code', code: 'a.b.id' }]],
    [
      'x-${a.b.id}-y',
      [
        { kind: 'text', text: 'x-' },
        { kind: 'code', code: 'a.b.id' },
        { kind: 'text', text: '-y' },
      ],
    ],
    ['$${a.b.id}', [{ kind: 'text', text: '${a.b.id}' }]],
    ['cost: $5 {x}', [{ kind: 'text', text: 'cost: $5 {x}' }]],
    [
      '${jsonencode({a = "}"})}!',
      [
        { kind: 'code', code: 'jsonencode({a = "}"})' },
        { kind: 'text', text: '!' },
      ],
    ],
    ['${"in ${a.b.id} quotes"}', [{ kind: 'code', code: '"in ${a.b.id} quotes"' }]],
  ])('%s', (text, parts) => expect(templateParts(text)).toEqual(parts));

  test('ends on any text, and an escaped text comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', '"', '\\', '%', 'a', '.') }), (text) => {
        expect(Array.isArray(templateParts(text))).toBe(true);
        const escaped = text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
        const runs = /[$%]{2,}\{/.test(text);
        if (!runs) expect(templateParts(escaped)).toEqual([{ kind: 'text', text }]);
      }),
      { seed: 20261121 },
    );
  });
});

describe('traversals', () => {
  const summary = (text: string): readonly string[] =>
    codesIn(text)
      .flatMap(traversals)
      .map((one) => `${one.head}.${one.name}${one.key ?? ''} ${one.path.join('/')}`.trim());

  test.each([
    ['${digitalocean_droplet.app_1.id}', ['digitalocean_droplet.app_1 id']],
    ['${digitalocean_loadbalancer.load-balancer.ip}', ['digitalocean_loadbalancer.load-balancer ip']],
    ['${digitalocean_droplet.app[0].id}', ['digitalocean_droplet.app[0] id']],
    ['${digitalocean_droplet.app["eu"].id}', ['digitalocean_droplet.app["eu"] id']],
    ['${digitalocean_droplet.app[count.index].id}', ['digitalocean_droplet.app count/index/id']],
    ['${digitalocean_droplet.app[*].id}', ['digitalocean_droplet.app id']],
    ['${join(",", [digitalocean_droplet.a.id, digitalocean_droplet.b.id])}', ['digitalocean_droplet.a id', 'digitalocean_droplet.b id']],
    ['${format("digitalocean_droplet.a.id %s", var.x)}', ['var.x']],
    ['${"a ${digitalocean_droplet.a.id} b"}', ['digitalocean_droplet.a id']],
    ['http://${digitalocean_droplet.a.ipv4_address}:80', ['digitalocean_droplet.a ipv4_address']],
    ['digitalocean_droplet.a.id', []],
  ])('%s', (text, found) => expect(summary(text)).toEqual(found));
});
