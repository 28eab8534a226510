/** A channel that does as it is told: keeps what is posted, and fails as the next of its faults says. Anything unstated throws. */
import type { Content } from "../../lib/domain/content.ts";
import type { Messenger } from "../../lib/domain/messenger.ts";

/** `error` goes to the caller; `kept` says whether the call had its effect all the same. */
export interface Fault {
  call: "post" | "update" | "find" | "tell";
  error: Error;
  kept: boolean;
}

export interface Posted {
  ts: string;
  thread: string | null;
  content: Content;
}

export interface TestChannel {
  messenger: Messenger;
  posts: Posted[];
  told: { userId: string; content: Content }[];
  /** Names of all calls, in order, with what they were about. */
  calls: string[];
  faults: Fault[];
  /** Awaited at the start of each post and update, for tests that hold one up. */
  hold: () => Promise<void>;
}

export const CHANNEL = "C0BUDGETS";

export function aChannel(): TestChannel {
  const channel: Omit<TestChannel, "messenger"> = {
    posts: [],
    told: [],
    calls: [],
    faults: [],
    hold: async () => {},
  };
  async function doing<T>(call: Fault["call"], about: string, effect: () => T): Promise<T> {
    channel.calls.push(`${call} ${about}`);
    const fault = channel.faults[0]?.call === call ? channel.faults.shift() : undefined;
    if (fault === undefined || fault.kept) {
      const done = effect();
      if (fault === undefined) return done;
    }
    throw fault.error;
  }
  const messenger: Messenger = {
    async post(place, content, thread) {
      expectPlace(place);
      await channel.hold();
      return await doing("post", content.key, () => {
        const ts = `${channel.posts.length + 1}.000`;
        channel.posts.push({ ts, thread, content });
        return ts;
      });
    },
    async update(place, ts, content) {
      expectPlace(place);
      await channel.hold();
      await doing("update", content.key, () => {
        const post = channel.posts.find((one) => one.ts === ts);
        if (post === undefined) throw new Error(`unstated: message ${ts}`);
        post.content = content;
      });
    },
    async find(place, key, _sinceMs, thread) {
      expectPlace(place);
      return await doing("find", key, () => {
        const post = channel.posts.find((one) => one.content.key === key && one.thread === thread);
        return post?.ts ?? null;
      });
    },
    async tell(place, userId, content) {
      expectPlace(place);
      await doing("tell", content.key, () => channel.told.push({ userId, content }));
    },
  };
  return Object.assign(channel, { messenger });
}

function expectPlace(place: string): void {
  if (place !== CHANNEL) throw new Error(`unstated: channel ${place}`);
}
