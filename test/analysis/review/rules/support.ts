import { graphFromSynthesis, type CdkTfJson } from '../../../../analysis/graph';
import type { RuleContext, RuleInput } from '../../../../analysis/review/types';
import type { Environment } from '../../../../environments/schema';
import { exampleEnvironment, examples, kept, stacksOf } from '../../../../tools/kept-examples';

export { examples };

/** An example as its file has it, or as a person would keep it. One input for each of its stacks. */
export function exampleInputs(name: string, keep: boolean, own: Partial<Environment> = {}): readonly RuleInput[] {
  const example = { ...exampleEnvironment(name), ...own };
  const environment = keep ? kept(example) : example;
  return stacksOf(environment).map(({ json }) => ({ graph: graphFromSynthesis(json as CdkTfJson), context: contextOf(environment) }));
}

/** What an example that is kept becomes: the content of each `cdk.tf.json`, by the name of the example and of the stack. */
export function exampleConfigurations(name: string): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return stacksOf(kept(exampleEnvironment(name))).map(({ id, json }) => [`${name}-${id}`, json]);
}

/** What a rule is told of an environment. */
export function contextOf(environment: Environment): RuleContext {
  const { name, roadmap, tier, disposable, state } = environment;
  return { environment: name, roadmap, tier, disposable: disposable !== undefined, stateBackend: state.backend, settings: {} };
}
