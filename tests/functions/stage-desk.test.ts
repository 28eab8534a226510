import { readdirSync, readFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { BrandSummary } from "../../lib/log/store.ts";
import { configOn } from "../../lib/loop/config.ts";
import { publish } from "../../lib/loop/publish.ts";
import { tick } from "../../lib/loop/tick.ts";
import { openStage, stageClients } from "../../lib/runtime/stage.ts";
import { aTable } from "../support/aws/table.ts";
import { memoryS3, memorySecrets, memorySqs, refusal } from "../support/aws-memory.ts";
import { aDeskAtWork, applied, CHANGES } from "../support/desk.ts";
import { aLog, BRAND, NIGHT_MS } from "../support/log.ts";

/** The embedded table says that it is in this account. */
const STAGE = { account: "000000000000", region: "local" };
const STAGES_FILE = "../../infra/stages.ts";

/** The command line loaded anew, so that it reads these stages whatever was loaded before; and forgotten afterwards. */
async function aCommandLine() {
  vi.resetModules();
  vi.doMock(STAGES_FILE, async (original) => ({
    ...(await original<object>()),
    readStages: () => ({ dev: STAGE, prod: { ...STAGE, account: "222222222222" } }),
  }));
  const { rootCommand } = await import("../../functions/cli/main.ts");
  const { runProgram } = await import("../../functions/cli/program.ts");
  return async (args: readonly string[]) => await runProgram(rootCommand(), args);
}

const BUCKET = "palier-bucketsblobs1a2b-x";
const NOW_MS = NIGHT_MS + 60_000;
const RAISE = CHANGES.raise.id;

/** The example brand on real accounts, published to `dev`, with a night of five changes that wait for its people. */
async function aStage() {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW_MS });
  const { endpoint } = (await aTable()).config;
  const { port } = (await endpoint?.()) ?? { port: 0 };
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", `http://127.0.0.1:${port}`);
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "local");
  const s3 = memoryS3();
  s3.mock.on(ListBucketsCommand).resolves({ Buckets: [{ Name: BUCKET }] });
  s3.mock.on(HeadBucketCommand).callsFake(({ ExpectedBucketOwner }) => {
    if (ExpectedBucketOwner !== STAGE.account) throw refusal("Forbidden", 403);
    return {};
  });
  const sqs = memorySqs();
  const secrets = memorySecrets({});
  onTestFinished(() => {
    for (const { mock } of [s3, sqs, secrets]) mock.restore();
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });
  const dev = { name: "dev", ...STAGE };
  const stage = await openStage(dev, stageClients(dev), BUCKET);
  const { log, blobs, store, clock } = stage;
  const { claim, putSummary } = store;
  await publish({ log, blobs, clock, claim, putSummary }, aConfig(), "lea");
  const { ports, told } = await aDeskAtWork({}, log);
  const planHash = Object.values((await log.state(BRAND)).rounds)[0]?.planHash ?? "";
  await blobs.put(await ports.blobs.get(planHash));
  // Nothing is due for an hour, so that whoever the tick wakes is woken by an answer.
  const row = { ...((await store.summary(BRAND)) as BrandSummary), nextDueAtMs: NOW_MS + 3_600_000 };
  await store.putSummary(row);
  return { stage, told, row, planHash, messages: sqs.messages, asked: secrets.asked };
}

type Stage = Awaited<ReturnType<typeof aStage>>;

function aConfig() {
  const file = JSON.parse(readFileSync(`rules/brands/${BRAND}.json`, "utf8"));
  const brandText = JSON.stringify({ ...file, sandbox: false, shop: { source: "push" } });
  const ruleFiles = readdirSync("rules/packs/roads").map((name) => {
    const path = `rules/packs/roads/${name}`;
    return { path, text: readFileSync(path, "utf8") };
  });
  return configOn({ brandFile: `rules/brands/${BRAND}.json`, brandText, ruleFiles }, "2026-03-11");
}

let typed: (args: readonly string[]) => Promise<void>;

/** The command on stage `dev`, from a machine that has no file of the brand. */
async function palier(...args: string[]) {
  const told = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      told[name] += text;
      return true;
    });
  }
  try {
    await typed([...args, "--stage", "dev", "--rules", "/nowhere"]);
    return { code: process.exitCode, ...told };
  } finally {
    vi.mocked(process.stdout.write).mockRestore();
    vi.mocked(process.stderr.write).mockRestore();
    process.exitCode = 0;
  }
}

/** DynamoDB takes nothing into that partition until it is restored. */
function refusingPuts(partition: string) {
  const { send } = DynamoDBClient.prototype;
  function refusing(this: DynamoDBClient, command: { input: { Item?: { pk?: { S?: string } } } }): unknown {
    if (command.input.Item?.pk?.S === partition) throw refusal("AccessDeniedException", 400);
    return Reflect.apply(send, this, [command]);
  }
  return vi.spyOn(DynamoDBClient.prototype, "send").mockImplementation(refusing as never);
}

/** Whom the tick of this very minute wakes. */
async function woken({ stage }: Stage): Promise<string[]> {
  return tick(await stage.store.summaries(), NOW_MS).wakes.map(({ part }) => part);
}

async function statusOf({ stage }: Stage, id: string) {
  return (await stage.log.state(BRAND)).proposals[id]?.status;
}

describe("functions/cli on a stage", () => {
  let place: Stage;

  beforeAll(async () => {
    typed = await aCommandLine();
    return () => void vi.resetModules().doUnmock(STAGES_FILE);
  });

  beforeEach(async () => {
    place = await aStage();
  });

  it("records an approval once, says who makes the change, and lets the next tick wake them", async () => {
    expect(await woken(place)).toEqual([]);
    const yes = await palier("approve", RAISE, "--by", "eva");
    expect(yes).toMatchObject({ code: 0, stderr: "" });
    expect(yes.stdout.trim().split("\n").slice(1)).toEqual([
      "Recorded on stage dev. The change is made by the deployment within about a minute, not by this command; see: " +
        "npm run palier -- status --stage dev --brand atelier-lune",
    ]);
    expect(await place.told()).toEqual(["proposalApproved eva"]);
    expect(await place.stage.store.summary(BRAND)).toMatchObject({ nextApplyAtMs: NOW_MS, openProposals: 3 });
    expect(await woken(place)).toEqual(["observe", "apply"]);

    expect(await palier("approve", RAISE, "--by", "eva")).toMatchObject({ code: 0 });
    expect(await place.told()).toEqual(["proposalApproved eva"]);
    expect([place.messages, place.asked]).toEqual([[], []]);
  });

  it.each([
    [["reject", RAISE, "--reason", "sale", "--by", "eva"], "proposalRejected eva", "rejected"],
    [["edit", RAISE, "110", "--by", "eva"], "proposalEdited eva", "edited"],
    [["hands-off", RAISE, "--until", "2026-04-01", "--by", "eva"], "handsOffSet eva", "open"],
  ])("records %j as the same answer in Slack would be", async (args, event, status) => {
    const answered = await palier(...args);
    expect(answered).toMatchObject({ code: 0, stderr: "" });
    expect(answered.stdout).toContain(
      "Recorded on stage dev; the deployment goes on from there within about a minute.",
    );
    expect(await place.told()).toContain(event);
    expect(await statusOf(place, RAISE)).toBe(status);
    expect(await woken(place)).toEqual(["observe"]);
  });

  it("names an alert by the id by which somebody takes it, once", async () => {
    const reason = {
      key: "loop.alert.missedNight",
      values: { day: { value: "2026-03-12", unit: "day" as const } },
    };
    await aLog({ store: place.stage.store }).append(BRAND, () => [
      { type: "alertRaised", v: 1, atMs: NOW_MS, kind: "missedNight", subject: "2026-03-12", reason },
    ]);
    const id = "missedNight/2026-03-12";
    expect((await palier("status")).stdout).toContain(`(${id})`);
    expect(await palier("take-alert", id, "--by", "tom")).toMatchObject({ code: 1 });
    expect(await palier("take-alert", id, "--by", "eva")).toMatchObject({ code: 0 });
    expect((await place.told()).slice(-2)).toEqual(["answerRefused tom", "alertTaken eva"]);
    expect((await palier("status")).stdout).toContain("eva looks into it");
  });

  it("takes an applied change back, and leaves it to the deployment to make", async () => {
    // The fence of a change names the writer that sent it.
    const log = aLog({ store: place.stage.store, writerId: "w1" });
    const approved = { type: "proposalApproved", v: 1, atMs: NOW_MS, changeId: RAISE, by: "eva" } as const;
    await log.append(BRAND, () => [approved]);
    await log.append(BRAND, () => applied(CHANGES.raise, place.planHash, "eva"));
    vi.setSystemTime(NIGHT_MS + 180_000);
    const restored = await palier("restore", RAISE, "--by", "eva", "--json");
    expect(restored).toMatchObject({ code: 0 });
    const { outcome, proposal, intent } = JSON.parse(restored.stdout);
    expect({ outcome, proposal, intent }).toMatchObject({
      outcome: "recorded",
      proposal: { status: "approved", kind: "restore" },
      intent: null,
    });
    expect(await place.stage.store.summary(BRAND)).toMatchObject({ nextApplyAtMs: NIGHT_MS + 180_000 });
  });

  it.each([
    ["mallory", "approve"],
    ["tom", "reject"],
  ])("lets %s, who may not, %s nothing, and puts the attempt on record", async (by, verb) => {
    const refused = await palier(verb, RAISE, "--by", by);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stdout).not.toContain("Recorded");
    expect(await place.told()).toEqual([`answerRefused ${by}`]);
    expect(await statusOf(place, RAISE)).toBe("open");
    expect(await place.stage.store.summary(BRAND)).toEqual(place.row);
  });

  it("answers 1 for a change that nobody knows, and names the command that lists them", async () => {
    const unknown = await palier("approve", `${BRAND}-20260311-99`, "--by", "eva");
    expect(unknown).toMatchObject({ code: 1 });
    expect(unknown.stdout).toContain("npm run palier -- proposals --all --stage dev --brand atelier-lune");
    expect(await place.told()).toEqual([]);
  });

  it("makes no log for a brand that is not published there", async () => {
    const stopped = await palier("stop", "--brand", "maison-sel", "--by", "eva");
    expect(stopped).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'brand "maison-sel" is not published on stage dev, which has atelier-lune',
      ),
    });
    expect(await place.stage.log.entries("maison-sel")).toEqual([]);
  });

  it("asks which brand is meant where several are published", async () => {
    await place.stage.store.putSummary({ ...place.row, brand: "maison-sel" });
    expect(await palier("proposals")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("name one with --brand: atelier-lune, maison-sel"),
    });
  });

  it("stops the brand, and lets it go on only for an owner", async () => {
    const stopped = await palier("stop", "--reason", "wrong prices", "--by", "eva");
    expect(stopped).toMatchObject({ code: 0, stdout: "atelier-lune is stopped on stage dev.\n" });
    expect(await place.stage.store.summary(BRAND)).toMatchObject({ stopped: true });
    expect(await palier("resume", "--by", "eva")).toMatchObject({ code: 1 });
    const resumed = await palier("resume", "--by", "lea");
    expect(resumed).toMatchObject({ code: 0, stdout: "atelier-lune may be changed again on stage dev.\n" });
    expect(await place.stage.store.summary(BRAND)).toMatchObject({ stopped: false });
    expect(await place.told()).toEqual(["stopped eva", "answerRefused eva", "resumed lea"]);
  });

  it.each([
    ["everything", ["--everything"]],
    ["meta/1001", ["--account", "meta/1001"]],
  ])("stops %s for all who read the table, by somebody of the desk alone", async (scope, args) => {
    const { store } = place.stage;
    expect(await palier("stop", ...args, "--by", "tom")).toMatchObject({ code: 1 });
    expect(await store.controlStops()).toEqual([]);
    expect(await palier("stop", ...args, "--by", "eva")).toMatchObject({ code: 0 });
    expect(await store.controlStops()).toEqual([{ scope, by: "eva", atMs: NOW_MS, reason: null }]);
    expect(await palier("resume", ...args, "--by", "eva")).toMatchObject({ code: 1 });
    expect(await store.controlStops()).toHaveLength(1);
    expect(await palier("resume", ...args, "--by", "lea")).toMatchObject({ code: 0 });
    expect(await store.controlStops()).toEqual([]);
  });

  it("stops no account but those of the published brand file", async () => {
    const refused = await palier("stop", "--account", "meta/9", "--by", "eva");
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("it has meta/1001") });
    expect(await place.stage.store.controlStops()).toEqual([]);
  });

  it("shows how the brand stands there, what waits and what happened", async () => {
    await palier("reject", RAISE, "--by", "eva");
    const { proposals } = JSON.parse((await palier("status", "--json")).stdout);
    const open = [CHANGES.other.id, CHANGES.cut.id, CHANGES.pause.id];
    const ids = (list: { change: { id: string } }[]) => list.map(({ change }) => change.id).toSorted();
    expect(ids(proposals)).toEqual(open);
    expect(ids(JSON.parse((await palier("proposals", "--json")).stdout))).toEqual(open);
    expect((await palier("status")).stdout).toContain("Atelier Lune");
    const [last] = JSON.parse((await palier("log", "--last", "1", "--json")).stdout);
    expect(last.events).toMatchObject([{ type: "proposalRejected", by: "eva" }]);
  });

  it("never calls an answer failed that is in the log, when only its row could not be rewritten", async () => {
    const failing = refusingPuts("brands");
    const yes = await palier("approve", RAISE, "--by", "eva");
    failing.mockRestore();
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining("Recorded on stage dev.") });
    expect(yes.stderr).toContain("The answer is recorded; the deployment finds it at the next full hour");
    expect(await statusOf(place, RAISE)).toBe("approved");
    expect(await place.stage.store.summary(BRAND)).toEqual(place.row);
  });

  it("never calls recorded what the log did not take", async () => {
    const failing = refusingPuts(`log#${BRAND}`);
    const yes = await palier("approve", RAISE, "--by", "eva");
    failing.mockRestore();
    expect(yes).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("DynamoDB refused") });
    expect(await statusOf(place, RAISE)).toBe("open");
  });
});
