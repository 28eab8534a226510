/**
 * Meta's rate-limit headers. They are JSON inside a header, spelt and shaped differently per bucket, and sometimes absent or
 * broken: whatever cannot be read counts as no usage, because the platform's own refusal still follows.
 * Source: Meta Marketing API, Rate Limiting.
 */

export type Headers = Readonly<Record<string, string>>;

export interface Usage {
  /** Highest use of any bucket in percent; 0 where no header says. */
  highestPercent: number;
  /** Longest wait that a bucket names; null where none does. */
  regainMs: number | null;
}

const HEADERS = [
  "x-business-use-case-usage",
  "x-ad-account-usage",
  "x-app-usage",
  "x-fb-ads-insights-throttle",
];

const PERCENT_KEYS = ["call_count", "total_cputime", "total_time", "acc_id_util_pct", "app_id_util_pct"];

const MS_PER_SECOND = 1000;
const MS_PER_MINUTE = 60_000;

/** Usage over all headers of one answer; header names in lower case. */
export function usageOf(headers: Headers): Usage {
  const buckets = HEADERS.flatMap((name) => bucketsOf(headers[name]));
  const percents = buckets.flatMap((bucket) => PERCENT_KEYS.map((key) => numberAt(bucket, key)));
  const waits = buckets.flatMap((bucket) => [
    // Minutes in one header, seconds in the other.
    numberAt(bucket, "estimated_time_to_regain_access") * MS_PER_MINUTE,
    numberAt(bucket, "reset_time_duration") * MS_PER_SECOND,
  ]);
  const longestMs = Math.max(0, ...waits);
  return { highestPercent: Math.max(0, ...percents), regainMs: longestMs > 0 ? longestMs : null };
}

/** The wait in `Retry-After`, which Meta gives in seconds; null where there is none. */
export function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * MS_PER_SECOND : null;
}

/** One header is either a bucket or a map from business ids to lists of buckets. */
function bucketsOf(header: string | undefined): object[] {
  if (header === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(header);
    if (typeof parsed !== "object" || parsed === null) return [];
    return [parsed, ...Object.values(parsed).flat()].filter(
      (bucket) => typeof bucket === "object" && bucket !== null,
    );
  } catch {
    return [];
  }
}

function numberAt(bucket: object, key: string): number {
  const value = Number((bucket as Record<string, unknown>)[key] ?? 0);
  return Number.isFinite(value) ? value : 0;
}
