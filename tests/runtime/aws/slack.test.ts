import { describe, expect, it } from "vitest";
import { canonicalJson, sha256 } from "../../../lib/domain/canonical.ts";
import { dynamoStore } from "../../../lib/log/dynamo-store.ts";
import type { LogEvent } from "../../../lib/log/events.ts";
import type { LogStore } from "../../../lib/log/store.ts";
import { openBrandLog } from "../../../lib/runtime/aws/brand-log.ts";
import { answerSlack, openSlackContainer, type SlackContainer } from "../../../lib/runtime/aws/slack.ts";
import { aUrlEvent, type Posted } from "../../support/aws/function-url.ts";
import { aClickBody, SIGNING_SECRET, signedBySlack } from "../../support/aws/slack.ts";
import { aTable } from "../../support/aws/table.ts";
import {
  appendAll,
  BRAND,
  CHANGE_ID,
  EXPIRES_AT_MS,
  memoryCheckpoints,
  NIGHT_MS,
  planned,
  roundStarted,
  snapshotSealed,
  stopped,
} from "../../support/log.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

const NOW_MS = NIGHT_MS + 60_000;
const SOURCE = canonicalJson({ brandText: '{"language":"fr","currency":"EUR","zone":"Europe/Paris"}' });
const ROW = {
  brand: BRAND,
  nextDueAtMs: 1,
  nextApplyAtMs: null,
  nightEndsAtMs: 2,
  openProposals: 1,
  unsettled: 0,
  stopped: false,
  lastNight: "2026-03-11",
  head: { position: 3, hash: "h" },
};

interface Given {
  nowMs?: number;
  published?: boolean;
  also?: LogEvent[];
  store?: (store: LogStore) => LogStore;
}

/** One open proposal in the log of a real table; what leaves the function is kept. */
async function aSlack({ nowMs = NOW_MS, published = true, also, store: change }: Given = {}) {
  const store = dynamoStore(await aTable());
  const clock = {
    nowMs: async () => nowMs,
    lastMs: () => nowMs,
    monotonicMs: () => 0,
    wait: lostRace,
  };
  const checkpoints = memoryCheckpoints();
  const log = openBrandLog({ store, checkpoints, clock });
  const publication: LogEvent = {
    type: "rulesPublished",
    v: 1,
    atMs: NIGHT_MS,
    by: "lea",
    sourceHash: sha256(SOURCE),
    ruleHashes: [],
  };
  const entries = [[roundStarted()], [snapshotSealed()], [planned()], ...(also === undefined ? [] : [also])];
  await appendAll(log, published ? [[publication], ...entries] : entries);
  await store.putSummary(ROW);
  const woken: string[] = [];
  const posted: { url: string; text: string }[] = [];
  const telemetry = recordingTelemetry();
  const container: SlackContainer = {
    allowed: { team: "T111", approvers: ["W111", "U222"] },
    secretName: "palier/slack",
    secrets: { values: async () => ({ signingSecret: SIGNING_SECRET }), drop: () => {} },
    store: change?.(store) ?? store,
    checkpoints,
    clock,
    blobs: { get: async (hash) => (hash === sha256(SOURCE) ? SOURCE : Promise.reject(new Error("no blob"))) },
    lanes: { wake: async (...wake) => void woken.push(wake.join(" ")) },
    post: async (url, text) => void posted.push({ url, text: JSON.parse(text).text }),
    telemetry,
  };
  return { container, store, log, woken, posted, telemetry };
}

/** The log waits a moment after a lost race; the time that a click may take never ends here. */
async function lostRace(ms: number): Promise<void> {
  if (ms > 500) await never();
}

function never(): Promise<void> {
  return new Promise(() => {});
}

async function ask(container: SlackContainer, given: Posted) {
  const answer = await answerSlack(container, aUrlEvent(given));
  return { status: answer.statusCode, ...JSON.parse(answer.body ?? "") };
}

function click(container: SlackContainer, over: object = {}, action: object = {}, atMs = NOW_MS) {
  return ask(container, signedBySlack(aClickBody(over, action), atMs));
}

const REJECT = { action_id: "palier_reject" };

describe("lib/runtime/aws/slack", () => {
  it("records an approval, wakes apply, rewrites the row, and tells whoever clicked in the brand's language", async () => {
    const { container, store, log, woken, posted } = await aSlack();
    const answer = await click(container);
    expect(answer).toMatchObject({ status: 200, response_type: "ephemeral", replace_original: false });
    expect(answer.text).toContain(`${CHANGE_ID} est approuvée.`);
    expect((await log.entries(BRAND, 5)).map(({ events }) => events)).toEqual([
      [{ type: "proposalApproved", v: 1, atMs: NOW_MS, changeId: CHANGE_ID, by: "slack:W111" }],
    ]);
    expect(woken).toEqual([`apply ${BRAND} ${BRAND}#5`]);
    const { position, hash } = await log.state(BRAND);
    expect(await store.summary(BRAND)).toEqual({
      ...ROW,
      nextApplyAtMs: NOW_MS,
      openProposals: 0,
      head: { position, hash },
    });
    expect(posted).toEqual([
      { url: "https://hooks.slack.com/actions/T111/111/random-value", text: answer.text },
    ]);
  });

  it("records a rejection, and wakes nobody for it", async () => {
    const { container, store, log, woken } = await aSlack();
    expect((await click(container, {}, REJECT)).text).toContain("est refusée");
    expect((await log.state(BRAND)).proposals[CHANGE_ID]).toMatchObject({
      status: "rejected",
      decidedBy: "slack:W111",
    });
    expect(woken).toEqual([]);
    expect(await store.summary(BRAND)).toMatchObject({ openProposals: 0, nextApplyAtMs: null });
  });

  it("takes the same request in base64, as Lambda may hand it over", async () => {
    const { container, log } = await aSlack();
    const posted = signedBySlack(aClickBody(), NOW_MS);
    expect(await ask(container, { ...posted, base64: true })).toMatchObject({ status: 200 });
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
  });

  it("changes nothing by a repeated click, and wakes apply once more under the same name", async () => {
    const { container, log, woken } = await aSlack();
    await click(container);
    const again = await click(container);
    expect(again.text).toContain("a déjà été approuvée par <@W111>");
    expect((await log.state(BRAND)).position).toBe(5);
    expect(woken).toEqual([`apply ${BRAND} ${BRAND}#5`, `apply ${BRAND} ${BRAND}#5`]);
  });

  it("lets exactly one of two opposite clicks at once decide, and tells the other who did", async () => {
    const { container, log } = await aSlack();
    const other = { user: { id: "U222", team_id: "T111" } };
    const texts = (await Promise.all([click(container), click(container, other, REJECT)])).map(
      ({ text }) => text,
    );
    const { position, proposals } = await log.state(BRAND);
    expect(position).toBe(5);
    const status = proposals[CHANGE_ID]?.status;
    expect(texts[status === "approved" ? 1 : 0]).toMatch(
      /a déjà été (approuvée par <@W111>|refusée par <@U222>)/,
    );
  });

  it.each<[string, Given, string]>([
    ["expired", { nowMs: EXPIRES_AT_MS }, "a expiré"],
    ["stopped", { also: [stopped()] }, "n'est pas approuvée"],
  ])("refuses an approval of what is %s", async (_, given, text) => {
    const { container, log, woken } = await aSlack(given);
    const before = (await log.state(BRAND)).position;
    expect((await click(container, {}, {}, given.nowMs)).text).toContain(text);
    expect((await log.state(BRAND)).position).toBe(before);
    expect(woken).toEqual([]);
  });

  it.each([["atelier-lune-20260311-9"], ["other-20260311-1"], ["click_me_123"]])(
    "knows no proposal %s, and writes nothing anywhere",
    async (value) => {
      const { container, store, woken } = await aSlack();
      expect((await click(container, {}, { value })).text).toContain(value);
      expect(await store.latest("other")).toBeNull();
      expect((await store.latest(BRAND))?.position).toBe(4);
      expect(woken).toEqual([]);
    },
  );

  it("refuses and logs whoever may not answer, and writes nothing", async () => {
    const { container, log, posted, telemetry } = await aSlack();
    const answer = await click(container, { user: { id: "U333", team_id: "T111" } });
    expect(answer).toMatchObject({ status: 200, text: expect.stringContaining("You may not answer") });
    expect(posted).toHaveLength(1);
    expect((await log.state(BRAND)).position).toBe(4);
    expect(telemetry.lines).toEqual([
      { message: "a click was refused", fields: { reason: "user", user: "U333" } },
    ]);
  });

  it.each<[string, Posted]>([
    ["unsigned", { body: aClickBody(), headers: {} }],
    ["signed by another secret", signedBySlack(aClickBody(), NOW_MS, "another-signing-secret-1234")],
    ["of five minutes ago", signedBySlack(aClickBody(), NOW_MS - 301_000)],
    ["changed since", { ...signedBySlack(aClickBody(), NOW_MS), body: aClickBody({}, REJECT) }],
  ])("refuses a request that is %s, with nothing recorded and nothing sent", async (_, posted) => {
    const { container, log, posted: sent } = await aSlack();
    expect(await ask(container, posted)).toEqual({ status: 401, error: "slack.unsigned" });
    expect((await log.state(BRAND)).position).toBe(4);
    expect(sent).toEqual([]);
  });

  it("refuses what is no POST, no click, or too large, and lets other buttons be", async () => {
    const { container } = await aSlack();
    const signed = signedBySlack(aClickBody(), NOW_MS);
    expect(await ask(container, { ...signed, method: "GET" })).toMatchObject({ status: 405 });
    expect(await ask(container, signedBySlack("payload=x", NOW_MS))).toMatchObject({ status: 400 });
    expect(await ask(container, { ...signed, body: "x".repeat(1_048_577) })).toMatchObject({ status: 413 });
    expect(await click(container, {}, { action_id: "open_report" })).toEqual({ status: 200 });
  });

  it("keeps the decision when everything after it fails", async () => {
    const { container, log, telemetry } = await aSlack({
      store: (store) => ({ ...store, putSummary: async () => Promise.reject(new Error("row")) }),
    });
    const fail = async () => Promise.reject(new Error("down"));
    const answer = await click({ ...container, lanes: { wake: fail }, post: fail, blobs: { get: fail } });
    expect(answer.text).toContain("is approved");
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
    expect(telemetry.lines.map(({ message }) => message).sort()).toEqual([
      "apply was not woken; the next tick wakes it",
      "the brand's language is not known",
      "the summary row was not rewritten; the next run does it",
      "whoever clicked could not be told",
    ]);
  });

  it("answers in time even when what follows hangs", async () => {
    const { container, log } = await aSlack();
    const waits: number[] = [];
    const clock = { ...container.clock, wait: async (ms: number) => void waits.push(ms) };
    const hanging = {
      ...container,
      clock,
      lanes: { wake: never },
      post: never,
      blobs: { get: () => new Promise<string>(() => {}) },
    };
    expect((await click(hanging)).text).toContain("is approved");
    expect(waits).toEqual([1_500]);
    expect((await log.state(BRAND)).proposals[CHANGE_ID]?.status).toBe("approved");
  });

  it("says so when the answer could not be recorded, and wakes nobody", async () => {
    const { container, posted, woken } = await aSlack({
      store: (store) => ({
        ...store,
        controlStops: async () => Promise.reject(new Error("stops unreadable")),
      }),
    });
    const answer = await click(container);
    expect(answer).toMatchObject({ status: 503, text: expect.stringContaining("NOT certain") });
    expect(posted).toHaveLength(1);
    expect(woken).toEqual([]);
  });

  it("judges nothing without a signing secret", async () => {
    const { container, log } = await aSlack();
    const secrets = { values: async () => ({ signingSecret: "" }), drop: () => {} };
    expect(await click({ ...container, secrets })).toEqual({ status: 503, error: "slack.unavailable" });
    expect((await log.state(BRAND)).position).toBe(4);
  });

  it("answers in English for a brand that nothing is published for", async () => {
    const { container } = await aSlack({ published: false });
    expect((await click(container)).text).toContain("is approved");
  });

  it("refuses settings in which anybody else could answer", () => {
    const env = {
      PALIER_STAGE: "prod",
      PALIER_BLOBS_BUCKET: "blobs",
      PALIER_APPLY_QUEUE_URL: "https://sqs.test/apply.fifo",
      PALIER_SLACK_SECRET: "palier/slack",
      PALIER_SLACK_TEAM: "T111",
      PALIER_SLACK_APPROVERS: "U1, lea",
    };
    expect(() => openSlackContainer(env)).toThrow(
      "PALIER_SLACK_APPROVERS: expected ids of people with commas between, such as U0123ABCD",
    );
    expect(() => openSlackContainer({ ...env, PALIER_SLACK_TEAM: "" })).toThrow("PALIER_SLACK_TEAM");
  });
});
