/**
 * List prices in USD, eu-west-1 (Ireland), without free tiers, taxes and discounts. Written down on the date below from the
 * providers' pricing pages as far as they are known offline: to be checked against those pages before anybody budgets by them.
 * Source: aws.amazon.com/<service>/pricing.
 */
export const PRICES_AS_OF = "2026-11-22";
export const PRICES_REGION = "eu-west-1";

export const PRICES = {
  /** AWS Lambda, ARM. */
  lambdaGbSecond: 0.000_013_333_4,
  lambdaMillionRequests: 0.2,
  /** Amazon SQS, FIFO; an action of up to 64 KB. */
  queueMillionRequests: 0.5,
  /** Amazon DynamoDB, on demand, standard class. */
  tableMillionReads: 0.1415,
  tableMillionWrites: 0.7076,
  tableGbMonth: 0.283,
  /** Point-in-time recovery. */
  tableRecoveryGbMonth: 0.226,
  /** Amazon S3. */
  blobThousandPuts: 0.005,
  blobThousandGets: 0.0004,
  blobGbMonth: 0.023,
  coolGbMonth: 0.005,
  coolThousandMoves: 0.02,
  coolGbRead: 0.03,
  /** AWS Secrets Manager. */
  secretMonth: 0.4,
  secretTenThousandReads: 0.05,
  /** AWS KMS. */
  keyMonth: 1,
  keyTenThousandRequests: 0.03,
  /** Amazon CloudWatch. */
  metricMonth: 0.3,
  alarmMetricMonth: 0.1,
  dashboardMonth: 3,
  logGbTaken: 0.57,
  logGbMonth: 0.03,
  /** Amazon EventBridge Scheduler. */
  scheduleMillion: 1,
} as const;
