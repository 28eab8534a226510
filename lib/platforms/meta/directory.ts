/**
 * What a new brand file is written from: the token's ad accounts, and what each of them counts.
 * Source: Meta Marketing API, User/adaccounts, AdAccount, Insights.
 */
import { addDays, type Day } from "../../domain/day.ts";
import type { AccountRef } from "../../domain/ids.ts";
import type { CountedConversion, ReachableAccount } from "../port.ts";
import { attributionOf } from "./attribution.ts";
import { failureOf, platformError } from "./errors.ts";
import { readActionSums } from "./insights.ts";
import { metaManifest } from "./manifest.ts";
import { idSegment } from "./read.ts";
import { listedAccountSchema, parseAnswer } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const ACCOUNT_FIELDS = "account_id,name,currency,timezone_name,account_status";
/** Active, and active while a payment is late: both deliver. */
const DELIVERING = [1, 9];

/** One purchase stands under both, so either may be what the brand counts, and never their sum. */
const PURCHASES = ["omni_purchase", "purchase"];

/** What people do with an ad or its page on the way; nobody would count it as the aim of the spend. */
const ON_THE_WAY = [
  ...["comment", "landing_page_view", "like", "link_click", "omni_landing_page_view", "outbound_click"],
  ...[
    "page_engagement",
    "photo_view",
    "post",
    "post_engagement",
    "post_interaction_gross",
    "post_interaction_net",
  ],
  ...["post_reaction", "video_view"],
];

const MICROS_PER_CONVERSION = 1_000_000;

/** @throws PlatformError */
export async function listAccounts(session: ReadSession): Promise<ReachableAccount[]> {
  const rows = await session.list({
    path: ["me", "adaccounts"],
    params: { fields: ACCOUNT_FIELDS },
    range: null,
  });
  const accounts = rows.map((row): ReachableAccount => {
    const { account_id, name, currency, timezone_name, account_status } = parseAnswer(
      listedAccountSchema,
      row,
      "an ad account",
    );
    const status = DELIVERING.includes(account_status) ? "active" : "other";
    return { platform: metaManifest.id, accountId: account_id, name, currency, zone: timezone_name, status };
  });
  const ids = accounts.map(({ accountId }) => accountId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined)
    throw platformError(failureOf("malformed", `Meta lists account ${repeated} twice`));
  return accounts.sort((a, b) => compareIds(a.accountId, b.accountId));
}

/** As Ads Manager counts, by each ad set's own attribution. @throws PlatformError */
export async function listConversions(
  session: ReadSession,
  account: AccountRef,
  days: number,
  today: Day,
): Promise<CountedConversion[]> {
  const sums = await readActionSums(session, {
    account: { ...account, accountId: idSegment(account.accountId) },
    attribution: attributionOf("asSet"),
    from: addDays(today, -days),
    to: addDays(today, -1),
  });
  return [...sums]
    .filter(([type]) => !ON_THE_WAY.includes(type) && metaManifest.conversionSchema.safeParse(type).success)
    .map(([name, { countMicros, valueMicros }]) => ({
      name,
      conversions: Number(countMicros) / MICROS_PER_CONVERSION,
      conversionValueMicros: valueMicros,
      primary: PURCHASES.includes(name),
    }))
    .filter(({ conversions }) => conversions > 0)
    .sort((a, b) => b.conversions - a.conversions || (a.name < b.name ? -1 : 1));
}

/** Ids are integers too long for numbers. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
