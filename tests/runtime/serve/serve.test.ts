import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { serve } from "../../../lib/runtime/serve/index.ts";
import { aPlannedHome, BRAND, copyOfHome, removeHomes } from "../../support/home.ts";
import { BRAND_FILE, rulesWith } from "../../support/rules-folder.ts";
import { aServedHome } from "../../support/served.ts";
import { recordingTelemetry } from "../../support/telemetry.ts";

async function aTakenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

describe("lib/runtime/serve", () => {
  let planned = "";

  beforeAll(async () => {
    planned = await aPlannedHome();
  });
  afterAll(removeHomes);

  it("tells of a brand file that is broken once, and that it runs again once it is mended", async () => {
    const rules = rulesWith();
    const { served, telemetry } = await aServedHome(copyOfHome(planned), rules);
    const file = path.join(rules, BRAND_FILE);
    const whole = await readFile(file, "utf8");
    const run = async () => {
      await served.wakeAll();
      await served.idle();
    };
    await writeFile(file, "{");
    await run();
    await run();
    await writeFile(file, whole);
    await run();
    await run();
    const told = telemetry.lines.map(({ message }) => message).filter((one) => /run/.test(one));
    expect(told).toEqual(["the run failed, and is tried again until it works", "it runs again"]);
  });

  it.each([
    ["port", "--port"],
    ["slackPort", "--slack-port"],
  ])("says of a %s that is taken which option chooses another", async (which, option) => {
    const taken = await aTakenPort();
    const options = { brands: [BRAND], home: copyOfHome(planned), rulesFolder: "rules", env: {} };
    const parts = { files: nodeFiles(), port: 0, slackPort: 0, telemetry: recordingTelemetry() };
    await expect(serve({ ...options, ...parts, [which]: taken })).rejects.toThrow(
      `port ${taken} cannot be listened on (another process has it, perhaps another palier serve): end that one, or choose another port with ${option}`,
    );
  });
});
