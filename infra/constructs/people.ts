/** What people may do themselves: a policy to attach to their role. */
import { Stack } from "aws-cdk-lib";
import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import type { Permission } from "../permissions.ts";
import { acknowledgeWildcards, type ResourceArns, statementOf } from "./policies.ts";

export interface PeopleProps {
  /** The policy's name, as roles are given it. */
  name: string;
  may: string;
  permissions: readonly Permission[];
  resources: ResourceArns;
}

export class People extends Construct {
  constructor(scope: Construct, id: string, { name, may, permissions, resources }: PeopleProps) {
    super(scope, id);
    // People write no log lines of functions.
    const arns = { ...resources, ownLogs: "" };
    const { region } = Stack.of(this);
    const policy = new ManagedPolicy(this, "Policy", {
      managedPolicyName: name,
      description: `Palier: ${may}; see infra/permissions.ts`,
      statements: permissions.map((permission) => statementOf(permission, arns, region)),
    });
    acknowledgeWildcards(policy, permissions, arns);
  }
}
