import { digitalOceanBook, estimate, graphFromSynthesis, loadEnvironment, renderEstimate, synthesize, type CdkTfJson } from '../../index';

/** What an environment costs a month, line by line. @param project the folder that holds `environments/` */
export function monthlyCost(project: string, name: string): string {
  const { environment } = loadEnvironment(name, { cwd: project });
  const { recorded } = synthesize(environment, { project });
  const graph = graphFromSynthesis(recorded.json as CdkTfJson);
  return renderEstimate(estimate(graph, digitalOceanBook()));
}
