/** One function with a role that holds its rows of the table of permissions and nothing else. */
import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type Code,
  EventSourceMapping,
  Function as LambdaFunction,
  RecursiveLoop,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type FunctionName, PERMISSIONS } from "../permissions.ts";
import { type Arns, acknowledgeWildcards, type ResourceArns, statementOf } from "./policies.ts";

export interface FunctionShape {
  memoryMb: number;
  timeout: Duration;
  /** At most so many at once, taken from the account's own; without, only the event source limits it. */
  reserved?: number;
}

export interface PalierFunctionProps extends FunctionShape {
  name: FunctionName;
  code: Code;
  environment: Record<string, string>;
  arns: ResourceArns;
}

export class PalierFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PalierFunctionProps) {
    super(scope, id);
    const { name, code, environment, arns, memoryMb, timeout, reserved } = props;
    const logGroup = new LogGroup(this, "Logs", {
      logGroupName: `/palier/${name}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.role = this.createRole(name, { ...arns, ownLogs: logGroup.logGroupArn });
    this.lambda = new LambdaFunction(this, "Function", {
      functionName: `palier-${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code,
      environment,
      memorySize: memoryMb,
      timeout,
      role: this.role,
      logGroup,
      // The lanes wake each other; should they ever do so in circles, AWS cuts the circle and the tick begins anew.
      recursiveLoop: RecursiveLoop.TERMINATE,
      ...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
    });
  }

  /** Messages one by one; those that fail are told apart, and no more than `concurrency` are worked on at once. */
  takeFrom(queue: IQueue, concurrency: number): void {
    new EventSourceMapping(this, "Messages", {
      target: this.lambda,
      eventSourceArn: queue.queueArn,
      batchSize: 1,
      maxConcurrency: concurrency,
      reportBatchItemFailures: true,
    });
  }

  /** What is asked for without waiting is asked for once: the next minute or day asks again. */
  neverRepeatByItself(): void {
    this.lambda.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: Duration.minutes(1) });
  }

  private createRole(name: FunctionName, arns: Arns): Role {
    const { region } = Stack.of(this);
    const statements = PERMISSIONS[name].map((permission) => statementOf(permission, arns, region));
    const role = new Role(this, "Role", {
      roleName: `palier-${name}`,
      description: `Palier: what ${name} may do, see infra/permissions.ts`,
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      inlinePolicies: { permissions: new PolicyDocument({ statements }) },
    });
    acknowledgeWildcards(role, PERMISSIONS[name], arns);
    return role;
  }
}
