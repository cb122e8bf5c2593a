import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewDocumentSchema } from '../../../analysis/review/document/schema';
import type { OpenProject } from '../../../cli/project';
import { needs } from '../../support/needs';
import { keptEnvironment } from '../../support/sandbox';
import { addressesInState } from '../../terraform/stack';
import { type HandMade, handMade, lockedStack, type } from '../desk';

jest.setTimeout(300_000);

const withTerraform = needs('terraform');

const stack = (input: string, project?: string): HandMade =>
  handMade({
    ...(project === undefined ? {} : { project }),
    stacks: { tier3: lockedStack({ tier: 'tier3', resources: { app: { input } } }) },
  });

/** The same stacks, with an environment that has everything a review reads. */
function opened(made: HandMade): OpenProject {
  return async (reference, io) => ({
    ...(await made.open(reference, io)),
    environment: keptEnvironment({ name: 'production', tier: 'tier3' }),
  });
}

withTerraform('what was reviewed is applied, once, and nothing else', async () => {
  const made = stack('v1');
  const desk = { cwd: made.project };
  const reviewed = await type(['review', 'tier3', '--save', 'one.tfplan', '--json', '--today', '2026-11-21'], opened(made), desk);
  expect([reviewed.code, reviewDocumentSchema.parse(JSON.parse(reviewed.out)).changes.create]).toEqual([0, 2]);
  expect(JSON.parse(readFileSync(join(made.project, 'one.tfplan.review.json'), 'utf8'))).toMatchObject({
    environment: 'production',
    tier: 'tier3',
    verdict: 'safe',
    state: null,
    reviewedOn: '2026-11-21',
  });

  // Another plan under the same name.
  const plan = readFileSync(join(made.project, 'one.tfplan'));
  writeFileSync(join(made.project, 'one.tfplan'), Buffer.concat([plan, Buffer.from(' ')]));
  expect(await type(['apply', 'one.tfplan', '--auto-approve'], opened(made), desk)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not the plan that was reviewed') as string,
  });
  writeFileSync(join(made.project, 'one.tfplan'), plan);

  const applied = await type(['apply', 'one.tfplan', '--auto-approve'], opened(made), desk);
  expect([applied.code, addressesInState(made.directories['tier3'] ?? '', 'production.tfstate')]).toEqual([
    0,
    ['terraform_data.app', 'terraform_data.recorded_tier'],
  ]);
  expect((await type(['apply', 'one.tfplan', '--auto-approve'], opened(made), desk)).err).toContain('There is no plan one.tfplan');
});

withTerraform(
  'a plan over a state that has changed since is refused, and so is one without a review and one called dangerous',
  async () => {
    const made = stack('v1');
    const desk = { cwd: made.project };
    await type(['deploy', 'tier3', '--auto-approve'], opened(made), desk);
    const second = stack('v2', made.project);
    await type(['review', '--save', 'two.tfplan', '--json'], opened(second), desk);
    const state = join(made.project, 'production.tfstate');
    const before = readFileSync(state, 'utf8');
    const written = JSON.parse(before) as { serial: number };
    writeFileSync(state, JSON.stringify({ ...written, serial: written.serial + 1 }));
    expect(await type(['apply', 'two.tfplan', '--auto-approve'], opened(second), desk)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The state has changed since two.tfplan was reviewed') as string,
    });
    writeFileSync(state, before);

    const record = join(made.project, 'two.tfplan.review.json');
    const text = readFileSync(record, 'utf8');
    writeFileSync(record, text.replace('"verdict": "safe"', '"verdict": "dangerous"'));
    expect((await type(['apply', 'two.tfplan', '--auto-approve'], opened(second), desk)).err).toContain(
      'The review called two.tfplan dangerous',
    );
    writeFileSync(record, '{}');
    expect((await type(['apply', 'two.tfplan', '--auto-approve'], opened(second), desk)).err).toContain(
      'is not what `terrace review --save` writes',
    );
    writeFileSync(join(made.project, 'three.tfplan'), 'x');
    expect((await type(['apply', 'three.tfplan', '--auto-approve'], opened(second), desk)).err).toContain('three.tfplan was not reviewed');
    expect(readFileSync(state, 'utf8')).toBe(before);
  },
);

test('--save goes with no other input, a tier with --save only', async () => {
  const made = stack('v1');
  const codes = await Promise.all(
    [
      ['review', '--save', 'x', '--plan', 'p.json'],
      ['review', 'tier3'],
    ].map(async (args) => (JSON.parse((await type([...args, '--json'], opened(made))).out) as { error: { code: string } }).error.code),
  );
  expect(codes).toEqual(['REVIEW_SAVE_INPUT', 'REVIEW_TIER_WITHOUT_SAVE']);
});
