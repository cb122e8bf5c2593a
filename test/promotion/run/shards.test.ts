import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Moving, refuseMoves, settingsOf, settingsOfAll } from '../../../cli/promote/moving';
import { scratch } from '../../support/scratch';
import { codeOf, movingBy, type Promotion } from './support/moving';

const four = { tier: 'tier4', platform: 'digitalocean', region: 'tor1' } as const;
const toFive: Promotion = { to: 'tier5', phase: 'migrate', regions: ['ams3'] };
const server = (port: number): string => `{ host: 127.0.0.1, port: ${port}, database: app, user: app }`;

const given = (access: string, promotion: Promotion | undefined = toFive, to: Partial<typeof four> = {}): Moving =>
  movingBy({ ...four, ...to }, promotion, [], {}, `source: ${server(1)}\nroute: { kind: none }\n${access}`);

const remedy = 'PostgreSQL 17 in 4 shards of 2 nodes, 16 GB';

describe('servers that are not as many as the shards', () => {
  const one = `target: ${server(2)}\n`;
  const three = `targets: [${[2, 3, 4].map(server).join(', ')}]\n`;
  const refusal = (text: string) => [
    'PROMOTION_TARGETS',
    expect.stringMatching(
      new RegExp(
        `^database: It becomes ${remedy}, and ${text} given for it. 4 are wanted, one for each shard in the order of their ranges: targets: \\[{ host: ... }, ...\\], in /.*/sample.access.yaml\\.$`,
      ),
    ) as string,
  ];

  test('are refused before anything is made, and before anything is copied', async () => {
    expect(await codeOf(refuseMoves(given(one, undefined), toFive))).toEqual(refusal('1 server is'));
    expect(await codeOf(refuseMoves(given(three, undefined), toFive))).toEqual(refusal('3 servers are'));
    for (const phase of ['expand', 'migrate', 'verify'] as const) {
      expect(await codeOf(settingsOf(given(one, { ...toFive, phase })))).toEqual(refusal('1 server is'));
      expect(await codeOf(settingsOfAll(given(one, { ...toFive, phase })))).toEqual(refusal('1 server is'));
    }
  });

  test('are refused in a file of settings too', async () => {
    const file = join(scratch(), 'database.yaml');
    writeFileSync(file, `id: mine\nsource: ${server(1)}\ntargets: [${server(2)}]\nroute: { kind: none }\n`);
    expect(await codeOf(refuseMoves(given(`moves: { database: ${file} }\n`, undefined), toFive))).toEqual([
      'PROMOTION_TARGETS',
      expect.stringMatching(/1 server is given for it\. 4 are wanted.*, in .*\/database\.yaml\.$/) as string,
    ]);
  });

  test('are refused where one server takes all', async () => {
    const way = movingBy({ tier: 'tier2' }, undefined, [], {}, `source: ${server(1)}\n${three}`);
    expect(await codeOf(refuseMoves(way, { to: 'tier3', reversible: true }))).toEqual([
      'PROMOTION_TARGETS',
      expect.stringMatching(/and 3 servers are given for it\. One is wanted: target: { host: ... }, in /) as string,
    ]);
  });
});
