/** The clockwork: the tick every minute, the anchor every day. */
import { Stack } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";

interface Timing {
  expression: string;
  /** A late start is worth little: how old a due start may be, and how often it is tried again. */
  maxAgeSeconds: number;
  retries: number;
}

const EVERY_MINUTE: Timing = { expression: "rate(1 minute)", maxAgeSeconds: 60, retries: 0 };
const EVERY_DAY: Timing = { expression: "cron(30 12 * * ? *)", maxAgeSeconds: 3600, retries: 2 };

export class Schedules extends Construct {
  constructor(scope: Construct, id: string, functions: { tick: IFunction; anchor: IFunction }) {
    super(scope, id);
    const role = this.createRole([functions.tick, functions.anchor]);
    this.schedule("tick", functions.tick, role, EVERY_MINUTE);
    this.schedule("anchor", functions.anchor, role, EVERY_DAY);
  }

  private schedule(name: string, target: IFunction, role: Role, timing: Timing): void {
    const { expression, maxAgeSeconds, retries } = timing;
    new CfnSchedule(this, name, {
      name: `palier-${name}`,
      scheduleExpression: expression,
      scheduleExpressionTimezone: "UTC",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: target.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: maxAgeSeconds, maximumRetryAttempts: retries },
      },
    });
  }

  private createRole(targets: readonly IFunction[]): Role {
    const statement = new PolicyStatement({
      actions: ["lambda:InvokeFunction"],
      resources: targets.map(({ functionArn }) => functionArn),
    });
    return new Role(this, "Role", {
      roleName: "palier-scheduler",
      assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      inlinePolicies: { invoke: new PolicyDocument({ statements: [statement] }) },
    });
  }
}
