import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { withPermissions } from "../../infra/generate.ts";
import {
  DESK,
  FUNCTION_NAMES,
  type FunctionName,
  OPERATOR,
  PERMISSIONS,
  type Permission,
} from "../../infra/permissions.ts";
import { type Resource, resourcesOf, synthesize } from "./synthesis.ts";

/** One action on one resource under its conditions, as one line of text. */
type Grant = string;

/** How the template names what the table names. */
const IN_TEMPLATE: Record<string, string> = {
  table: "table palier",
  blobs: "bucket blobs",
  blobObjects: "bucket blobs/*",
  anchors: "bucket anchors",
  anchorObjects: "bucket anchors/anchors/*",
  observeQueue: "queue palier-observe.fifo",
  applyQueue: "queue palier-apply.fifo",
  observeDeadLetters: "queue palier-observe-dlq.fifo",
  applyDeadLetters: "queue palier-apply-dlq.fifo",
  metaRead: "secret palier/meta/read",
  metaWrite: "secret palier/meta/write",
  googleRead: "secret palier/google/read",
  googleWrite: "secret palier/google/write",
  slackSecret: "secret palier/slack",
  revenueSecret: "secret palier/revenue",
  dataKey: "key ENCRYPT_DECRYPT",
  anchorKey: "key SIGN_VERIFY",
  bucketNames: "*",
};

let resources: Record<string, Resource> = {};

beforeAll(() => {
  // Its checks are stack.test.ts's, and take longer than all else here.
  vi.stubEnv("CDK_VALIDATION", "false");
  resources = resourcesOf(synthesize());
  vi.unstubAllEnvs();
});

function nameOf(id: string): string {
  const { Type, Properties } = resources[id] ?? { Type: "none", Properties: {} };
  switch (Type) {
    case "AWS::DynamoDB::GlobalTable":
      return `table ${Properties.TableName}`;
    case "AWS::SQS::Queue":
      return `queue ${Properties.QueueName}`;
    case "AWS::SecretsManager::Secret":
      return `secret ${Properties.Name}`;
    case "AWS::KMS::Key":
      return `key ${Properties.KeyUsage ?? "ENCRYPT_DECRYPT"}`;
    case "AWS::Logs::LogGroup":
      return `logs ${Properties.LogGroupName}`;
    case "AWS::S3::Bucket":
      return Properties.ObjectLockEnabled === true ? "bucket anchors" : "bucket blobs";
    default:
      return `{${id}}`;
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a template's expressions are JSON of many shapes.
function resolved(expression: any): string {
  if (typeof expression === "string") return expression;
  if ("Ref" in expression) return nameOf(expression.Ref);
  if ("Fn::GetAtt" in expression) return nameOf(expression["Fn::GetAtt"][0]);
  return expression["Fn::Join"][1].map(resolved).join("");
}

function listOf<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

function grantsOf(document: { Statement: unknown[] }): Grant[] {
  // biome-ignore lint/suspicious/noExplicitAny: statements are JSON.
  return document.Statement.flatMap((statement: any) => {
    expect(statement.Effect).toBe("Allow");
    expect(statement).not.toHaveProperty("NotAction");
    return listOf(statement.Action).flatMap((action: string) =>
      listOf(statement.Resource).map(
        (resource) => `${action} on ${resolved(resource)} if ${JSON.stringify(statement.Condition ?? {})}`,
      ),
    );
  }).sort();
}

function roleOf(name: FunctionName): Resource {
  const lambda = Object.values(resources).find(
    ({ Type, Properties }) =>
      Type === "AWS::Lambda::Function" && Properties.FunctionName === `palier-${name}`,
  );
  const role = resources[lambda?.Properties.Role["Fn::GetAtt"][0]];
  if (role === undefined) throw new Error(`no role of ${name}`);
  return role;
}

function grantsInTemplate(name: FunctionName): Grant[] {
  const { Policies, ManagedPolicyArns } = roleOf(name).Properties;
  expect(ManagedPolicyArns).toBeUndefined();
  return Policies.flatMap(({ PolicyDocument }: { PolicyDocument: { Statement: unknown[] } }) =>
    grantsOf(PolicyDocument),
  ).sort();
}

function grantsInTable(permissions: readonly Permission[], logs: string): Grant[] {
  return permissions
    .flatMap(({ on, actions, partitions, newOnly, through }) => {
      const condition = {
        ...(partitions && {
          "ForAllValues:StringLike": { "dynamodb:LeadingKeys": partitions },
          Null: { "dynamodb:LeadingKeys": "false" },
        }),
        ...(newOnly && { Null: { "s3:if-none-match": "false" } }),
        ...(through && {
          StringEquals: { "kms:ViaService": through.map((one) => `${one}.eu-west-1.amazonaws.com`) },
        }),
      };
      return actions.map(
        (action) => `${action} on ${IN_TEMPLATE[on] ?? logs} if ${JSON.stringify(condition)}`,
      );
    })
    .sort();
}

function grantsOfPeople(name: string): Grant[] {
  const policies = Object.values(resources).filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy");
  expect(policies.map(({ Properties }) => Properties.ManagedPolicyName)).toEqual([
    "palier-operator",
    "palier-desk",
  ]);
  return grantsOf(
    policies.find(({ Properties }) => Properties.ManagedPolicyName === name)?.Properties.PolicyDocument,
  );
}

/** Which functions have a grant that begins with `start`. */
function holdersOf(start: string): FunctionName[] {
  return FUNCTION_NAMES.filter((name) => grantsInTemplate(name).some((grant) => grant.startsWith(start)));
}

describe("infra/permissions", () => {
  it.each(FUNCTION_NAMES)("are what the template gives to %s, no more and no less", (name) => {
    expect(grantsInTemplate(name)).toEqual(grantsInTable(PERMISSIONS[name], `logs /palier/${name}`));
  });

  it.each([
    ["palier-operator", OPERATOR],
    ["palier-desk", DESK],
  ])("are what the template gives to people with %s", (name, permissions) => {
    expect(grantsOfPeople(name)).toEqual(grantsInTable(permissions, ""));
  });

  it("let people who only answer write entries, rows and stops, and see no secret and no queue", () => {
    const grants = grantsOfPeople("palier-desk");
    const writing = grants.filter((grant) => /^dynamodb:(?:Put|Update|Delete|Batch|Transact)/.test(grant));
    expect(
      writing.map((grant) => /^dynamodb:(\S+) .*"dynamodb:LeadingKeys":(\[.*?\])/.exec(grant)?.slice(1)),
    ).toEqual([
      ["DeleteItem", '["control"]'],
      ["PutItem", '["brands"]'],
      ["PutItem", '["control"]'],
      ["PutItem", '["log#*"]'],
    ]);
    expect(grants.filter((grant) => /^(?:secretsmanager|sqs|s3:Put|lambda|iam)/.test(grant))).toEqual([]);
  });

  it("come from roles alone: no policy is attached from elsewhere", () => {
    const types = Object.values(resources).map(({ Type }) => Type);
    expect(types).not.toContain("AWS::IAM::Policy");
    expect(types.filter((type) => type === "AWS::IAM::Role")).toHaveLength(7);
  });

  it("let no function update or delete an item, and none reach a partition that is not named", () => {
    const grants = FUNCTION_NAMES.flatMap(grantsInTemplate).filter((grant) => grant.startsWith("dynamodb:"));
    const actions = new Set(grants.map((grant) => grant.split(" ")[0]));
    expect([...actions].sort()).toEqual(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]);
    expect(grants.filter((grant) => !grant.includes("dynamodb:LeadingKeys"))).toEqual([]);
  });

  it("let nobody write a log but who decides: observe, apply, slack", () => {
    const condition =
      '{"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["log#*"]},"Null":{"dynamodb:LeadingKeys":"false"}}';
    expect(holdersOf(`dynamodb:PutItem on table palier if ${condition}`)).toEqual([
      "observe",
      "apply",
      "slack",
    ]);
  });

  it.each([
    ["tick", []],
    ["observe", ["palier/google/read", "palier/meta/read", "palier/slack"]],
    ["apply", ["palier/google/write", "palier/meta/write"]],
    ["slack", ["palier/slack"]],
    ["revenue", ["palier/revenue"]],
    ["anchor", []],
  ] as const)("let %s read the secrets %j alone, and tell it of no other", (name, secrets) => {
    const readable = grantsInTemplate(name)
      .filter((grant) => grant.startsWith("secretsmanager:"))
      .map((grant) => /^secretsmanager:GetSecretValue on secret (\S+) if \{\}$/.exec(grant)?.[1]);
    expect(readable).toEqual(secrets);
    const lambda = Object.values(resources).find(
      ({ Properties }) => Properties?.FunctionName === `palier-${name}`,
    );
    const told: string[] =
      JSON.stringify(lambda?.Properties.Environment).match(/palier\/(meta|google|slack|revenue)[/a-z]*/g) ??
      [];
    expect(told.sort()).toEqual(secrets);
  });

  it("let apply alone read what can write, whatever else anybody is allowed", () => {
    const denied = Object.values(resources)
      .filter(({ Type }) => Type === "AWS::SecretsManager::ResourcePolicy")
      .map(({ Properties }) => [resolved(Properties.SecretId), Properties.ResourcePolicy.Statement]);
    const applyRole = Object.entries(resources).find(
      ([, { Properties }]) => Properties?.RoleName === "palier-apply",
    )?.[0];
    const statement = {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "secretsmanager:GetSecretValue",
      Resource: "*",
      Condition: { ArnNotEquals: { "aws:PrincipalArn": { "Fn::GetAtt": [applyRole, "Arn"] } } },
    };
    expect(Object.fromEntries(denied)).toEqual({
      "secret palier/meta/write": [statement],
      "secret palier/google/write": [statement],
    });
  });

  it("let anchor alone sign and put anchors, and nobody delete in a bucket or put over what is there", () => {
    expect(holdersOf("kms:Sign")).toEqual(["anchor"]);
    expect(holdersOf("s3:PutObject on bucket anchors")).toEqual(["anchor"]);
    expect(holdersOf("s3:Delete")).toEqual([]);
    const puts = FUNCTION_NAMES.flatMap(grantsInTemplate).filter((grant) => grant.startsWith("s3:PutObject"));
    expect(puts.filter((grant) => !grant.endsWith('if {"Null":{"s3:if-none-match":"false"}}'))).toEqual([]);
  });

  it("stand in the README as they are", () => {
    const readme = readFileSync("infra/README.md", "utf8");
    expect(withPermissions(readme)).toBe(readme);
  });
});
