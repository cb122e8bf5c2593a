import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { printJson, renderWarnings } from './answer';
import { changeDocument, ChangeDocument, inOne } from './documents';
import type { Io } from './io';
import { planStack, refuseEarlyLeave } from './plan-stack';
import { renderPlan } from './plan-summary';
import { deployedWith, layersOf, OpenProject, Project, Stack } from './project';
import { styleFor } from './style';
import { withTerraform } from './terraform-command';

/** Options of `terrace diff`. */
export interface DiffOptions {
  readonly environment?: string;
  readonly json?: boolean;
  /** Exit with 2 when there are changes. */
  readonly detailedExitcode?: boolean;
  /** Keep the plan in this file, for `terrace deploy --plan`. */
  readonly out?: string;
}

/** Shows what a deploy would do. @returns 0, or with `detailedExitcode` 2 when there are changes */
export async function diff(tier: string, options: DiffOptions, io: Io, open: OpenProject): Promise<number> {
  const project = await open(options.environment, io);
  const [first] = layersOf(project, tier);
  const order = options.out === undefined ? deployedWith(project, tier) : [first];
  renderWarnings(project.warnings, io);
  const seen: Seen[] = [];
  const upTo = order.findIndex(({ id }) => id === first.id) + 1;
  for (const stack of order.slice(0, upTo))
    seen.push(await look(stack, options, io, project, stack.id === first.id && order.length > upTo));
  // What runs in clusters is planned from what the platform's state says of them, and kept in a plan of its own.
  const others = order.slice(upTo);
  const later = isSettled(seen.at(-1), project) ? [] : others;
  if (later.length === 0) for (const stack of others) seen.push(await look(stack, options, io, project, false));
  if (options.json === true)
    printJson(
      inOne(
        seen.map(({ document }) => document),
        tier,
      ),
      io,
    );
  else
    io.out(
      `${[...seen.map(({ text }) => text), ...later.map(({ id }) => `${id} is planned when ${first.id} is there: it reads its clusters from that state.\n`)].join('\n')}${next(tier, options, project)}`,
    );
  return options.detailedExitcode === true && seen.some(({ document }) => document.changed) ? 2 : 0;
}

/** While a promotion lasts, what follows reads what this deploy first tells it. */
function isSettled(platform: Seen | undefined, { environment: { promotion } }: Project): boolean {
  return platform?.there === true && (promotion === undefined || !platform.document.changed);
}

interface Seen {
  readonly document: ChangeDocument;
  readonly text: string;
  /** Whether others follow, and it is itself deployed with all that it tells them, a further cluster or shard among it, so that these can be planned. */
  readonly there: boolean;
}

function look(stack: Stack, options: DiffOptions, io: Io, project: Project, isFollowed: boolean): Promise<Seen> {
  return withTerraform('diff', io, project, stack, async (place) => {
    await place.terraform.init();
    const saved = await planStack(place, outFile(options, io));
    try {
      await refuseEarlyLeave(place, saved.plan);
    } catch (error) {
      place.terraform.discard(saved);
      throw error;
    }
    if (options.out === undefined) place.terraform.discard(saved);
    const there = isFollowed && saved.plan.outputs.length === 0 && (await place.terraform.state()).resources.length > 0;
    return { document: changeDocument('diff', project, stack, saved), text: renderPlan(saved.plan, styleFor(io, 'output')), there };
  });
}

function outFile({ out }: DiffOptions, io: Io): { readonly out?: string } {
  if (out === undefined) return {};
  const file = resolve(io.cwd, out);
  mkdirSync(dirname(file), { recursive: true });
  return { out: file };
}

function next(tier: string, { out }: DiffOptions, { typed }: Project): string {
  return out === undefined
    ? ''
    : `\nTo apply exactly this:  ${typed('deploy', `${tier} --plan ${out}`)}\nThe file holds secrets in clear: keep it to yourself, and delete it when it is not applied.\n`;
}
