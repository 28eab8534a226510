/**
 * What a token may do, by its own list of permissions: an edit that is only validated would be made by a server that overlooked
 * the option. Source: Facebook Login, User Permissions and Debug Token.
 */
import { z } from "zod";
import type { Access } from "../port.ts";
import type { Answer, MetaApi } from "./api.ts";
import { platformError } from "./errors.ts";
import { parseAnswer } from "./schemas.ts";
import { type Headers, usageOf } from "./usage.ts";

/** Without it no budget can be changed, whatever role the token's user has in the account. */
const WRITING = "ads_management";
const MOST_PERMISSIONS = 100;
const MS_PER_SECOND = 1000;

const permissionsSchema = z.object({
  data: z.array(z.object({ permission: z.string(), status: z.string() })),
});
/** 0 and absent mean that there is no such end. */
const seconds = z.number().int().nonnegative().nullish();
const debugSchema = z.object({
  data: z.object({ expires_at: seconds, data_access_expires_at: seconds }),
});

/** @throws PlatformError */
export async function readAccess(api: MetaApi, token: string): Promise<Access> {
  const { body, headers } = answerOf(await api.get(["me", "permissions"], { limit: MOST_PERMISSIONS }));
  const { data } = parseAnswer(permissionsSchema, body, "the token's permissions");
  const granted = data.filter(({ status }) => status === "granted").map(({ permission }) => permission);
  return {
    writing: granted.includes(WRITING) ? "allowed" : "refused",
    detail: granted.length === 0 ? "no permission is granted" : `granted: ${granted.join(", ")}`,
    endsAtMs: await endOf(api, token),
    quotaUsedPercent: usageOf(headers).highestPercent,
    platformMs: dateIn(headers),
  };
}

/** Null also where Meta does not tell it of this token, which stops nothing. */
async function endOf(api: MetaApi, token: string): Promise<number | null> {
  const answer = await api.get(["debug_token"], { input_token: token });
  const parsed = debugSchema.safeParse(answer.kind === "answer" ? answer.body : null);
  if (!parsed.success) return null;
  const { expires_at, data_access_expires_at } = parsed.data.data;
  const ends = [expires_at, data_access_expires_at].filter((end) => typeof end === "number" && end > 0);
  return ends.length === 0 ? null : Math.min(...ends.map(Number)) * MS_PER_SECOND;
}

function dateIn(headers: Headers): number | null {
  const atMs = Date.parse(headers.date ?? "");
  return Number.isFinite(atMs) ? atMs : null;
}

function answerOf(answer: Answer): Extract<Answer, { kind: "answer" }> {
  if (answer.kind === "failure") throw platformError(answer.failure);
  return answer;
}
