import { createHmac } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureJson, failureOf, failureText } from "../../functions/cli/errors.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { SANDBOX_TOKEN } from "../../lib/sandbox/index.ts";
import { aNight, anApprovedRaise, aWorkspace, BRAND, closeWorkspaces, withMeta } from "../support/home.ts";

afterEach(async () => {
  vi.restoreAllMocks();
  await closeWorkspaces();
});

const APP_SECRET = "CANARY-app-secret";
const PROOF = createHmac("sha256", APP_SECRET).update(SANDBOX_TOKEN).digest("hex");
const SECRETS = [SANDBOX_TOKEN, encodeURIComponent(SANDBOX_TOKEN), APP_SECRET, PROOF];

/** Every byte under `folder`. */
function bytesUnder(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

function json(value: unknown): string {
  return JSON.stringify(value, (_key, one) => (typeof one === "bigint" ? one.toString() : one));
}

describe("a night full of faults", () => {
  it("leaves no secret in log, blobs, errors, standard output or standard error", async () => {
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((chunk) => {
        written.push(String(chunk));
        return true;
      });
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
});
