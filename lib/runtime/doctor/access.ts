/** How far a credential reaches, when it ends, how much of the quota is left, and whether this machine's clock is right. */
import type { BrandAccount } from "../../domain/brand.ts";
import { accountKey } from "../../domain/ids.ts";
import type { Access, Platform } from "../../platforms/port.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** What a credential is for: everything on one machine, one of the two in a deployment. */
export type Role = "everything" | "reading";

export interface AccessQuestion {
  role: Role;
  /** True once a rule may propose or apply: only then does anybody need to write. */
  leftShadow: boolean;
  wallMs(): number;
}

const MS_PER_SECOND = 1000;
const MS_PER_HOUR = 3_600_000;
/** Fences and signatures live for seconds and minutes, so a clock beyond this cannot be worked with. */
const MOST_SKEW_MS = 60_000;
/** A token that ends is renewed by a person, who needs a working day. */
const WARN_HOURS = 7 * 24;
const FAIL_HOURS = 48;
/** Reading stops at 90 % so that changes can be read back. */
const QUOTA_WARN_PERCENT = 75;
const QUOTA_FAIL_PERCENT = 90;

const READ_ONLY: Readonly<Record<string, string>> = {
  meta: "make a token of a system user without ads_management",
  google: "give the user of this refresh token read-only access in Google Ads",
};

/** @throws PlatformError */
export async function checkAccess(
  account: BrandAccount,
  platform: Platform,
  { role, leftShadow, wallMs }: AccessQuestion,
): Promise<Finding[]> {
  const subject = accountKey(account);
  const askedAtMs = wallMs();
  const access = await platform.checkAccess(account);
  const answeredAtMs = wallMs();
  return [
    judgeReach(subject, account.platform, access, { role, leftShadow }),
    judgeEnd(subject, access.endsAtMs, answeredAtMs),
    judgeQuota(subject, access.quotaUsedPercent),
    judgeClock(subject, access.platformMs, { askedAtMs, answeredAtMs }),
  ];
}

function judgeReach(
  subject: string,
  platform: string,
  { writing, detail }: Access,
  { role, leftShadow }: Pick<AccessQuestion, "role" | "leftShadow">,
): Finding {
  const check = "access.reach";
  const readOnly = READ_ONLY[platform] ?? "use a credential that only reads";
  if (writing === "unknown") {
    return warning(
      check,
      subject,
      `it is not known whether it may write: ${detail}`,
      `ask again later, or ${readOnly}`,
    );
  }
  if (role === "reading") {
    return writing === "refused"
      ? ok(check, subject, `reads, and is refused to write: ${detail}`)
      : failed(check, subject, `the credential for reading may write: ${detail}`, readOnly);
  }
  if (writing === "allowed") {
    return leftShadow
      ? ok(check, subject, `reads and writes: ${detail}`)
      : warning(check, subject, `may write while every rule is only watched: ${detail}`, readOnly);
  }
  const fix = "give the credential permission to write before anything is approved";
  return leftShadow
    ? warning(check, subject, `only reads, so nothing that is approved can be made: ${detail}`, fix)
    : ok(check, subject, `only reads, which is enough while every rule is only watched: ${detail}`);
}

function judgeEnd(subject: string, endsAtMs: number | null, nowMs: number): Finding {
  const check = "access.end";
  if (endsAtMs === null) return ok(check, subject, "the platform tells no end of the credential");
  const hours = Math.floor((endsAtMs - nowMs) / MS_PER_HOUR);
  const found = `the credential ends at ${new Date(endsAtMs).toISOString()}, in ${hours} hours`;
  const fix = "renew it now: nothing can be read once it has ended";
  if (hours < FAIL_HOURS) return failed(check, subject, found, fix);
  return hours < WARN_HOURS ? warning(check, subject, found, fix) : ok(check, subject, found);
}

function judgeQuota(subject: string, usedPercent: number | null): Finding {
  const check = "access.quota";
  if (usedPercent === null)
    return ok(check, subject, "the platform does not tell how much of the quota is used");
  const found = `${usedPercent} % of the quota is used`;
  const fix = "see what else calls with this app or token, and wait before the next night";
  if (usedPercent >= QUOTA_FAIL_PERCENT) return failed(check, subject, found, fix);
  return usedPercent >= QUOTA_WARN_PERCENT ? warning(check, subject, found, fix) : ok(check, subject, found);
}

/** The platform's time lies between question and answer, give or take the second that its header is cut to. */
function judgeClock(
  subject: string,
  platformMs: number | null,
  { askedAtMs, answeredAtMs }: { askedAtMs: number; answeredAtMs: number },
): Finding {
  const check = "access.clock";
  if (platformMs === null) {
    return warning(
      check,
      subject,
      "the platform's answer carries no time",
      "see that no proxy drops the Date header",
    );
  }
  const fast = askedAtMs - (platformMs + MS_PER_SECOND);
  const slow = platformMs - answeredAtMs;
  const skewSeconds = Math.round(Math.max(fast, slow, 0) / MS_PER_SECOND);
  const found =
    skewSeconds === 0
      ? "this machine's clock and the platform's agree"
      : `this machine's clock is ${skewSeconds} s ${fast > slow ? "ahead of" : "behind"} the platform's`;
  return skewSeconds * MS_PER_SECOND > MOST_SKEW_MS
    ? failed(check, subject, found, "set the clock by a time server (NTP)")
    : ok(check, subject, found);
}
