import { BudgetsBudget } from '@cdktf/provider-aws/lib/budgets-budget';
import { CeAnomalyMonitor } from '@cdktf/provider-aws/lib/ce-anomaly-monitor';
import { CeAnomalySubscription } from '@cdktf/provider-aws/lib/ce-anomaly-subscription';
import { Construct } from 'constructs';
import { terraformJson } from '../template';
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
 * A budget of AWS's own, and a watch for costs that are out of the ordinary, on everything that carries the environment's tag: it tells when four fifths are spent, and when the
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
    this.watchAnomalies(props);
  }

  /** What costs more than it did, told once a day from two fifths more on. The absent terms stand in the text because AWS sends them back. */
  private watchAnomalies({ name, environment, emails }: CostBudgetProps): void {
    const tagged = {
      And: null,
      CostCategories: null,
      Dimensions: null,
      Not: null,
      Or: null,
      Tags: { Key: 'environment', MatchOptions: null, Values: [environment] },
    };
    const monitor = new CeAnomalyMonitor(this, 'anomalies', {
      name,
      monitorType: 'CUSTOM',
      monitorSpecification: terraformJson(tagged),
      ...named(name),
    });
    new CeAnomalySubscription(this, 'anomalies_told', {
      name,
      frequency: 'DAILY',
      monitorArnList: [monitor.arn],
      subscriber: emails.map((address) => ({ type: 'EMAIL', address })),
      thresholdExpression: {
        dimension: { key: 'ANOMALY_TOTAL_IMPACT_PERCENTAGE', matchOptions: ['GREATER_THAN_OR_EQUAL'], values: ['40'] },
      },
      ...named(name),
    });
  }
}
