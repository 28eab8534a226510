/** Turns the table of permissions into IAM statements, one for one. */
import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Permission, ResourceName } from "../permissions.ts";

export type Arns = Readonly<Record<ResourceName, string>>;
/** All but the log group, which each function has of its own. */
export type ResourceArns = Omit<Arns, "ownLogs">;

type Conditions = Record<string, Record<string, string | string[]>>;

export function statementOf(permission: Permission, arns: Arns, region: string): PolicyStatement {
  return new PolicyStatement({
    actions: [...permission.actions],
    resources: [arns[permission.on]],
    conditions: conditionsOf(permission, region),
  });
}

const WILDCARD_REASONS: Partial<Record<ResourceName, string>> = {
  blobObjects: "Blobs are named by their hash, so all of this one bucket's must be within reach.",
  anchorObjects:
    "Anchors are named by day and time, so all of them must be within reach; only new ones may be put.",
  bucketNames: "S3 cannot limit whose names are listed; nothing else of those buckets is within reach.",
};

/** Tells cdk-nag the reason of each wildcard by itself, so that any other one still fails. */
export function acknowledgeWildcards(
  holder: Construct,
  permissions: readonly Permission[],
  arns: Arns,
): void {
  for (const on of new Set(permissions.map((permission) => permission.on))) {
    const reason = WILDCARD_REASONS[on];
    if (reason === undefined) continue;
    const name = nameInFindings(Stack.of(holder).resolve(arns[on]));
    Validations.of(holder).acknowledge({ id: `AwsSolutions-IAM5[Resource::${name}]`, reason });
  }
}

type Resolved = string | { "Fn::GetAtt": string[] };

/** How cdk-nag writes an ARN of this template: `<Bucket.Arn>/*`. */
function nameInFindings(arn: string | { "Fn::Join": [string, Resolved[]] }): string {
  if (typeof arn === "string") return arn;
  const [separator, parts] = arn["Fn::Join"];
  return parts.map(partName).join(separator);
}

function partName(part: Resolved): string {
  if (typeof part === "string") return part;
  return `<${part["Fn::GetAtt"].join(".")}>`;
}

function conditionsOf({ partitions, newOnly, through }: Permission, region: string): Conditions {
  return {
    ...(partitions === undefined ? {} : partitionsOnly(partitions)),
    ...(newOnly === undefined ? {} : { Null: { "s3:if-none-match": "false" } }),
    ...(through === undefined ? {} : throughOnly(through, region)),
  };
}

/** "For all values" holds for a request without any, so a request must also have one. */
function partitionsOnly(partitions: readonly string[]): Conditions {
  return {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...partitions] },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
}

function throughOnly(services: readonly string[], region: string): Conditions {
  return {
    StringEquals: { "kms:ViaService": services.map((service) => `${service}.${region}.amazonaws.com`) },
  };
}
