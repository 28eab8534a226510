/** Makes every decision of a log again from what the log names, and compares it byte for byte. */
import { z } from "zod";
import { canonicalJson, hashOf } from "../domain/canonical.ts";
import type { BrandState, Remembered } from "../domain/state.ts";
import type { LogEvent, LogEventOf } from "../log/events.ts";
import { emptyState, foldEntry } from "../log/fold.ts";
import { unpackTables } from "../log/remembered.ts";
import { configOn } from "./config.ts";
import type { ConfigSource, LoopPorts } from "./ports.ts";
import { loadSnapshot } from "./snapshots.ts";
import { makeDecision } from "./steps/decide.ts";
import { loadPlan } from "./steps/intend.ts";

/** `otherVersion`: made by another engine version, which alone can repeat it. */
export interface Rederivation {
  roundId: string;
  position: number;
  result: "same" | "different" | "otherVersion";
}

const brandBlobSchema = z.object({ file: z.string(), text: z.string() });
const rulesBlobSchema = z.array(z.object({ path: z.string(), text: z.string() }));

/** One result per plan in the log, oldest first. @throws LogError, StoreError, BlobError when a part is absent or corrupt. */
export async function rederivePlans(
  ports: Pick<LoopPorts, "log" | "blobs" | "engineVersion">,
  brand: string,
): Promise<Rederivation[]> {
  const results: Rederivation[] = [];
  let state = emptyState(brand);
  for (const entry of await ports.log.entries(brand)) {
    for (const event of entry.events) {
      if (event.type !== "planned") continue;
      const { roundId } = event;
      const remembered = entry.events.find(
        (one) => one.type === "rulesRemembered" && one.roundId === roundId,
      );
      const result = await rederive(ports, state, event, rememberedIn(remembered));
      results.push({ roundId, position: entry.position, result });
    }
    state = foldEntry(state, entry);
  }
  return results;
}

async function rederive(
  ports: Pick<LoopPorts, "blobs" | "engineVersion">,
  state: BrandState,
  event: LogEventOf<"planned">,
  remembered: Remembered | null,
): Promise<Rederivation["result"]> {
  if (event.engineVersion !== ports.engineVersion) return "otherVersion";
  if (hashOf(state) !== event.inputs.state) return "different";
  const stored = await loadPlan(ports, event.planHash);
  const again = await makeDecision(
    {
      blobs: ports.blobs,
      engineVersion: event.engineVersion,
      stops: async () => stored.stops,
      clock: { nowMs: async () => stored.decidedAtMs },
    },
    configOn(await loadSource(ports, event.inputs), stored.day),
    await loadSnapshot(ports.blobs, event.inputs.snapshot),
    event.inputs.snapshot,
    state,
  );
  const samePlan = canonicalJson(again.plan) === (await ports.blobs.get(event.planHash));
  // Rounds by day leave nothing.
  const sameMemory = remembered === null || canonicalJson(again.remembered) === canonicalJson(remembered);
  return samePlan && sameMemory ? "same" : "different";
}

function rememberedIn(event: LogEvent | undefined): Remembered | null {
  if (event?.type !== "rulesRemembered") return null;
  const tables = unpackTables(event.tables);
  const { scopes, pausesOver, channels } = event;
  return tables && { ...tables, scopes, pausesOver, channels };
}

/** The files that a plan was made from, as they were read. @throws BlobError when one is absent or corrupt. */
export async function loadSource(
  ports: Pick<LoopPorts, "blobs">,
  inputs: LogEventOf<"planned">["inputs"],
): Promise<ConfigSource> {
  const { file, text } = brandBlobSchema.parse(JSON.parse(await ports.blobs.get(inputs.brand)));
  const ruleFiles = rulesBlobSchema.parse(JSON.parse(await ports.blobs.get(inputs.rules)));
  return { brandFile: file, brandText: text, ruleFiles };
}
