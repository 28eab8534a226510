/**
 * The brand's conversion actions by their names. A name that is misspelt or was removed would read as no conversions at all,
 * so each must be one that counts. Source: Google Ads API v25, ConversionAction.
 */
import { failureOf, platformError } from "./errors.ts";
import { compareText } from "./order.ts";
import { conversionActionSchema, parseRows, refuseStrangers } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

const QUERY = [
  "SELECT customer.id, conversion_action.id, conversion_action.name, conversion_action.status,",
  "conversion_action.include_in_conversions_metric FROM conversion_action",
].join(" ");

/** True for names whose conversions stand in the plain column, false for those that only "all conversions" has. */
export type Columns = ReadonlyMap<string, boolean>;

/** @throws PlatformError `invalid` for a name of which there is not exactly one action that records. */
export async function readColumns(
  session: ReadSession,
  accountId: string,
  names: readonly string[],
): Promise<Columns> {
  const recording = await recordingActions(session, accountId);
  return new Map(
    names.map((name) => {
      const found = recording.filter((action) => action.name === name);
      const [action] = found;
      if (action === undefined || found.length > 1) throw refusal(name, found.length, recording);
      return [name, action.includeInConversionsMetric ?? false];
    }),
  );
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
