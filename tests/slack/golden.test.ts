import { describe, expect, it } from "vitest";
import type { Content } from "../../lib/domain/content.ts";
import { messageProblems, textsTooLong, textTraps } from "../../lib/sandbox/slack/index.ts";
import { render } from "../../lib/slack/render.ts";
import { aBusyPlan } from "../support/busy-plan.ts";
import { aNearMiss, aPlan, aWeek } from "../support/plan-view.ts";
import { aProtection } from "../support/protections.ts";
import { aCard, aNight, busyNight, decided, sentOf, slackOptions } from "../support/slack-view.ts";

const quiet = aPlan({
  nearMisses: [aNearMiss("14", "Video viewers")],
  protections: [aProtection({ name: "Summer launch" })],
});
const busy = aBusyPlan();
const alarmed = aPlan({
  ...busy,
  brandLine: { ...busy.brandLine, mer: aWeek(1.9, "ratio"), merBand: "alarm" },
});
const alarm = alarmed.changes
  .filter(({ outcome }) => outcome === "proposed")
  .map((change, index) => {
    const card = aCard({ change });
    return index === 0
      ? decided({ ...card, intent: sentOf(card), restorable: true }, { status: "approved" })
      : card;
  });
const refused = aPlan({
  refused: {
    key: "refused.blastRadius",
    values: {
      holders: { value: 9, unit: "count" },
      active: { value: 12, unit: "count" },
      limit: { value: 25, unit: "percent" },
      limitHolders: { value: 3, unit: "count" },
    },
  },
});
const [first, ...pages] = busyNight();
if (first === undefined) throw new Error("a busy night has a page");

const NIGHTS: readonly (readonly [string, Content["body"]])[] = [
  ["quiet", aNight(quiet, [])],
  ["alarm", aNight(alarmed, alarm, { safe: 1 })],
  ["refused", aNight(refused, [])],
  ["busy", first],
  ["busy-last-page", pages.at(-1) ?? first],
];
const GOLDEN = NIGHTS.flatMap(([name, body]) =>
  (["en", "fr"] as const).map((language) => [`night-${name}-${language}`, body, language] as const),
);

describe("lib/slack/render: a night", () => {
  // Whole messages are kept as files, because they are read as messages.
  it.each(GOLDEN)("reads as the message %s", async (name, body, language) => {
    const message = render({ key: "k", body }, slackOptions(language));
    expect(messageProblems(message.blocks)).toEqual([]);
    expect(textsTooLong(message.blocks)).toBe(false);
    expect(textTraps(message, ["meta.example"])).toEqual([]);
    const file = new URL(`../fixtures/slack/${name}.json`, import.meta.url).pathname;
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  it("says in the notification first that the brand loses money", () => {
    const { text } = render({ key: "k", body: aNight(alarmed, alarm) }, slackOptions());
    expect(text.replaceAll("\u00a0", " ")).toBe(
      "Atelier Lune, night of Wed 11 Mar (Europe/Paris): MER ALARM: under 2.00 (floor 3.57). 2 changes proposed, 1 blocked.",
    );
  });

  it("keeps every page of sixty changes within what Slack takes, with every condition on it", () => {
    const messages = busyNight().map((body) => render({ key: "k", body }, slackOptions("fr")));
    expect(messages.map(({ blocks }) => messageProblems(blocks))).toEqual([[], [], [], [], [], [], []]);
    expect(messages.some(({ blocks }) => textsTooLong(blocks))).toBe(false);
    const told = JSON.stringify(messages);
    expect(told.match(/Conditions\u00a0: /g)).toHaveLength(60);
    expect(told.match(/"action_id":"palier_approve"/g)).toHaveLength(60);
  });
});
