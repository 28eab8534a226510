/** A night as it is on AWS: the built functions, the platforms' own names, and nothing that knows of a sandbox. */
import { describe, expect, it } from "vitest";
import { bundlesAsked } from "../support/aws/bundles.ts";
import { aDeployment, BRAND, type Deployment } from "../support/aws/deployment.ts";
import { scheduledEvent, sqsEvent } from "../support/aws/events.ts";

const NIGHTS_MS = 120_000;

/** The world's writes that took effect. */
async function effects({ world }: Deployment): Promise<string[]> {
  const entries = await world.client.ledger();
  return entries
    .filter(({ applied }) => applied)
    .map(({ platform, field, from, to }) => `${platform} ${field} ${from} -> ${to}`);
}

/** Of platforms and shops: Slack's is read whenever somebody is to be told something. */
function secretsRead({ services }: Deployment): string[] {
  return services.calls.filter(
    (call) => call.startsWith("GetSecretValue") && call !== "GetSecretValue palier/slack",
  );
}

describe.runIf(bundlesAsked)("bundles/night", () => {
  it(
    "plans with credentials that read, and makes the change that a rule may make and the one that a person allowed",
    async () => {
      const deployment = await aDeployment();
      const { world, internet, services, log, approve, pushRevenue, start, run } = deployment;
      const pushed = await pushRevenue();
      expect(pushed.statusCode).toBe(200);
      expect(JSON.parse(pushed.body ?? "").stored).toHaveLength(60);
      await run();
      const watched = await log.state(BRAND);
      expect(watched.rounds[`${BRAND}/2026-03-11/night`]?.planHash).toMatch(/^[0-9a-f]{64}$/);
      expect(secretsRead(deployment)).toEqual([
        "GetSecretValue palier/revenue",
        "GetSecretValue palier/meta/read",
        "GetSecretValue palier/google/read",
      ]);
      expect(await effects(deployment)).toEqual([]);

      await world.client.advance({ to: "nextNight" });
      // The day before was not over in every zone when it was pushed, so it is news once more.
      expect(JSON.parse((await pushRevenue()).body ?? "").stored).toEqual(["2026-03-10", "2026-03-11"]);
      await run();
      expect(await effects(deployment)).toEqual(["google daily_budget 16000 -> 14400"]);
      const planned = await log.state(BRAND);
      const open = Object.values(planned.proposals).filter(({ status }) => status === "open");
      const pause = open.find(({ change }) => change.edit.kind === "status");
      if (pause === undefined) throw new Error("no pause is proposed");
      expect(pause.change.target.platform).toBe("meta");

      expect((await approve(pause.change.id)).statusCode).toBe(200);
      // Delivered again, as every message may be.
      const apply = await start("apply");
      const wake = sqsEvent("apply", [JSON.stringify({ brand: BRAND })]);
      expect(await apply.invoke(wake)).toEqual({ batchItemFailures: [] });
      expect(await effects(deployment)).toEqual([
        "google daily_budget 16000 -> 14400",
        "meta status ACTIVE -> PAUSED",
      ]);
      const done = await log.state(BRAND);
      expect(Object.values(done.intents).map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);
      expect(secretsRead(deployment).slice(6)).toEqual([
        "GetSecretValue palier/google/write",
        "GetSecretValue palier/meta/write",
      ]);
      const refused = new Set(internet.asked.filter((host) => host.endsWith("refused")));
      // Slack is out of reach all the while, and keeps nothing from being done.
      expect([...refused]).toEqual(["slack.com:443 refused"]);
      // The click wakes one lane for the change, the other for its card.
      expect(services.messages.map(({ queue }) => queue).sort()).toEqual([
        "apply.fifo",
        "apply.fifo",
        "observe.fifo",
        "observe.fifo",
        "observe.fifo",
      ]);
    },
    NIGHTS_MS,
  );

  it(
    "hands back the messages that it could not deal with, and those alone",
    async () => {
      const { services, start } = await aDeployment();
      services.objects.clear();
      const observe = await start("observe");
      const event = sqsEvent("observe", [
        JSON.stringify({ brand: BRAND }),
        JSON.stringify({ brand: "nobody" }),
        "Test message.",
      ]);
      const answer = await observe.invoke(event);
      const batchItemFailures = [{ itemIdentifier: "message-0" }, { itemIdentifier: "message-2" }];
      expect(answer).toEqual({ batchItemFailures });
      expect(observe.output()).toContain("blob.missing");
    },
    NIGHTS_MS,
  );

  it(
    "wakes nobody twice for the same minute",
    async () => {
      const { world, services, start } = await aDeployment();
      const { clockMs } = await world.client.clock();
      const tick = await start("tick");
      await tick.invoke(scheduledEvent(clockMs));
      await tick.invoke(scheduledEvent(clockMs + 1_000));
      expect(services.messages.map(({ body, group }) => ({ body, group }))).toEqual([
        { body: `{"brand":"${BRAND}"}`, group: BRAND },
      ]);
      expect(tick.output()).toContain('"BrandsSeen":1');
    },
    NIGHTS_MS,
  );
});
