/** The two lanes. A message is only a wake-up that names a brand: losing or repeating one changes nothing. */
import { Duration } from "aws-cdk-lib";
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** The longest run of a function that takes messages. */
export const RUN_TIMEOUT = Duration.minutes(5);
/** Longer than a run, so that a message never shows again while its worker lives. */
const VISIBILITY = Duration.minutes(6);
const MAX_RECEIVES = 3;
/**
 * The tick wakes again what is still due, so an older wake-up is worth nothing, and a brand that fails for days must not fill
 * the queue. Longer than the two hours in which ten thousand brands have their night.
 */
const WAKE_UPS_KEPT = Duration.hours(4);
/** What went wrong is kept as long as SQS can, and never sent again by itself. */
const DEAD_LETTERS_KEPT = Duration.days(14);

const COMMON: QueueProps = {
  fifo: true,
  contentBasedDeduplication: false,
  // By brand instead of by queue: the hourly wake of ten thousand brands passes 300 messages a second.
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
};

export interface Lane {
  queue: Queue;
  deadLetters: Queue;
}

export class Queues extends Construct {
  readonly observe: Lane;
  readonly apply: Lane;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.observe = this.lane("observe");
    this.apply = this.lane("apply");
  }

  private lane(name: "observe" | "apply"): Lane {
    const deadLetters = new Queue(this, `${name}-dlq`, {
      ...COMMON,
      queueName: `palier-${name}-dlq.fifo`,
      retentionPeriod: DEAD_LETTERS_KEPT,
    });
    const queue = new Queue(this, name, {
      ...COMMON,
      queueName: `palier-${name}.fifo`,
      visibilityTimeout: VISIBILITY,
      retentionPeriod: WAKE_UPS_KEPT,
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
    return { queue, deadLetters };
  }
}
