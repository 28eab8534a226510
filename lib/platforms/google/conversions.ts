/**
 * The brand's conversion actions by their names. A name that is misspelt or was removed would read as no conversions at all,
 * so each must be one that counts. Source: Google Ads API v25, ConversionAction.
 */
import type { Claim } from "../../domain/claim.ts";
import { failureOf, platformError } from "./errors.ts";
import { compareText } from "./order.ts";
import { conversionActionSchema, parseRows, refuseStrangers } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const QUERY = [
  "SELECT customer.id, conversion_action.id, conversion_action.name, conversion_action.status,",
  "conversion_action.include_in_conversions_metric FROM conversion_action",
].join(" ");

/** The account's own attribution, the only one that Google answers with. */
const AS_SET = "asSet";

/** What is counted, by the names of actions. */
export interface Counted {
  /** True for names whose conversions stand in the plain column, false for those that only "all conversions" has. */
  columns: ReadonlyMap<string, boolean>;
  /** Those that the account's plain figures count. */
  own: readonly string[];
  /** Those of the claims that Google can count: under its one attribution, of actions that record. */
  claims: readonly Claim[];
}

/** @throws PlatformError `invalid` for an own name of which there is not exactly one action that records. */
export async function readCounted(
  session: ReadSession,
  accountId: string,
  own: readonly string[],
  asked: readonly Claim[],
): Promise<Counted> {
  const recording = await recordingActions(session, accountId);
  const named = (name: string) => recording.filter((action) => action.name === name);
  const wrong = own.find((name) => named(name).length !== 1);
  if (wrong !== undefined) throw refusal(wrong, named(wrong).length, recording);
  const claims = asked.filter(
    ({ names, attribution }) =>
      attribution === AS_SET && names.length > 0 && names.every((name) => named(name).length === 1),
  );
  const names = [...own, ...claims.flatMap((claim) => claim.names)];
  const columns = new Map(
    names.map((name) => [name, named(name)[0]?.includeInConversionsMetric ?? false] as const),
  );
  return { columns, own, claims };
}

/** The actions that record, as the brand file may name them. @throws PlatformError */
export async function recordingActions(session: ReadSession, accountId: string) {
  const what = "conversion actions";
  const rows = parseRows(conversionActionSchema, await session.query(QUERY), what);
  refuseStrangers(rows, accountId, what);
  return rows.map(({ conversionAction }) => conversionAction).filter(({ status }) => status === "ENABLED");
}

function refusal(name: string, found: number, recording: readonly { name: string }[]): Error {
  const known = recording.map((action) => `"${action.name}"`).sort(compareText);
  const problem = found === 0 ? "is none that records" : "is the name of several";
  const text = `the conversion "${name}" ${problem} in this account; those that record: ${known.join(", ") || "none"}`;
  return platformError(failureOf("invalid", text, "conversionName"));
}
