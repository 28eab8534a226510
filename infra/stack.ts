/** One stage of Palier: everything in one stack, in an AWS account of its own. */
import { CfnOutput, Stack, Validations } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { Alarms } from "./constructs/alarms.ts";
import { arnsOf } from "./constructs/arns.ts";
import { Buckets } from "./constructs/buckets.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { Functions } from "./constructs/functions.ts";
import { Keys } from "./constructs/keys.ts";
import { People } from "./constructs/people.ts";
import { Queues } from "./constructs/queues.ts";
import { Schedules } from "./constructs/schedules.ts";
import { Secrets } from "./constructs/secrets.ts";
import { LogTable } from "./constructs/table.ts";
import { DESK, type FunctionName, OPERATOR } from "./permissions.ts";
import type { Stage } from "./stages.ts";

export const STACK_NAME = "palier";

export interface PalierStackProps {
  stage: Stage;
  codeOf(name: FunctionName): Code;
}

export class PalierStack extends Stack {
  constructor(scope: Construct, { stage, codeOf }: PalierStackProps) {
    super(scope, STACK_NAME, {
      stackName: STACK_NAME,
      description: `Palier, stage ${stage.name}`,
      env: { account: stage.account, region: stage.region },
      terminationProtection: true,
      tags: { application: "palier", stage: stage.name },
    });
    const keys = new Keys(this, "Keys");
    const table = new LogTable(this, "Log", keys.data);
    const buckets = new Buckets(this, "Buckets", keys.data);
    const queues = new Queues(this, "Queues");
    const secrets = new Secrets(this, "Secrets", keys.data);
    const arns = arnsOf({ keys, table, buckets, queues, secrets });
    const functions = new Functions(this, "Functions", {
      stage,
      codeOf,
      keys,
      buckets,
      queues,
      secrets,
      arns,
    });
    new People(this, "Operator", {
      name: "palier-operator",
      may: "publish, check up, answer, stop and resume",
      permissions: OPERATOR,
      resources: arns,
    });
    new People(this, "Desk", {
      name: "palier-desk",
      may: "answer, stop and resume",
      permissions: DESK,
      resources: arns,
    });
    new Schedules(this, "Schedules", functions.all);
    const watched = { functions: functions.all, queues };
    const { alarms } = new Alarms(this, "Alarms", { watched, key: keys.data, stage });
    new Dashboard(this, "Dashboard", watched, alarms);
    this.outputs({
      BlobsBucket: buckets.blobs.bucketName,
      AnchorsBucket: buckets.anchors.bucketName,
      ObserveQueueUrl: queues.observe.queue.queueUrl,
      ApplyQueueUrl: queues.apply.queue.queueUrl,
      ObserveDeadLettersUrl: queues.observe.deadLetters.queueUrl,
      ApplyDeadLettersUrl: queues.apply.deadLetters.queueUrl,
      AnchorKey: keys.anchor.keyId,
      SlackUrl: functions.slackUrl,
      RevenueUrl: functions.revenueUrl,
    });
    Validations.of(secrets).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "Platforms and Slack issue these credentials and offer no call that renews them; people do, see infra/README.md.",
    });
  }

  /** What people look up and what the documents name. */
  private outputs(values: Record<string, string>): void {
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
