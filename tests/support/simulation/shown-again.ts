/** Whether what stands in the channel is, letter by letter, what would be said now of nights and alerts. */
import { isDeepStrictEqual } from "node:util";
import { alertKey, nightOfKey } from "../../../lib/domain/content.ts";
import { contentMaker } from "../../../lib/loop/desk/contents.ts";
import type { Subject } from "../../../lib/loop/desk/due-messages.ts";
import { labels } from "../../../lib/runtime/labels.ts";
import { render } from "../../../lib/slack/render.ts";
import { BRAND } from "../home.ts";
import { shownMessages } from "./channel.ts";
import type { Story } from "./story.ts";

export async function shownFalsely({ machine, process: { ports, config } }: Story): Promise<string[]> {
  const { id, name, language, currency, zone, people } = config.brand;
  const options = { ...labels, brand: id, brandName: name, reader: { language, currency, zone }, people };
  const state = await ports.log.state(BRAND);
  const subjects = Object.values(state.messages).flatMap(({ key, ts }) => {
    const subject = subjectOf(key, Object.values(state.alerts));
    return subject === null || ts === null ? [] : [{ key, ts, subject }];
  });
  const found: string[] = [];
  for (const { key, ts, subject } of subjects) {
    const message = { key, subject, channel: "", digest: "", thread: null };
    const content = (await contentMaker(ports, config, message))(state, machine.clockMs);
    const wanted = JSON.parse(JSON.stringify(render(content, options).blocks));
    const shown = shownMessages(machine).find((one) => one.ts === ts);
    if (!isDeepStrictEqual(shown?.blocks, wanted)) found.push(`I-9: ${key} does not say what the log says`);
  }
  return found;
}

function subjectOf(key: string, alerts: readonly { id: string; raisedAtMs: number }[]): Subject | null {
  const night = nightOfKey(key);
  if (night !== null) return { kind: "night", ...night };
  const alert = alerts.find((one) => alertKey(one) === key);
  return alert === undefined ? null : { kind: "alert", alertId: alert.id };
}
