import { describe, expect, it } from "vitest";
import { MessengerError } from "../../lib/domain/messenger.ts";
import { type RunResult, runBrand } from "../../lib/loop/run.ts";
import { aChannel, CHANNEL, type TestChannel } from "../support/channel.ts";
import { BRAND, ROUND_ID } from "../support/log.ts";
import { aLoop, type TestLoop } from "../support/loop.ts";
import { slackSettings } from "../support/plan.ts";

const MINUTE_MS = 60_000;
const NIGHT = `night/${ROUND_ID}/0`;
const swallowed = new MessengerError("unknown", "no_ts", "it is unknown whether Slack did it");

interface Desk extends TestLoop {
  channel: TestChannel;
}

/** A loop whose night is planned, and the brand's own channel in which nothing was told yet. */
async function aDesk(options: Parameters<typeof aLoop>[0]): Promise<Desk> {
  const loop = await aLoop({ ...options, brand: { slack: slackSettings({ channel: CHANNEL }) } });
  return { ...loop, channel: aChannel() };
}

function observe({ ports, config }: TestLoop): Promise<RunResult> {
  return runBrand(ports, config, null, { part: "observe", mayStart: () => true });
}

describe("a channel that the night's notices name", () => {
  const about = { ruleId: "tell", pack: "roads", urgent: false, blind: false, evidence: [] };
  const subject = { level: "brand", key: BRAND, name: "Atelier Lune", ref: null, stage: null } as const;
  const notices = [
    { ...about, to: ["#media"], subject },
    { ...about, ruleId: "other", to: ["#gone"], subject },
  ];

  /** One channel besides the brand's own; whatever else is named is refused. */
  function withMedia(desk: Desk): { desk: Desk; media: TestChannel } {
    const media = aChannel();
    const own = desk.channel.messenger;
    const of = (channel: string) => {
      if (channel === CHANNEL) return own;
      if (channel === "#media") return media.messenger;
      throw new MessengerError("refused", "channel_not_found", `the bot is in no channel ${channel}`);
    };
    desk.ports.messenger = {
      post: async (channel, ...rest) => await of(channel).post(CHANNEL, ...rest),
      update: async (channel, ...rest) => await of(channel).update(CHANNEL, ...rest),
      find: async (channel, ...rest) => await of(channel).find(CHANNEL, ...rest),
      tell: async (channel, ...rest) => await of(channel).tell(CHANNEL, ...rest),
    };
    return { desk, media };
  }

  it("is told of them once and of no others, and one that Slack refuses is on record and stops nothing", async () => {
    const { desk, media } = withMedia(await aDesk({ notices }));
    const { failed } = await observe(desk);
    await observe(desk);
    expect(media.posts.map(({ content }) => content.key)).toEqual([`told/${ROUND_ID}/#media`]);
    expect(media.posts[0]?.content.body).toMatchObject({ kind: "told", notices: [{ ruleId: "tell" }] });
    expect(desk.channel.posts.map(({ content }) => content.key)).toContain(NIGHT);
    expect(failed.map(({ step }) => step)).toEqual([{ kind: "tell", key: `told/${ROUND_ID}/#gone` }]);
    const { retries } = await desk.ports.log.state(BRAND);
    expect(Object.keys(retries)).toEqual([`tell told/${ROUND_ID}/#gone`]);
  });

  it("is looked through before it is told again where the answer was lost", async () => {
    const { desk, media } = withMedia(await aDesk({ notices: notices.slice(0, 1) }));
    media.faults.push({ call: "post", error: swallowed, kept: true });
    await observe(desk);
    desk.time.nowMs += 5 * MINUTE_MS;
    await observe(desk);
    expect(media.calls).toEqual([
      `post told/${ROUND_ID}/#media`,
      `find told/${ROUND_ID}/#media`,
      `update told/${ROUND_ID}/#media`,
    ]);
    expect((await desk.ports.log.state(BRAND)).messages[`told/${ROUND_ID}/#media`]?.ts).toBe("1.000");
  });
});
