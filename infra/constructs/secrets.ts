/** One secret per credential set, shared by all brands, read and write apart. Made without a value: people put it in. */
import { RemovalPolicy } from "aws-cdk-lib";
import { AnyPrincipal, Effect, type IRole, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { CfnResourcePolicy, CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";

export const SECRET_NAMES = {
  metaRead: "palier/meta/read",
  metaWrite: "palier/meta/write",
  googleRead: "palier/google/read",
  googleWrite: "palier/google/write",
  slackSecret: "palier/slack",
  revenueSecret: "palier/revenue",
} as const;
export type SecretId = keyof typeof SECRET_NAMES;

const SECRET_IDS = Object.keys(SECRET_NAMES) as SecretId[];

export class Secrets extends Construct {
  private readonly secrets: ReadonlyMap<SecretId, CfnSecret>;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    // The higher-level construct would make up a random value, which looks like a credential and is none.
    this.secrets = new Map(
      SECRET_IDS.map((name) => {
        const secret = new CfnSecret(this, name, { name: SECRET_NAMES[name], kmsKeyId: key.keyArn });
        secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
        return [name, secret];
      }),
    );
  }

  arn(name: SecretId): string {
    const secret = this.secrets.get(name);
    if (secret === undefined) throw new Error(`no secret ${name}`);
    return secret.ref;
  }

  /** Nobody else, an administrator included, reads what can change budgets; putting a new value stays allowed. */
  onlyFor(role: IRole, names: readonly SecretId[]): void {
    for (const name of names) {
      const resourcePolicy = new PolicyDocument({
        statements: [
          new PolicyStatement({
            effect: Effect.DENY,
            principals: [new AnyPrincipal()],
            actions: ["secretsmanager:GetSecretValue"],
            resources: ["*"],
            conditions: { ArnNotEquals: { "aws:PrincipalArn": role.roleArn } },
          }),
        ],
      });
      new CfnResourcePolicy(this, `${name}-policy`, {
        secretId: this.arn(name),
        resourcePolicy,
        blockPublicPolicy: true,
      });
    }
  }
}
