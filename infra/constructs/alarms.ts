/** Alarms, the budget, and the topic that all of them write to. */
import { Stack } from "aws-cdk-lib";
import { CfnBudget } from "aws-cdk-lib/aws-budgets";
import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { ALARMS, type AlarmSpec, BUDGET_NAME } from "../alarms.ts";
import type { Stage } from "../stages.ts";
import { metricOf, periodOf, type Watched } from "./metrics.ts";

const OPERATORS = {
  above: ComparisonOperator.GREATER_THAN_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

const MISSING = {
  bad: TreatMissingData.BREACHING,
  fine: TreatMissingData.NOT_BREACHING,
  asBefore: TreatMissingData.IGNORE,
} as const;

export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];
  private readonly topic: Topic;

  constructor(scope: Construct, id: string, props: { watched: Watched; key: IKey; stage: Stage }) {
    super(scope, id);
    this.topic = this.createTopic(props.key, props.stage.alarmEmails);
    const action = new SnsAction(this.topic);
    this.alarms = ALARMS.map((spec) => {
      const alarm = this.alarm(spec, props.watched);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
    this.budget(props.stage.monthlyBudgetUsd);
  }

  private alarm(spec: AlarmSpec, watched: Watched): Alarm {
    return new Alarm(this, spec.name, {
      alarmName: spec.name,
      alarmDescription: `${spec.description}. Runbook: infra/README.md, "${spec.name}".`,
      metric: metricOf(spec.metric, watched, periodOf(spec)),
      comparisonOperator: OPERATORS[spec.goesOff],
      threshold: spec.threshold,
      evaluationPeriods: spec.periods,
      treatMissingData: MISSING[spec.whenMissing],
    });
  }

  private createTopic(key: IKey, emails: readonly string[]): Topic {
    const topic = new Topic(this, "Topic", { topicName: "palier-alarms", masterKey: key, enforceSSL: true });
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    const { account } = Stack.of(this);
    for (const service of ["cloudwatch", "budgets"]) {
      topic.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
          actions: ["sns:Publish"],
          resources: [topic.topicArn],
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        }),
      );
    }
    return topic;
  }

  /** A budget rather than a billing alarm: those exist in one region only, and look at spend, not at where it is going. */
  private budget(monthlyUsd: number): void {
    const subscribers = [{ subscriptionType: "SNS", address: this.topic.topicArn }];
    const notice = (notificationType: string) => ({
      notification: {
        notificationType,
        comparisonOperator: "GREATER_THAN",
        threshold: 100,
        thresholdType: "PERCENTAGE",
      },
      subscribers,
    });
    const budget = new CfnBudget(this, "Budget", {
      budget: {
        budgetName: BUDGET_NAME,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: monthlyUsd, unit: "USD" },
      },
      notificationsWithSubscribers: [notice("ACTUAL"), notice("FORECASTED")],
    });
    // A budget tries its topic when it is made.
    budget.node.addDependency(this.topic);
  }
}
