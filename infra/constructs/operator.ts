/** What a person may do who publishes, checks up, answers and stops: a policy to attach to their role. */
import { Stack } from "aws-cdk-lib";
import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { OPERATOR } from "../permissions.ts";
import { acknowledgeWildcards, type ResourceArns, statementOf } from "./policies.ts";

export class Operator extends Construct {
  constructor(scope: Construct, id: string, resources: ResourceArns) {
    super(scope, id);
    // People write no log lines of functions.
    const arns = { ...resources, ownLogs: "" };
    const { region } = Stack.of(this);
    const policy = new ManagedPolicy(this, "Policy", {
      managedPolicyName: "palier-operator",
      description: "Palier: publish, check up, answer, stop and resume; see infra/permissions.ts",
      statements: OPERATOR.map((permission) => statementOf(permission, arns, region)),
    });
    acknowledgeWildcards(policy, OPERATOR, arns);
  }
}
