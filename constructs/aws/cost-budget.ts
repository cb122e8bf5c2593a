import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { Construct } from 'constructs';
import { named } from './site';

export interface CostBudgetProps {
  readonly name: string;
  /** The environment's name, which everything it has is tagged with. */
  readonly environment: string;
  /** US dollars a month. */
  readonly monthly: string;
  /** Who is told. */
  readonly emails: readonly string[];
}

/**
 * A budget of AWS's own, on everything that carries the environment's tag: it tells when four fifths are spent, and when the
 * month will exceed it. AWS sees the tag on the bill only after it has been activated as a cost allocation tag, once for an account.
 */
export class CostBudget extends Construct {
  constructor(scope: Construct, id: string, props: CostBudgetProps) {
    super(scope, id);
    const tell = { comparisonOperator: 'GREATER_THAN', thresholdType: 'PERCENTAGE', subscriberEmailAddresses: [...props.emails] };
    new BudgetsBudget(this, 'Resource', {
      name: props.name,
      budgetType: 'COST',
      limitAmount: props.monthly,
      limitUnit: 'USD',
      timeUnit: 'MONTHLY',
      // "$" stands between tag and value in AWS's own notation; doubled braces would be Terraform's.
      costFilter: [{ name: 'TagKeyValue', values: [`user:environment$${props.environment}`] }],
      notification: [
        { ...tell, notificationType: 'ACTUAL', threshold: 80 },
        { ...tell, notificationType: 'FORECASTED', threshold: 100 },
      ],
      ...named(props.name),
    });
  }
}
