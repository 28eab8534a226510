/** `palier serve` on a sandbox of its own, with hands in its stand-in for Slack. */
import { onTestFinished } from "vitest";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { type Served, serve } from "../../lib/runtime/serve/index.ts";
import { BRAND } from "./home.ts";
import { recordingTelemetry } from "./telemetry.ts";

export const CHANNEL = "C0BUDGETS";
export const LEA = "U0LEA";
export const TOM = "U0TOM";
export const INES = "U0INES";
export const STRANGER = "U0STRANGER";

interface Element {
  action_id?: string;
  value?: string;
  text?: { text: string };
}
interface Block {
  type: string;
  elements?: (Element & { text?: unknown })[];
}
export interface SeenMessage {
  ts: string;
  threadTs: string | null;
  onlyFor: string | null;
  text: string;
  blocks: Block[];
}
interface SeenView {
  userId: string;
  view: { callback_id?: string; blocks: Block[] };
  errors: Record<string, string>;
}
interface State {
  messages: SeenMessage[];
  modals: SeenView[];
  homes: SeenView[];
}

export interface Hands {
  served: Served;
  telemetry: ReturnType<typeof recordingTelemetry>;
  state(): Promise<State>;
  /** The newest message of everybody's whose text or blocks say that. */
  message(words: string): Promise<SeenMessage>;
  /** What only that person was told last. */
  told(user: string): Promise<string>;
  /** Clicks the button of that action on the change, wherever its card is. */
  click(user: string, actionId: string, changeId: string): Promise<void>;
  submit(user: string, fields: Record<string, string>): Promise<void>;
  command(user: string, text: string): Promise<void>;
  home(user: string): Promise<string>;
  fault(fault: object): Promise<void>;
  /** Once everything that follows has been done. */
  settled(): Promise<void>;
}

/** Everything that is written in it, for looking for words. */
export function wordsOf(value: unknown): string {
  return JSON.stringify(value).replaceAll("\u00a0", " ").replaceAll("\u202f", " ");
}

export async function aServedHome(home: string, rulesFolder = "rules"): Promise<Hands> {
  const telemetry = recordingTelemetry();
  const served = await serve({
    ...{ brands: [BRAND], home, rulesFolder, env: {}, files: nodeFiles(), port: 0, slackPort: 0, telemetry },
  });
  onTestFinished(served.close);
  await served.idle();
  const url = `${served.workspaceUrl}/_sandbox/slack`;
  const get = async (path: string) => await (await fetch(`${url}${path}`)).json();
  const post = async (path: string, body: object) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const state = async () => (await get("/state")) as State;
  const settled = async () => {
    await served.wakeAll();
    await served.idle();
  };
  return {
    ...{ served, telemetry, state, settled },
    async message(words) {
      const { messages } = await state();
      const found = messages.filter((one) => one.onlyFor === null && wordsOf(one).includes(words)).at(-1);
      if (found === undefined) throw new Error(`no message says ${words}: ${wordsOf(messages)}`);
      return found;
    },
    async told(user) {
      const { messages } = await state();
      return wordsOf(messages.filter(({ onlyFor }) => onlyFor === user).at(-1) ?? "");
    },
    async click(user, actionId, changeId) {
      const { messages } = await state();
      for (const { ts, blocks } of messages.toReversed()) {
        const element = blocks
          .flatMap(({ elements = [] }) => elements)
          .find((one) => one.action_id === actionId && (one.value ?? "").startsWith(changeId));
        if (element?.value === undefined) continue;
        await post("/click", { user, message: { channel: CHANNEL, ts }, actionId, value: element.value });
        return await served.idle();
      }
      throw new Error(`no button ${actionId} for ${changeId}`);
    },
    async submit(user, fields) {
      await post("/submit", { user, fields });
      await served.idle();
    },
    async command(user, text) {
      await post("/command", { user, channel: CHANNEL, command: "/palier", text });
      await served.idle();
    },
    async home(user) {
      await post("/home", { user });
      return wordsOf((await state()).homes.find(({ userId }) => userId === user)?.view.blocks ?? []);
    },
    fault: async (fault) => void (await post("/fault", fault)),
  };
}
