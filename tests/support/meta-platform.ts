/** The Meta adapter over the real SDK, against a scripted account of the Graph fake. */
import type { InsightLevel } from "../../lib/domain/snapshot.ts";
import { createMetaPlatform } from "../../lib/platforms/meta/index.ts";
import { type Further, NOTHING_FURTHER } from "../../lib/platforms/port.ts";
import { byPath, QUIET_ACCOUNT, startGraph, TOKEN } from "./graph-fake.ts";

/** `answers` by path, in place of the quiet account's; a wait between retries fails the test. */
export async function aMetaPlatform(answers: Readonly<Record<string, object>>) {
  const graph = await startGraph(byPath({ ...QUIET_ACCOUNT, ...answers }));
  const platform = createMetaPlatform({
    token: TOKEN,
    baseUrl: graph.url,
    sleep: async () => {
      throw new Error("unstated wait");
    },
  });
  return { graph, platform };
}

/** A week before the fetch, 4 March 2026 03:10:00 UTC. */
export const EDITS_FROM_MS = 1_772_593_800_000;

/** 35 days up to 10 March 2026, account totals alone. */
export function aFetchRequest(
  fields: Partial<Further> & {
    levels?: readonly InsightLevel[];
    attribution?: string;
    conversions?: readonly string[];
  } = {},
) {
  const {
    levels = ["account"],
    attribution = "7dClick+1dView",
    conversions = ["omni_purchase"],
    ...further
  } = fields;
  const account = { platform: "meta", accountId: "1001", conversions, attribution };
  return {
    account,
    levels,
    days: 35,
    today: "2026-03-11",
    editsFromMs: EDITS_FROM_MS,
    nowMs: 1_773_198_600_000,
    ...NOTHING_FURTHER,
    ...further,
  };
}
