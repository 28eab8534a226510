import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureJson, failureOf, failureText } from "../../functions/cli/errors.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { SANDBOX_TOKEN } from "../../lib/sandbox/index.ts";
import {
  aNight,
  anApprovedRaise,
  aPlannedHome,
  aWorkspace,
  BRAND,
  closeWorkspaces,
  openHome,
  withMeta,
} from "../support/home.ts";
import { aServedHome, LEA, STRANGER } from "../support/served.ts";

afterEach(async () => {
  vi.restoreAllMocks();
  await closeWorkspaces();
});

const APP_SECRET = "CANARY-app-secret";
const PROOF = createHmac("sha256", APP_SECRET).update(SANDBOX_TOKEN).digest("hex");
const SECRETS = [SANDBOX_TOKEN, encodeURIComponent(SANDBOX_TOKEN), APP_SECRET, PROOF];

/** Of the stand-in: its token and key, and how its addresses to answer at and its triggers are made. */
const SLACK_SECRETS = [
  "xoxb-",
  "sandbox-signing-secret",
  "/hooks/actions/",
  "/hooks/commands/",
  ".t0atelier.",
];
const SLACK_FAULTS = [
  ["views.open", { kind: "refuse", error: "expired_trigger_id" }],
  ["views.open", { kind: "serverError", status: 502 }],
  ["views.open", { kind: "dropBefore" }],
  ["response_url", { kind: "serverError", status: 500 }],
  ["response_url", { kind: "dropBefore" }],
  ["chat.update", { kind: "refuse", error: "invalid_auth" }],
  ["chat.update", { kind: "throttle", retryAfterSeconds: 1 }],
] as const;
const PAUSE = "atelier-lune-20260311-1";

/** Every byte under `folder`, but for what the stand-in for Slack keeps for itself. */
function bytesUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => !file.includes(`${path.sep}slack${path.sep}`))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

/** To standard output and standard error from now on. */
function allWritten(): string[] {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  return written;
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (typeof one === "bigint" ? one.toString() : one));
}

describe("a night full of faults", () => {
  it("leaves no secret in log, blobs, errors, standard output or standard error", async () => {
    const written = allWritten();
    const workspace = await aWorkspace();
    const { world } = workspace;
    const night = withMeta(workspace, { appSecret: APP_SECRET });
    const errors: unknown[] = [];
    for (const fault of [{ kind: "expiredToken" }, { kind: "wrongAccount" }] as const) {
      await world.fault({ method: "GET", path: "/act_1001/insights", fault });
      errors.push(...(await aNight(night)).run.failed.map(({ error }) => error));
    }
    const raise = await anApprovedRaise(night);
    for (let tries = 0; tries < 3; tries++)
      await world.fault({ method: "GET", path: `/${raise.entityId}`, fault: { kind: "html502" } });
    errors.push(...(await runBrand(night.ports, workspace.config, null)).failed.map(({ error }) => error));
    await world.fault({ method: "POST", path: `/${raise.entityId}`, fault: { kind: "dropAfter" } });
    const { state } = await runBrand(night.ports, workspace.config, null);
    expect(state.intents[raise.id]?.status).toBe("confirmed");
    expect(errors).toHaveLength(3);

    const failures = errors.map(failureOf);
    const told = [
      ...written,
      ...failures.flatMap((failure) => [failureText(failure, true), failureJson(failure)]),
      ...errors.map(
        (error) => `${String(error)} ${json(error)} ${error instanceof Error ? error.stack : ""}`,
      ),
      json(await workspace.ports.log.entries(BRAND)),
      json(state),
      bytesUnder(workspace.folder),
    ].join("\n");
    expect(told.length).toBeGreaterThan(100_000);
    for (const secret of SECRETS) expect(told.split(secret).length - 1).toBe(0);
  });

  it("leaves nothing of Slack's there either: no token, no key, no address to answer at, no trigger", async () => {
    const written = allWritten();
    const home = await aPlannedHome();
    const hands = await aServedHome(home);
    const { telemetry } = hands;
    for (const [method, fault] of SLACK_FAULTS) {
      await hands.fault({ method, fault });
      await hands.click(LEA, "palier_reject", PAUSE);
      await hands.click(STRANGER, "palier_approve", PAUSE);
      await hands.command(LEA, "status");
      await hands.settled();
    }
    await hands.click(LEA, "palier_approve", PAUSE);
    await hands.settled();
    await hands.served.close();
    const { ports, close } = await openHome(home);
    const entries = await ports.log.entries(BRAND);
    await close();

    expect(telemetry.lines.length).toBeGreaterThan(4);
    expect(json(entries)).toContain('"answerRefused"');
    const told = [...written, json(telemetry.lines), json(entries), bytesUnder(home)].join("\n");
    for (const secret of SLACK_SECRETS) expect(told.split(secret).length - 1).toBe(0);
  });
});
