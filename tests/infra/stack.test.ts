import { Match, type Template } from "aws-cdk-lib/assertions";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { beforeAll, describe, expect, it } from "vitest";
import { ALARMS } from "../../infra/alarms.ts";
import { resourcesOf, synthesize, withApp } from "./synthesis.ts";

let template: Template;

beforeAll(() => {
  // With all checks: those of cdk-nag and CloudFormation's own schemas. A finding throws.
  template = synthesize();
});

function functionNamed(name: string): object {
  const found = template.findResources("AWS::Lambda::Function", {
    Properties: { FunctionName: `palier-${name}` },
  });
  const [properties] = Object.values(found).map(({ Properties }) => Properties);
  return properties;
}

describe("infra/stack", () => {
  it("is checked by cdk-nag: a bucket open to plain HTTP does not pass", () => {
    const build = () =>
      withApp((app, stack) => {
        new Bucket(stack, "Open");
        app.synth();
      });
    expect(build).toThrow("AwsSolutions-S10");
  });

  it("keeps the one table on demand, encrypted, restorable to any second, and safe from deletion", () => {
    template.hasResource("AWS::DynamoDB::GlobalTable", {
      DeletionPolicy: "Retain",
      Properties: {
        TableName: "palier",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
        GlobalSecondaryIndexes: Match.absent(),
        TimeToLiveSpecification: Match.absent(),
        SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
        Replicas: [
          {
            Region: "eu-west-1",
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      },
    });
    template.resourceCountIs("AWS::DynamoDB::GlobalTable", 1);
  });

  it.each(["observe", "apply"])(
    "has a FIFO queue %s whose messages outlive a run and die after three",
    (lane) => {
      template.hasResourceProperties("AWS::SQS::Queue", {
        QueueName: `palier-${lane}.fifo`,
        FifoQueue: true,
        ContentBasedDeduplication: false,
        VisibilityTimeout: 360,
        RedrivePolicy: { maxReceiveCount: 3 },
      });
      template.hasResourceProperties("AWS::SQS::Queue", {
        QueueName: `palier-${lane}-dlq.fifo`,
        FifoQueue: true,
        MessageRetentionPeriod: 1_209_600,
      });
    },
  );

  it.each([
    ["observe", 5],
    ["apply", 2],
  ])(
    "gives %s one message at a time, %i brands at once, and tells failed messages apart",
    (lane, concurrency) => {
      const [queue] = Object.keys(
        template.findResources("AWS::SQS::Queue", { Properties: { QueueName: `palier-${lane}.fifo` } }),
      );
      template.hasResourceProperties("AWS::Lambda::EventSourceMapping", {
        EventSourceArn: { "Fn::GetAtt": [queue, "Arn"] },
        BatchSize: 1,
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: concurrency },
      });
    },
  );

  it.each([
    ["tick", 256, 50, 1],
    ["observe", 1024, 300, undefined],
    ["apply", 1024, 300, undefined],
    ["slack", 1024, 10, 20],
    ["revenue", 256, 10, 2],
    ["anchor", 256, 300, 1],
  ])("runs %s on Node 24 with %i MB for %i s at most", (name, MemorySize, Timeout, reserved) => {
    const shape = functionNamed(name);
    expect(shape).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      Handler: "index.handler",
      MemorySize,
      Timeout,
    });
    expect(shape).toHaveProperty("Environment.Variables.PALIER_STAGE", "dev");
    expect("ReservedConcurrentExecutions" in shape ? shape.ReservedConcurrentExecutions : undefined).toBe(
      reserved,
    );
    template.hasResourceProperties("AWS::Logs::LogGroup", {
      LogGroupName: `/palier/${name}`,
      RetentionInDays: 90,
    });
  });

  it("ticks every minute on the minute, and never later than a minute", () => {
    template.hasResourceProperties("AWS::Scheduler::Schedule", {
      Name: "palier-tick",
      ScheduleExpression: "rate(1 minute)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 } },
    });
    template.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      MaximumEventAgeInSeconds: 60,
      MaximumRetryAttempts: 0,
    });
  });

  it("locks anchors for 400 days so that not even the account's owner can remove them", () => {
    template.hasResource("AWS::S3::Bucket", {
      DeletionPolicy: "Retain",
      Properties: {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { Rule: { DefaultRetention: { Days: 400, Mode: "COMPLIANCE" } } },
        VersioningConfiguration: { Status: "Enabled" },
      },
    });
  });

  it("names the bucket of blobs as the commands look it up", () => {
    const cooled = template.findResources("AWS::S3::Bucket", {
      Properties: { LifecycleConfiguration: { Rules: [{ Transitions: Match.anyValue() }] } },
    });
    // CloudFormation makes the name of the stack's, this id's and a random part, in small letters.
    expect(Object.keys(cooled)).toEqual([expect.stringMatching(/^BucketsBlobs/)]);
    expect(Object.values(cooled)[0]?.Properties).not.toHaveProperty("BucketName");
  });

  it("cools blobs after 30 days and never lets one expire", () => {
    template.hasResourceProperties("AWS::S3::Bucket", {
      LifecycleConfiguration: {
        Rules: [
          {
            Status: "Enabled",
            Transitions: [{ StorageClass: "GLACIER_IR", TransitionInDays: 30 }],
            ExpirationInDays: Match.absent(),
            NoncurrentVersionExpiration: Match.absent(),
          },
        ],
      },
    });
  });

  it("keeps every bucket private, and refuses deletions and replacements in those that witness", () => {
    const buckets = template.findResources("AWS::S3::Bucket");
    for (const { Properties } of Object.values(buckets)) {
      expect(Properties.PublicAccessBlockConfiguration).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    const denied = Object.values(template.findResources("AWS::S3::BucketPolicy"))
      .map(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter((statements) => JSON.stringify(statements).includes("s3:if-none-match"));
    expect(denied).toHaveLength(2);
    for (const statements of denied) {
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        }),
      );
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:PutObject",
          Condition: { Null: { "s3:if-none-match": "true" } },
        }),
      );
    }
  });

  it("makes secrets without any value", () => {
    const secrets = Object.values(template.findResources("AWS::SecretsManager::Secret"));
    expect(secrets.map(({ Properties }) => Object.keys(Properties).sort().join())).toEqual(
      Array.from({ length: 6 }, () => "KmsKeyId,Name"),
    );
  });

  it("rotates the key that encrypts, and signs anchors with one that can do nothing else", () => {
    template.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    template.hasResourceProperties("AWS::KMS::Key", { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY" });
  });

  it("opens two addresses only, those of slack and revenue, whose code checks signatures", () => {
    const urls = Object.values(template.findResources("AWS::Lambda::Url")).map(
      ({ Properties }) => resourcesOf(template)[Properties.TargetFunctionArn["Fn::GetAtt"][0]],
    );
    expect(urls.map((lambda) => lambda?.Properties.FunctionName)).toEqual(["palier-slack", "palier-revenue"]);
  });

  it("tells people of every alarm, and gives none a dimension by brand", () => {
    const alarms = Object.values(template.findResources("AWS::CloudWatch::Alarm")).map(
      ({ Properties }) => Properties,
    );
    expect(alarms.map(({ AlarmName }) => AlarmName).sort()).toEqual(ALARMS.map(({ name }) => name).sort());
    const topic = { Ref: Object.keys(template.findResources("AWS::SNS::Topic"))[0] };
    for (const { AlarmActions, OKActions } of alarms)
      expect([AlarmActions, OKActions]).toEqual([[topic], [topic]]);
    expect(JSON.stringify(alarms)).not.toMatch(/"Name":"brand"/i);
  });

  it("takes a silent tick for an alarm, and a silent night for none", () => {
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "palier-tick-silent",
      Namespace: "Palier",
      MetricName: "Ticks",
      Dimensions: [{ Name: "service", Value: "tick" }],
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      TreatMissingData: "breaching",
    });
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      AlarmName: "palier-missed-night",
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
      TreatMissingData: "notBreaching",
    });
  });

  it("counts the errors of all six functions in one alarm", () => {
    const alarms = template.findResources("AWS::CloudWatch::Alarm", {
      Properties: { AlarmName: "palier-function-errors" },
    });
    const [properties] = Object.values(alarms).map(({ Properties }) => Properties);
    const names = properties.Metrics.flatMap(
      ({ MetricStat }: { MetricStat?: { Metric: { Dimensions: { Value: { Ref: string } }[] } } }) =>
        MetricStat?.Metric.Dimensions.map(
          ({ Value }) => resourcesOf(template)[Value.Ref]?.Properties.FunctionName,
        ) ?? [],
    );
    expect(names.sort()).toEqual([
      "palier-anchor",
      "palier-apply",
      "palier-observe",
      "palier-revenue",
      "palier-slack",
      "palier-tick",
    ]);
  });

  it("watches the month's cost by a budget that writes to the same topic", () => {
    template.hasResourceProperties("AWS::Budgets::Budget", {
      Budget: { BudgetName: "palier-cost", BudgetLimit: { Amount: 20, Unit: "USD" }, TimeUnit: "MONTHLY" },
      NotificationsWithSubscribers: [
        { Notification: { NotificationType: "ACTUAL" } },
        { Notification: { NotificationType: "FORECASTED" } },
      ],
    });
  });
});
