/** The adapters as they ship: bundled, under the platforms' own names, over TLS, with nothing of the sandbox in their settings. */
import { once } from "node:events";
import { connect } from "node:http2";
import { describe, expect, it, onTestFinished } from "vitest";
import { SANDBOX_TOKEN } from "../../lib/sandbox/index.ts";
import { builtFile, bundlesAsked, PLATFORMS } from "../support/aws/bundles.ts";
import { serveInternet } from "../support/aws/internet.ts";
import { startLambda } from "../support/aws/lambda.ts";
import type { PlatformAnswer, PlatformEvent } from "../support/aws/platforms-function.ts";
import { aServedWorld, type ServedWorld } from "../support/sandbox.ts";

/** Bundling may come first, on a machine that does other things as well. */
const BUNDLING_MS = 60_000;

/** The fastest of these counts: whatever else the machine does only ever adds. */
const FIRST_WRITES = 3;
const FIRST_WRITE_MS = 300;

/** `hurried` makes time limits end a hundred times sooner. */
async function aBundledPlatform({
  hurried = false,
  world: given,
}: {
  hurried?: boolean;
  world?: ServedWorld;
} = {}) {
  const world = given ?? (await aServedWorld());
  const { port: httpPort, grpcPort, folder } = world;
  const internet = await serveInternet({ httpPort, grpcPort, folder });
  onTestFinished(internet.close);
  const lambda = await startLambda({
    file: await builtFile(PLATFORMS),
    hurried,
    env: {
      ...internet.env,
      PALIER_META_TOKEN: SANDBOX_TOKEN,
      PALIER_GOOGLE_DEVELOPER_TOKEN: SANDBOX_TOKEN,
      PALIER_GOOGLE_CLIENT_ID: SANDBOX_TOKEN,
      PALIER_GOOGLE_CLIENT_SECRET: SANDBOX_TOKEN,
      PALIER_GOOGLE_REFRESH_TOKEN: SANDBOX_TOKEN,
    },
  });
  const ask = async (event: PlatformEvent) => (await lambda.invoke(event)) as PlatformAnswer;
  return { world, internet, ask };
}

/** The sandbox loads its gRPC library with the first connection: that is no time of the function's. */
async function grpcIsLoaded(grpcPort: number): Promise<void> {
  const session = connect(`http://127.0.0.1:${grpcPort}`);
  await once(session, "remoteSettings");
  session.destroy();
}

const CANDLES = { platform: "google", accountId: "2000000002", level: "campaign", id: "21521288404" };
const edit = (fromMicros: string, toMicros: string) => ({ kind: "dailyBudget", fromMicros, toMicros });

describe.runIf(bundlesAsked)("bundles/platforms", () => {
  it(
    "reads and writes a budget on Google",
    async () => {
      const { internet, ask } = await aBundledPlatform();
      const read: PlatformEvent = { platform: "google", call: { method: "readHolder", args: [CANDLES] } };
      const { value: live } = await ask(read);
      expect(live).toMatchObject({ status: "active", dailyBudgetMicros: "160000000n" });
      const args = [CANDLES, edit("160000000n", "144000000n"), live];
      const written = await ask({ platform: "google", call: { method: "write", args } });
      expect(written.value).toEqual({ kind: "applied" });
      expect((await ask(read)).value).toMatchObject({ dailyBudgetMicros: "144000000n" });
      expect([...new Set(internet.asked)]).toEqual([
        "oauth2.googleapis.com http/1.1",
        "googleads.googleapis.com http/1.1",
        "googleads.googleapis.com h2",
      ]);
    },
    BUNDLING_MS,
  );

  it(
    "makes a process's first write on Google within 0.3 s",
    async () => {
      const world = await aServedWorld();
      await grpcIsLoaded(world.grpcPort);
      const took: number[] = [];
      for (let process = 0; process < FIRST_WRITES; process += 1) {
        const { ask } = await aBundledPlatform({ world });
        const { value: live } = await ask({
          platform: "google",
          call: { method: "readHolder", args: [CANDLES] },
        });
        const args = [CANDLES, edit("160000000n", "144000000n"), live];
        const { value, ms } = await ask({ platform: "google", call: { method: "write", args } });
        expect(value).toEqual({ kind: "applied" });
        took.push(ms);
      }
      expect(Math.min(...took)).toBeLessThan(FIRST_WRITE_MS);
    },
    BUNDLING_MS,
  );

  it(
    "knows Google's refusals by their names, though few of its messages are bundled",
    async () => {
      const { world, ask } = await aBundledPlatform();
      const { value: live } = await ask({
        platform: "google",
        call: { method: "readHolder", args: [CANDLES] },
      });
      await world.client.fault({
        method: "GRPC",
        path: "/CampaignBudgetService/MutateCampaignBudgets",
        fault: { kind: "permissionDenied" },
      });
      const args = [CANDLES, edit("160000000n", "144000000n"), live];
      const { value } = await ask({ platform: "google", call: { method: "write", args } });
      expect(value).toMatchObject({ kind: "refused", code: "authorization_error.USER_PERMISSION_DENIED" });
    },
    BUNDLING_MS,
  );

  it(
    "reads a budget on Meta, and gives up by its own time limit on a write that is never answered",
    async () => {
      const { world, internet, ask } = await aBundledPlatform({ hurried: true });
      const id = await world.idOf("Yoga and meditation");
      const target = { platform: "meta", accountId: "1001", level: "adGroup", id };
      const { value: live } = await ask({ platform: "meta", call: { method: "readHolder", args: [target] } });
      expect(live).toMatchObject({ status: "active", dailyBudgetMicros: "22000000n" });
      await world.client.fault({ method: "POST", path: `/${id}`, fault: { kind: "hang" } });
      const args = [target, edit("22000000n", "20000000n"), live];
      const { value } = await ask({ platform: "meta", call: { method: "write", args } });
      expect(value).toMatchObject({ kind: "unknown", code: "ETIMEDOUT" });
      expect([...new Set(internet.asked)]).toEqual(["graph.facebook.com http/1.1"]);
    },
    BUNDLING_MS,
  );
});
