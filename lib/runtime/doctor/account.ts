/** One account, read live: can it be read, is it the brand's kind of account, does the conversion exist, is the history open? */
import type { Brand, BrandAccount } from "../../domain/brand.ts";
import { localDay } from "../../domain/day.ts";
import { accountKey } from "../../domain/ids.ts";
import type { AccountSnapshot } from "../../domain/snapshot.ts";
import { NOTHING_FURTHER, type Platform } from "../../platforms/port.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** Four weeks: a brand that sells has conversions in them. */
const DAYS = 28;
const EDIT_HOURS = 24;
const MS_PER_HOUR = 3_600_000;

/** @throws PlatformError */
export async function checkAccount(
  brand: Brand,
  account: BrandAccount,
  platform: Platform,
  nowMs: number,
): Promise<Finding[]> {
  const { snapshot } = await platform.fetchAccount({
    account,
    levels: ["account"],
    days: DAYS,
    today: localDay(nowMs, brand.zone),
    editsFromMs: nowMs - EDIT_HOURS * MS_PER_HOUR,
    nowMs,
    ...NOTHING_FURTHER,
  });
  const subject = accountKey(account);
  return [
    ok("account.readable", subject, `"${snapshot.name}" is read, with ${snapshot.entities.length} entities`),
    judgeSame("account.currency", subject, { brand: brand.currency, account: snapshot.currency }),
    judgeSame("account.zone", subject, { brand: brand.zone, account: snapshot.zone }),
    judgeConversions(subject, snapshot),
    judgeHistory(subject, snapshot),
  ];
}

function judgeSame(check: string, subject: string, has: { brand: string; account: string }): Finding {
  if (has.brand === has.account) return ok(check, subject, has.account);
  const fix = "correct the brand file, or move the account to a brand of its own: a brand has one";
  return failed(check, subject, `the account has ${has.account}, the brand ${has.brand}`, fix);
}

/** Spend without any conversion in four weeks is more often a wrong name than a bad month. */
function judgeConversions(subject: string, { conversion, insights }: AccountSnapshot): Finding {
  const check = "account.conversions";
  const counted = insights.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0);
  const found = `${Math.round(counted)} conversions by "${conversion}" in ${DAYS} days`;
  const spent = insights.some(({ spendMicros }) => spendMicros > 0n);
  if (counted > 0 || !spent) return ok(check, subject, counted > 0 ? found : `${found}, and no spend`);
  return warning(
    check,
    subject,
    `${found}, in spite of spend`,
    "compare the name with the platform's own list",
  );
}

function judgeHistory(subject: string, { history }: AccountSnapshot): Finding {
  const check = "account.history";
  if (history !== null) return ok(check, subject, "who changed what can be read");
  const fix = "let the credential's user see the account's history: without it nobody's edits are noticed";
  return warning(check, subject, "the history of edits is closed to this credential", fix);
}
