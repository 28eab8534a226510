/**
 * What a user may do: Google's one OAuth scope covers everything, so only the user's own role tells, and it shows by asking for
 * an edit that Google is told to check only and that would leave everything as it is.
 */
import { z } from "zod";
import type { Access } from "../port.ts";
import type { GoogleApi } from "./api.ts";
import { isMissingPermission } from "./errors.ts";
import { parseRows } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

/** An ordinary campaign: nothing but a missing permission can stand against the status that it has. */
const QUERY = [
  "SELECT campaign.id, campaign.status FROM campaign",
  "WHERE campaign.status IN ('ENABLED', 'PAUSED') AND campaign.experiment_type = 'BASE' LIMIT 1",
].join(" ");

const campaignSchema = z.object({
  campaign: z.object({ id: z.string().regex(/^\d{1,20}$/), status: z.enum(["ENABLED", "PAUSED"]) }),
});

/** @throws PlatformError where the account cannot be read. */
export async function readAccess(api: GoogleApi, session: ReadSession, accountId: string): Promise<Access> {
  const [row] = parseRows(campaignSchema, await session.query(QUERY), "a campaign");
  const told = { endsAtMs: null, quotaUsedPercent: null, platformMs: api.serverMs() };
  if (row === undefined) {
    return { ...told, writing: "unknown", detail: "there is no campaign whose edit could be asked about" };
  }
  const { id, status } = row.campaign;
  const name = `customers/${accountId}/campaigns/${id}`;
  const answer = await api.mutate(accountId, { resource: "campaign", name, status }, true);
  if (answer.kind === "answer") {
    return { ...told, writing: "allowed", detail: "an edit that is only checked was accepted" };
  }
  const { failure } = answer;
  const said = `an edit that is only checked was answered with ${failure.code ?? failure.kind}`;
  const refused = isMissingPermission(failure) || (failure.definite && failure.code === "PERMISSION_DENIED");
  return { ...told, writing: refused ? "refused" : "unknown", detail: said };
}
