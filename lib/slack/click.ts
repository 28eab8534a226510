/** What a click on a proposal's buttons says, and whether whoever clicked may say it. */
import { z } from "zod";
import { brandOfChange } from "../domain/ids.ts";

/** Values of the buttons' `action_id`; their `value` is the change's id. */
const VERDICTS: Readonly<Record<string, "approved" | "rejected">> = {
  palier_approve: "approved",
  palier_reject: "rejected",
};

/** Where Slack takes the answer to a click: nothing of ours is ever sent to another host. */
const REPLY_HOSTS: readonly string[] = ["hooks.slack.com", "hooks.slack-gov.com"];

export interface Click {
  /** As the button carries it; null for a brand where it names no change. */
  changeId: string;
  brand: string | null;
  verdict: "approved" | "rejected";
  userId: string;
}

export interface Allowed {
  /** Id of the one workspace whose clicks count. */
  team: string;
  /** Ids of the people who may answer. */
  approvers: readonly string[];
}

/** `other`: something of Slack's that is no answer to a proposal. `replyUrl` is null where Slack gave none to trust. */
export type ReadClick =
  | { kind: "click"; click: Click; replyUrl: string | null }
  | { kind: "refused"; reason: "bot" | "team" | "user"; userId: string; replyUrl: string | null }
  | { kind: "other" }
  | { kind: "malformed" };

// Source: Slack, interaction payloads, block_actions. An organisation-wide app gets no team, a workflow's step a bot.
const interactionSchema = z.object({
  type: z.string(),
  user: z.object({ id: z.string(), team_id: z.string().nullish(), is_bot: z.boolean().nullish() }),
  team: z.object({ id: z.string() }).nullish(),
  bot_id: z.string().nullish(),
  response_url: z.string().nullish(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().nullish() })).default([]),
});
type Interaction = z.output<typeof interactionSchema>;

/** Reads the form that Slack posts, its signature checked before. Roles are those of this moment, not of the posting. */
export function readClick(body: string, allowed: Allowed): ReadClick {
  const interaction = interactionOf(body);
  if (interaction === null) return { kind: "malformed" };
  const ours = interaction.actions.filter(({ action_id }) => Object.hasOwn(VERDICTS, action_id));
  const [action] = ours;
  if (interaction.type !== "block_actions" || action === undefined) return { kind: "other" };
  const verdict = VERDICTS[action.action_id];
  // Slack sends one action per click: two at once are nobody's single decision.
  if (ours.length > 1 || verdict === undefined) return { kind: "malformed" };
  const userId = interaction.user.id;
  const replyUrl = replyUrlOf(interaction);
  const reason = whyRefused(interaction, allowed);
  if (reason !== null) return { kind: "refused", reason, userId, replyUrl };
  const changeId = action.value ?? "";
  return { kind: "click", click: { changeId, brand: brandOfChange(changeId), verdict, userId }, replyUrl };
}

/** Guests of a shared channel come from their own team, and display names are nobody's identity. */
function whyRefused({ user, team, bot_id }: Interaction, allowed: Allowed): "bot" | "team" | "user" | null {
  const isBot = user.is_bot === true || (bot_id ?? "") !== "" || !/^[UW][A-Z0-9]+$/.test(user.id);
  if (isBot || user.id === "USLACKBOT") return "bot";
  if (team?.id !== allowed.team || user.team_id !== allowed.team) return "team";
  return allowed.approvers.includes(user.id) ? null : "user";
}

function interactionOf(body: string): Interaction | null {
  const payload = new URLSearchParams(body).get("payload");
  if (payload === null) return null;
  try {
    return interactionSchema.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}

function replyUrlOf({ response_url }: Interaction): string | null {
  if (response_url === null || response_url === undefined || !URL.canParse(response_url)) return null;
  const { protocol, host } = new URL(response_url);
  return protocol === "https:" && REPLY_HOSTS.includes(host) ? response_url : null;
}
