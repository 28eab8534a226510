/** Two keys: one that encrypts what is stored, and one that signs anchors and can do nothing else. */
import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key, KeySpec, KeyUsage } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";

export class Keys extends Construct {
  readonly data: Key;
  readonly anchor: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.data = new Key(this, "Data", {
      alias: "palier/data",
      description: "Palier: table, blobs, secrets and alarm topic",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Alarms and budgets publish to the encrypted topic by themselves.
    this.data.addToResourcePolicy(
      new PolicyStatement({
        principals: [
          new ServicePrincipal("cloudwatch.amazonaws.com"),
          new ServicePrincipal("budgets.amazonaws.com"),
        ],
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );
    // An asymmetric key cannot be rotated by AWS, and must not be: its public half verifies years of anchors.
    this.anchor = new Key(this, "Anchor", {
      alias: "palier/anchor",
      description: "Palier: signs the heads of all logs, daily",
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
