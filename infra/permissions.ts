/**
 * Which function may do what, on what: the whole of it. The constructs make the IAM policies from this table, the README
 * prints it, and a test reads the template back and compares both ways.
 *
 * What IAM cannot say: a PutItem without its condition would replace an item. So the log's promise is PutItem alone (no
 * update, no delete), the condition in the code, the hash chain that shows a replaced entry, and the anchors outside.
 */
export const FUNCTION_NAMES = ["tick", "observe", "apply", "slack", "revenue", "anchor"] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

export type ResourceName =
  | "table"
  | "blobs"
  | "blobObjects"
  | "anchors"
  | "anchorObjects"
  | "observeQueue"
  | "applyQueue"
  | "metaRead"
  | "metaWrite"
  | "googleRead"
  | "googleWrite"
  | "slackSecret"
  | "revenueSecret"
  | "dataKey"
  | "anchorKey"
  | "ownLogs"
  | "observeDeadLetters"
  | "applyDeadLetters"
  | "bucketNames";

export type Service = "dynamodb" | "s3" | "secretsmanager";

export interface Permission {
  on: ResourceName;
  actions: readonly string[];
  /** Only items of these partitions of the table. */
  partitions?: readonly string[];
  /** Only objects that do not exist yet. */
  newOnly?: true;
  /** Only when one of these services asks on the function's behalf. */
  through?: readonly Service[];
}

const LOG = "log#*";
const SUMMARIES = "brands";
const STOPS = "control";
const CHECKPOINTS = "checkpoints";
const FIGURES = "revenue#*";
const CLAIMS = "claims";

const GET = "dynamodb:GetItem";
const PUT = "dynamodb:PutItem";
const QUERY = "dynamodb:Query";

const ownLogs: Permission = { on: "ownLogs", actions: ["logs:CreateLogStream", "logs:PutLogEvents"] };
const blobRead: readonly Permission[] = [
  { on: "blobObjects", actions: ["s3:GetObject"] },
  // Without it a missing blob looks like a forbidden one.
  { on: "blobs", actions: ["s3:ListBucket"] },
];
const secret = (on: ResourceName): Permission => ({ on, actions: ["secretsmanager:GetSecretValue"] });
const items = (actions: readonly string[], partitions: readonly string[]): Permission => ({
  on: "table",
  actions,
  partitions,
});
const send = (on: "observeQueue" | "applyQueue"): Permission => ({ on, actions: ["sqs:SendMessage"] });
const consume = (on: "observeQueue" | "applyQueue"): Permission => ({
  on,
  actions: [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
  ],
});
const reading = (...through: Service[]): Permission => ({
  on: "dataKey",
  actions: ["kms:Decrypt", "kms:DescribeKey"],
  through,
});
const writing = (...through: Service[]): Permission => ({
  on: "dataKey",
  actions: ["kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"],
  through,
});

export const PERMISSIONS: Record<FunctionName, readonly Permission[]> = {
  tick: [
    items([QUERY], [SUMMARIES, STOPS]),
    reading("dynamodb"),
    send("observeQueue"),
    send("applyQueue"),
    ownLogs,
  ],
  observe: [
    items([GET, QUERY, PUT], [LOG]),
    items([GET, PUT], [SUMMARIES]),
    items([QUERY], [STOPS, FIGURES]),
    items([GET, PUT], [CHECKPOINTS]),
    ...blobRead,
    { on: "blobObjects", actions: ["s3:PutObject"], newOnly: true },
    reading("dynamodb", "s3", "secretsmanager"),
    writing("dynamodb", "s3"),
    consume("observeQueue"),
    send("observeQueue"),
    send("applyQueue"),
    secret("metaRead"),
    secret("googleRead"),
    // It alone posts and updates messages.
    secret("slackSecret"),
    ownLogs,
  ],
  apply: [
    items([GET, QUERY, PUT], [LOG]),
    items([GET, PUT], [SUMMARIES]),
    items([QUERY, PUT], [STOPS]),
    items([GET, PUT], [CHECKPOINTS]),
    ...blobRead,
    reading("dynamodb", "s3", "secretsmanager"),
    writing("dynamodb"),
    consume("applyQueue"),
    send("applyQueue"),
    send("observeQueue"),
    secret("metaWrite"),
    secret("googleWrite"),
    ownLogs,
  ],
  slack: [
    items([GET, QUERY, PUT], [LOG]),
    items([GET, QUERY, PUT], [SUMMARIES]),
    items([QUERY], [STOPS]),
    items([GET, PUT], [CHECKPOINTS]),
    ...blobRead,
    reading("dynamodb", "s3", "secretsmanager"),
    writing("dynamodb"),
    send("observeQueue"),
    send("applyQueue"),
    secret("slackSecret"),
    ownLogs,
  ],
  revenue: [
    items([QUERY, PUT], [FIGURES]),
    reading("dynamodb", "secretsmanager"),
    writing("dynamodb"),
    secret("revenueSecret"),
    ownLogs,
  ],
  anchor: [
    items([QUERY], [SUMMARIES, LOG]),
    reading("dynamodb"),
    { on: "anchorObjects", actions: ["s3:PutObject"], newOnly: true },
    { on: "anchorKey", actions: ["kms:Sign"] },
    ownLogs,
  ],
};

/**
 * What people need who publish, check up, answer, stop, and check anchors; a managed policy for their role. The one deletion is of a stop,
 * which is how work is resumed.
 */
export const OPERATOR: readonly Permission[] = [
  items([GET, QUERY, PUT], [LOG, SUMMARIES, STOPS, CHECKPOINTS, CLAIMS]),
  items([QUERY], [FIGURES]),
  items(["dynamodb:DeleteItem"], [STOPS]),
  { on: "table", actions: ["dynamodb:DescribeTable"] },
  ...blobRead,
  { on: "blobObjects", actions: ["s3:PutObject"], newOnly: true },
  reading("dynamodb", "s3", "secretsmanager"),
  writing("dynamodb", "s3"),
  send("observeQueue"),
  send("applyQueue"),
  ...(["observeQueue", "applyQueue", "observeDeadLetters", "applyDeadLetters"] as const).map(
    (on): Permission => ({ on, actions: ["sqs:GetQueueAttributes", "sqs:GetQueueUrl"] }),
  ),
  secret("metaRead"),
  secret("googleRead"),
  ...(["metaRead", "googleRead", "metaWrite", "googleWrite", "slackSecret", "revenueSecret"] as const).map(
    (on): Permission => ({ on, actions: ["secretsmanager:DescribeSecret"] }),
  ),
  { on: "anchors", actions: ["s3:ListBucket"] },
  { on: "anchorObjects", actions: ["s3:GetObject"] },
  { on: "anchorKey", actions: ["kms:GetPublicKey"] },
  // The commands look the bucket of blobs up by its name's beginning, and S3 shows all names or none.
  { on: "bucketNames", actions: ["s3:ListAllMyBuckets"] },
];

/**
 * What people need who only answer, stop and resume by command, as while Slack is out of reach: no secret, no queue. Whoever may put
 * entries may put any: AWS knows whose credentials did it (CloudTrail), the log only whom they named.
 */
export const DESK: readonly Permission[] = [
  items([GET, QUERY, PUT], [LOG]),
  // The row says that something waits; the tick reads it each minute.
  items([GET, QUERY, PUT], [SUMMARIES]),
  items([QUERY, PUT, "dynamodb:DeleteItem"], [STOPS]),
  { on: "table", actions: ["dynamodb:DescribeTable"] },
  ...blobRead,
  reading("dynamodb", "s3"),
  writing("dynamodb"),
  { on: "bucketNames", actions: ["s3:ListAllMyBuckets"] },
];
