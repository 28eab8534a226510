import { execFile } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { UrlAnswer } from "../../../lib/runtime/aws/function-url.ts";
import { answerPush, openRevenueContainer, type RevenueContainer } from "../../../lib/runtime/aws/revenue.ts";
import { RuntimeError } from "../../../lib/runtime/errors.ts";
import { dynamoPushStore } from "../../../lib/shops/push/dynamo-store.ts";
import { aUrlEvent, type Posted, serveUrl } from "../../support/aws/function-url.ts";
import { aTable } from "../../support/aws/table.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

const BRAND = "atelier-lune";
const KEY = "5d1c9b7fd1b94c9e8a3f0e6d2c7b5a49";
const NOW_MS = Date.UTC(2026, 2, 12, 7);
const NOW = "1773298800";
const DAY = '{"days":[{"date":"2026-03-10","revenue":4310.55}]}';

interface Given {
  keys?: Record<string, string> | RuntimeError;
  nowMs?: number;
}

async function aContainer({ keys = { [BRAND]: KEY }, nowMs = NOW_MS }: Given = {}) {
  const telemetry = recordingTelemetry();
  telemetry.info = telemetry.warn;
  const container: RevenueContainer = {
    secretName: "palier/revenue",
    secrets: {
      async values(name) {
        if (name !== "palier/revenue") throw new Error(`unstated secret ${name}`);
        if (keys instanceof RuntimeError) throw keys;
        return keys;
      },
      drop: () => {},
    },
    store: dynamoPushStore(await aTable()),
    clock: { nowMs: async () => nowMs },
    telemetry,
  };
  return { container, heard: telemetry };
}

function signed(body: string | Uint8Array = DAY, over: Partial<Posted> = {}, key = KEY, at = NOW): Posted {
  const mac = createHmac("sha256", key).update(`v1:${at}:`).update(body).digest("hex");
  const headers = {
    "x-palier-brand": BRAND,
    "x-palier-timestamp": at,
    "x-palier-signature": `v1=${mac}`,
    ...over.headers,
  };
  return { body, ...over, headers };
}

async function ask(container: RevenueContainer, posted: Posted) {
  const answer = await answerPush(container, aUrlEvent(posted));
  return { status: answer.statusCode, ...JSON.parse(answer.body ?? "") };
}

describe("lib/runtime/aws/revenue", () => {
  it.each([[false], [true]])("keeps signed days and says so (base64: %s)", async (base64) => {
    const { container, heard } = await aContainer();
    expect(await ask(container, signed(DAY, { base64 }))).toEqual({
      status: 200,
      stored: ["2026-03-10"],
      unchanged: [],
    });
    expect(await container.store.statements(BRAND, "2026-03-10", "2026-03-10")).toEqual([
      {
        day: "2026-03-10",
        sentAtMs: NOW_MS,
        receivedAtMs: NOW_MS,
        body: '{"date":"2026-03-10","revenue":"4310.55"}',
      },
    ]);
    expect(heard.lines).toEqual([
      { message: "days pushed", fields: { brand: "atelier-lune", stored: 1, unchanged: 0 } },
    ]);
  });

  it("answers the same body again with 200 and keeps nothing new", async () => {
    const { container } = await aContainer();
    await ask(container, signed());
    const again = { status: 200, stored: [], unchanged: ["2026-03-10"] };
    expect(await ask(container, signed())).toEqual(again);
    expect(await ask(container, signed(DAY, {}, KEY, "1773298801"))).toEqual(again);
    expect(await container.store.statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(1);
  });

  it("keeps a restated day beside the first", async () => {
    const { container } = await aContainer();
    await ask(container, signed());
    const restated = signed('{"days":[{"date":"2026-03-10","revenue":4200}]}', {}, KEY, "1773298801");
    expect(await ask(container, restated)).toMatchObject({ status: 200, stored: ["2026-03-10"] });
    expect(await container.store.statements(BRAND, "2026-03-10", "2026-03-10")).toHaveLength(2);
    expect(await ask(container, signed())).toEqual({
      status: 409,
      error: "push.overtaken",
      message:
        "what was signed at 2026-03-12T07:00:01.000Z says something else of 2026-03-10: sign again, if this is the truth",
    });
  });

  const wrong: [string, Posted, Given?][] = [
    ["no headers", { headers: {}, body: DAY }],
    ["another key", signed(DAY, {}, `${KEY.slice(0, -1)}8`)],
    ["another body", { ...signed(), body: `${DAY} ` }],
    [
      "another brand's name",
      signed(DAY, { headers: { "x-palier-brand": "other" } }),
      { keys: { [BRAND]: KEY, other: "k".repeat(32) } },
    ],
    ["an unknown brand", signed(DAY, { headers: { "x-palier-brand": "nobody" } })],
    ["a brand that is no name", signed(DAY, { headers: { "x-palier-brand": "../log" } })],
    ["a name that every object has", signed(DAY, { headers: { "x-palier-brand": "constructor" } })],
    ["a key that is too short to be one", signed(DAY, {}, "short"), { keys: { [BRAND]: "short" } }],
    ["an empty key", signed(DAY, {}, ""), { keys: { [BRAND]: "" } }],
    ["the stand-in for no key", signed(DAY, {}, "-".repeat(32)), { keys: {} }],
  ];
  it.each(wrong)("refuses %s alike, and keeps nothing", async (_, posted, given) => {
    const { container } = await aContainer(given);
    expect(await ask(container, posted)).toMatchObject({ status: 401, error: "push.unsigned" });
    expect(await container.store.statements(BRAND, "2026-03-01", "2026-03-31")).toEqual([]);
  });

  it.each([[300_001], [-300_001]])("refuses a clock that is %d ms off", async (offMs) => {
    const { container } = await aContainer({ nowMs: NOW_MS + offMs });
    expect(await ask(container, signed())).toMatchObject({ status: 401, error: "push.stale" });
  });

  it("names row and field of every problem", async () => {
    const { container } = await aContainer();
    const text =
      '{"days":[{"date":"2026-03-10","revenue":"1,5"},\n{"date":"2026-03-09","revenue":1,"orders":-1}]}';
    expect(await ask(container, signed(text))).toEqual({
      status: 400,
      error: "push.invalid",
      problems: [
        {
          code: "shop.badNumber",
          path: "days[0].revenue",
          line: 1,
          found: '"1,5"',
          allowed:
            "a plain decimal amount with a point, such as 1250.50, without currency or thousands separator, at most 9007199254.740991 (2^53 micros)",
          fix: "correct the cell, or leave it blank if unknown",
        },
        {
          code: "shop.badNumber",
          path: "days[1].orders",
          line: 2,
          found: '"-1"',
          allowed: "a whole number from 0 on, such as 42",
          fix: "correct the cell, or leave it blank if unknown",
        },
      ],
    });
  });

  it("refuses what is no POST, no text, or too large", async () => {
    const { container } = await aContainer();
    expect(await ask(container, signed(DAY, { method: "GET" }))).toMatchObject({ status: 405 });
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    expect(await ask(container, signed(bytes, { base64: true }))).toMatchObject({
      status: 400,
      error: "push.encoding",
    });
    const large = `${DAY}${" ".repeat(262_145 - DAY.length)}`;
    expect(await ask(container, signed(large))).toMatchObject({ status: 413, error: "push.tooLarge" });
    expect(await ask(container, signed(large.slice(0, -1)))).toMatchObject({ status: 200 });
  });

  it("tells a shop to try again while the secret or the table is out of reach, without a word of why", async () => {
    const { container } = await aContainer({ keys: new RuntimeError("secret.unreachable", "secret x") });
    expect(await ask(container, signed())).toEqual({
      status: 503,
      error: "push.unavailable",
      message: "try again with the same body",
    });
    const { container: other, heard } = await aContainer();
    const failing = {
      ...other,
      store: { ...other.store, put: async () => Promise.reject(new Error("table")) },
    };
    expect(await ask(failing, signed())).toMatchObject({ status: 503 });
    expect(heard.lines).toEqual([
      { message: "a push could not be kept", fields: { error: "Error", detail: "table" } },
    ]);
  });

  it("writes no key, signature or figure into its log", async () => {
    const { container, heard } = await aContainer();
    await ask(container, signed());
    await ask(container, signed("{}"));
    await ask(container, { ...signed(), body: "4310.55" });
    expect(heard.lines).toHaveLength(3);
    expect(JSON.stringify(heard.lines)).not.toMatch(/4310|v1=|5d1c9b/);
  });

  it("names each variable that is missing", () => {
    expect(() => openRevenueContainer({ PALIER_STAGE: "prod" })).toThrow("PALIER_REVENUE_SECRET is not set");
  });

  it("takes what the documented commands send", async () => {
    const { container } = await aContainer({ nowMs: Date.now() });
    const answers: UrlAnswer[] = [];
    const url = await serveUrl(async (event) => {
      const answer = await answerPush(container, event);
      answers.push(answer);
      return answer;
    });
    const readme = readFileSync("lib/shops/push/README.md", "utf8");
    const script = /```sh\n(.*?)```/s.exec(readme)?.[1] ?? "exit 9";
    const env = {
      PATH: process.env.PATH ?? "",
      PALIER_REVENUE_URL: url,
      PALIER_REVENUE_KEY: KEY,
      PALIER_BRAND: BRAND,
      no_proxy: "127.0.0.1",
    };
    const { stdout } = await promisify(execFile)("sh", ["-ec", script], { env });
    expect(JSON.parse(stdout)).toEqual({ stored: ["2026-03-10"], unchanged: [] });
    expect(answers).toMatchObject([{ statusCode: 200 }]);
    const failed = promisify(execFile)("sh", ["-ec", script], {
      env: { ...env, PALIER_REVENUE_KEY: "other" },
    });
    await expect(failed).rejects.toMatchObject({ stdout: expect.stringContaining("push.unsigned") });
  });
});
