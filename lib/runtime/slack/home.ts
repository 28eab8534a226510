/** A person's home tab: what waits for them, in every brand whose desk knows them. */
import type { BrandState } from "../../domain/state.ts";
import { homeView } from "../../slack/home.ts";
import type { From } from "../../slack/inbound.ts";
import { ANYBODY, deskNow } from "./desk-view.ts";
import type { Exchange } from "./parts.ts";

/** A home has 100 blocks: more brands would have no room for their proposals. */
const MAX_BRANDS = 10;

/** @throws RuntimeError `slack.call`; StoreError. */
export async function publishHome(exchange: Exchange, { userId, team, app, outsider }: From): Promise<void> {
  const { parts, bot } = exchange;
  const states =
    outsider === null
      ? await parts.directory.find(
          exchange,
          ({ place, members }) => place?.team === team && place?.app === app && members.includes(userId),
        )
      : [];
  const nowMs = await parts.clock.nowMs();
  const desks = states
    .sort((a, b) => openCount(b) - openCount(a) || (a.brand < b.brand ? -1 : 1))
    .slice(0, MAX_BRANDS)
    .flatMap((state) => deskNow(state, userId, nowMs) ?? []);
  const view = homeView(desks, desks[0]?.reader ?? ANYBODY);
  await parts.calls.call("views.publish", bot, { user_id: userId, view });
}

function openCount({ proposals }: BrandState): number {
  return Object.values(proposals).filter(({ status }) => status === "open").length;
}
