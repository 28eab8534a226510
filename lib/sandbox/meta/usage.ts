/** The usage headers, whose figures rise with every call and fall when an hour has passed on the sandbox's clock. */

const MS_PER_HOUR = 3_600_000;
/** Calls an hour that would use up the quota. Far above what a night needs, so that only a runaway loop gets near. */
const CALLS_PER_HOUR = 20_000;

export interface Usage {
  calls: number;
  sinceMs: number;
}

export function countCall(usage: Usage, clockMs: number): Usage {
  if (clockMs - usage.sinceMs >= MS_PER_HOUR) return { calls: 1, sinceMs: clockMs };
  return { ...usage, calls: usage.calls + 1 };
}

/** Source: Meta Marketing API, rate limiting. Each value is a JSON text; percentages run 0 to 100. */
export function usageHeaders(
  usage: Usage,
  accountId: string,
  kind: "ads_insights" | "ads_management",
): Record<string, string> {
  const percent = Math.min(100, (usage.calls * 100) / CALLS_PER_HOUR);
  const rounded = Math.ceil(percent);
  const tier = "standard_access";
  const useCase = {
    type: kind,
    call_count: rounded,
    total_cputime: rounded,
    total_time: rounded,
    estimated_time_to_regain_access: 0,
    ads_api_access_tier: tier,
  };
  return {
    "x-app-usage": JSON.stringify({ call_count: rounded, total_cputime: rounded, total_time: rounded }),
    "x-ad-account-usage": JSON.stringify({
      acc_id_util_pct: percent,
      reset_time_duration: 300,
      ads_api_access_tier: tier,
    }),
    "x-business-use-case-usage": JSON.stringify({ [accountId]: [useCase] }),
  };
}
