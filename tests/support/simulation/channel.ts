/** The brand's channel: a served fake Slack that the official client speaks to, and what its people see in it. */
import type { Brand } from "../../../lib/domain/brand.ts";
import type { Messenger } from "../../../lib/domain/messenger.ts";
import { messengerOf } from "../../../lib/runtime/messenger.ts";
import { type Person, type RunningSlack, serveSlack } from "../../../lib/sandbox/slack/index.ts";
import type { StoredMessage } from "../../../lib/sandbox/slack/store.ts";
import { aFolder } from "../home.ts";
import type { Machine } from "./machine.ts";
import { MEMBERS, PLACE } from "./setup.ts";

const BOT_TOKEN = "xoxb-simulation";

export async function serveChannel(now: () => number): Promise<RunningSlack> {
  const { team, app, channel } = PLACE;
  const people = MEMBERS.map((id): Person => ({ id, name: id, team, kind: "member", note: "" }));
  return await serveSlack({
    ...{ folder: aFolder(), signingSecret: "unused", botToken: BOT_TOKEN, now },
    ...{
      team,
      app,
      people,
      channels: [
        { id: channel, name: "budgets" },
        { id: "C0MEDIA", name: "media" },
      ],
    },
  });
}

export function watchedMessenger(machine: Machine, brand: Brand, writerId: string): Messenger | null {
  const messenger = messengerOf(brand, { botToken: BOT_TOKEN, apiUrl: machine.slack.apiUrl });
  if (messenger === null) return null;
  const watched =
    <Args extends unknown[], T>(name: string, call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await machine.hook(`before ${name}`, writerId);
      const result = await call(...args);
      await machine.hook(`after ${name}`, writerId);
      return result;
    };
  return {
    post: watched("post", messenger.post),
    update: watched("update", messenger.update),
    find: watched("find", messenger.find),
    tell: watched("tell", messenger.tell),
  };
}

/** A button as somebody sees it, on the message that it is on. */
export interface Button {
  channel: string;
  ts: string;
  action: string;
  value: string;
}

/** What everybody in the channel sees, oldest first. */
export function shownMessages({ slack }: Machine): StoredMessage[] {
  return slack.workspace.store.messages.all().filter(({ onlyFor }) => onlyFor === null);
}

// biome-ignore lint/suspicious/noExplicitAny: read as a stranger to our types would.
type Block = any;

export function buttonsOf({ channel, ts, blocks }: StoredMessage): Button[] {
  return (blocks as Block[])
    .filter(({ type }) => type === "actions")
    .flatMap(({ elements }) => elements)
    .map(({ action_id: action, value }: Block): Button => ({ channel, ts, action, value }));
}
