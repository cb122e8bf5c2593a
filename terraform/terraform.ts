import { chmodSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TerraceError } from '../values/errors';
import { isRecord } from '../values/record';
import { findTerraform, TerraformBinary, Variables } from './binary';
import { Diagnostic, readDiagnostic } from './diagnostics';
import { documentUnreadable, stackMissing, stateNotSaved, terraformFailed, terraformInterrupted, terraformKilled } from './errors';
import { diagnosticsIn, readEvent, TerraformEvent } from './events';
import { list, parseJson } from './json';
import { ownPlanFile } from './own-plan';
import { readPlan, TerraformPlan } from './plan';
import { runTerraform, TerraformExit } from './run';
import { readState, TerraformState } from './state';

/** Who hears what Terraform is doing. */
export interface Listener {
  readonly step?: (name: string) => void;
  readonly event?: (event: TerraformEvent) => void;
  readonly interrupt?: (count: number) => void;
}

/** Where and how Terraform runs for one stack. */
export interface StackOptions {
  /** The stack directory, with its cdk.tf.json. */
  readonly directory: string;
  /** @default process.env */
  readonly env?: Variables;
  readonly listener?: Listener;
}

/** Options of a plan. */
export interface PlanOptions {
  readonly destroy?: boolean;
  /** Where the plan file goes. @default - a file of this process in `.terraform` of the stack directory */
  readonly out?: string;
  /** Whether to ask the provider for each object's present state. @default true */
  readonly refresh?: boolean;
}

/** A plan and the file it can be applied from. The file holds values in clear, secrets among them. */
export interface SavedPlan {
  readonly file: string;
  readonly plan: TerraformPlan;
  /** The same as Terraform's own JSON document. */
  readonly text: string;
  readonly warnings: readonly Diagnostic[];
}

/** Terraform in one stack directory. Each method throws a TerraceError with Terraform's own reasons when it fails. */
export class Terraform {
  private constructor(
    readonly binary: TerraformBinary,
    readonly directory: string,
    private readonly env: Variables,
    private readonly listener: Listener,
  ) {}

  /**
   * Finds Terraform for a stack that has been synthesized.
   * @throws TERRAFORM_NOT_FOUND and its kin, TERRAFORM_STACK_MISSING, TERRAFORM_STATE_NOT_SAVED
   */
  static async in(options: StackOptions): Promise<Terraform> {
    const { directory, env = process.env, listener = {} } = options;
    if (!existsSync(join(directory, 'cdk.tf.json'))) throw stackMissing(directory);
    refuseLostState(directory);
    return new Terraform(await findTerraform(env), directory, env, listener);
  }

  /** Downloads the providers and opens the backend. */
  async init(): Promise<readonly Diagnostic[]> {
    return warnings(await this.run('init', ['init', '-json', '-no-color', '-input=false'], false));
  }

  /** Checks the configuration without state and without the network; needs `init`. */
  async validate(): Promise<readonly Diagnostic[]> {
    const exit = await this.execute('validate', ['validate', '-json', '-no-color'], false);
    const answer = parseJson(exit.stdout);
    const found = isRecord(answer) ? list(answer['diagnostics']).flatMap((each) => readDiagnostic(each) ?? []) : [];
    if (exit.code !== 0) throw failure('validate', exit, found);
    return found;
  }

  /** Plans, and keeps the plan in a file that `apply` takes. */
  async plan(options: PlanOptions = {}): Promise<SavedPlan> {
    const file = options.out ?? ownPlanFile(this.directory);
    const flags = [...(options.destroy === true ? ['-destroy'] : []), ...(options.refresh === false ? ['-refresh=false'] : [])];
    const exit = await this.run('plan', ['plan', '-json', '-no-color', '-input=false', ...flags, `-out=${file}`], true);
    chmodSync(file, 0o600);
    return { ...(await this.show(file)), warnings: warnings(exit) };
  }

  /** Reads a plan file. */
  async show(file: string): Promise<SavedPlan> {
    const text = (await this.run('show', ['show', '-json', '-no-color', file], false)).stdout;
    return { file, plan: readPlan(text), text, warnings: [] };
  }

  /** What the state holds. Asks no provider. */
  async state(): Promise<TerraformState> {
    const { stdout } = await this.run('show', ['show', '-json', '-no-color'], false);
    const state = parseJson(stdout);
    if (!isRecord(state)) throw documentUnreadable('the state', 'it is not the JSON that "terraform show -json" prints');
    return readState(state);
  }

  /** Applies that very plan file, and removes it: it holds secrets and can be applied once only. */
  async apply(saved: { readonly file: string }): Promise<readonly Diagnostic[]> {
    try {
      return warnings(await this.run('apply', ['apply', '-json', '-no-color', '-input=false', saved.file], true));
    } catch (error) {
      refuseLostState(this.directory);
      throw error;
    } finally {
      this.discard(saved);
    }
  }

  /** Takes an object that exists into the state. Its block may be empty. */
  async takeUp(address: string, id: string): Promise<void> {
    await this.run('import', ['import', '-no-color', '-input=false', address, id], true);
  }

  /** The schemas of all providers of the configuration, as Terraform's own JSON document. */
  async schemas(): Promise<unknown> {
    return parseJson((await this.run('providers', ['providers', 'schema', '-json', '-no-color'], false)).stdout);
  }

  /** Removes a plan file that will not be applied. */
  discard(saved: { readonly file: string }): void {
    rmSync(saved.file, { force: true });
  }

  private async run(step: string, args: readonly string[], keep: boolean): Promise<TerraformExit> {
    const exit = await this.execute(step, args, keep);
    if (exit.code !== 0) throw failure(step, exit, diagnosticsIn(exit.stdout));
    return exit;
  }

  private async execute(step: string, args: readonly string[], keep: boolean): Promise<TerraformExit> {
    this.listener.step?.(step);
    const exit = await runTerraform({
      binary: this.binary,
      directory: this.directory,
      env: this.env,
      args,
      keep,
      onLine: (line) => this.tell(line),
      onInterrupt: (count) => this.listener.interrupt?.(count),
    });
    if (exit.interrupted && (exit.code !== 0 || step !== 'apply')) throw terraformInterrupted(step);
    if (exit.signal !== undefined) throw terraformKilled(step, exit.signal);
    return exit;
  }

  private tell(line: string): void {
    const event = this.listener.event === undefined ? undefined : readEvent(line);
    if (event !== undefined) this.listener.event?.(event);
  }
}

function failure(step: string, exit: TerraformExit, found: readonly Diagnostic[]): TerraceError {
  return terraformFailed(step, found, exit.stderr === '' ? exit.stdout : exit.stderr);
}

function warnings(exit: TerraformExit): readonly Diagnostic[] {
  return diagnosticsIn(exit.stdout).filter((each) => each.severity === 'warning');
}

/** Terraform leaves `errored.tfstate` when the backend took no write; going on would create everything in it twice. */
function refuseLostState(directory: string): void {
  const lost = join(directory, 'errored.tfstate');
  if (existsSync(lost)) throw stateNotSaved(lost);
}
