/** The six functions: what each knows, how large it is, and what wakes it. */
import { Duration } from "aws-cdk-lib";
import { type Code, FunctionUrlAuthType, type IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FunctionName } from "../permissions.ts";
import type { Stage } from "../stages.ts";
import type { Buckets } from "./buckets.ts";
import { type FunctionShape, PalierFunction } from "./function.ts";
import type { Keys } from "./keys.ts";
import type { ResourceArns } from "./policies.ts";
import { type Queues, RUN_TIMEOUT } from "./queues.ts";
import { SECRET_NAMES, type Secrets } from "./secrets.ts";

export interface FunctionsProps {
  stage: Stage;
  codeOf(name: FunctionName): Code;
  keys: Keys;
  buckets: Buckets;
  queues: Queues;
  secrets: Secrets;
  arns: ResourceArns;
}

const SMALL_MB = 256;
/** Memory is processor time too, and reading an ad SDK takes a second on a small one. */
const LARGE_MB = 1024;

const SHAPES: Record<FunctionName, FunctionShape> = {
  // One at a time, over before the next minute.
  tick: { memoryMb: SMALL_MB, timeout: Duration.seconds(50), reserved: 1 },
  observe: { memoryMb: LARGE_MB, timeout: RUN_TIMEOUT },
  apply: { memoryMb: LARGE_MB, timeout: RUN_TIMEOUT },
  // Their addresses are public: whoever floods them must not take what the others need. Slack waits three seconds, a cold start
  // included, and a morning's fifty clicks a second of a fifth of a second each are ten at once.
  slack: { memoryMb: LARGE_MB, timeout: Duration.seconds(10), reserved: 20 },
  revenue: { memoryMb: SMALL_MB, timeout: Duration.seconds(10), reserved: 2 },
  anchor: { memoryMb: SMALL_MB, timeout: Duration.minutes(5), reserved: 1 },
};

export class Functions extends Construct {
  readonly all: Readonly<Record<FunctionName, IFunction>>;
  readonly slackUrl: string;
  readonly revenueUrl: string;

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id);
    const create = (name: FunctionName) =>
      new PalierFunction(this, name, {
        name,
        code: props.codeOf(name),
        environment: environmentOf(name, props),
        arns: props.arns,
        ...SHAPES[name],
      });
    const tick = create("tick");
    const observe = create("observe");
    const apply = create("apply");
    const slack = create("slack");
    const revenue = create("revenue");
    const anchor = create("anchor");
    tick.neverRepeatByItself();
    observe.takeFrom(props.queues.observe.queue, props.stage.observeConcurrency);
    apply.takeFrom(props.queues.apply.queue, props.stage.applyConcurrency);
    props.secrets.onlyFor(apply.role, ["metaWrite", "googleWrite"]);
    // No AWS signature: Slack and shops have none. The code checks theirs before anything else.
    this.slackUrl = slack.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    this.revenueUrl = revenue.lambda.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }).url;
    this.all = {
      tick: tick.lambda,
      observe: observe.lambda,
      apply: apply.lambda,
      slack: slack.lambda,
      revenue: revenue.lambda,
      anchor: anchor.lambda,
    };
  }
}

/** Each function is told what it needs and nothing else. */
function environmentOf(name: FunctionName, props: FunctionsProps): Record<string, string> {
  const { stage, buckets, queues, keys } = props;
  const PALIER_STAGE = stage.name;
  const PALIER_BLOBS_BUCKET = buckets.blobs.bucketName;
  const lanes = {
    PALIER_OBSERVE_QUEUE_URL: queues.observe.queue.queueUrl,
    PALIER_APPLY_QUEUE_URL: queues.apply.queue.queueUrl,
  };
  const PALIER_SLACK_SECRET = SECRET_NAMES.slackSecret;
  const run = (platforms: Record<string, string>) => ({
    PALIER_STAGE,
    PALIER_BLOBS_BUCKET,
    ...lanes,
    PALIER_PLATFORM_SECRETS: JSON.stringify(platforms),
  });
  switch (name) {
    case "tick":
      return { PALIER_STAGE, ...lanes };
    case "observe":
      return {
        ...run({ meta: SECRET_NAMES.metaRead, google: SECRET_NAMES.googleRead }),
        PALIER_SLACK_SECRET,
      };
    case "apply":
      return run({ meta: SECRET_NAMES.metaWrite, google: SECRET_NAMES.googleWrite });
    case "slack":
      return { PALIER_STAGE, PALIER_BLOBS_BUCKET, ...lanes, PALIER_SLACK_SECRET };
    case "revenue":
      return { PALIER_STAGE, PALIER_REVENUE_SECRET: SECRET_NAMES.revenueSecret };
    case "anchor":
      return {
        PALIER_STAGE,
        PALIER_ANCHORS_BUCKET: buckets.anchors.bucketName,
        PALIER_ANCHOR_KEY: keys.anchor.keyId,
      };
  }
}
