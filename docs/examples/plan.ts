import { digitalOceanBook, estimate, graphFromPlan, money } from '../../index';

/** What runs after a plan costs a month, whoever wrote the Terraform. @param plan what `terraform show -json FILE` prints */
export function costAfter(plan: string): string {
  const graph = graphFromPlan(JSON.parse(plan));
  const { monthly, unpriced } = estimate(graph, digitalOceanBook());
  return `${money(monthly)} USD a month, and ${unpriced.length} resources without a known price`;
}
