/** Where `palier explain` reads: a night of a brand's log, or the night of a dataset folder. */
import type { Day } from "../domain/day.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import { pastNight } from "../loop/past-night.ts";
import type { BrandConfig, LoopPorts } from "../loop/ports.ts";
import { planOnGround, previewGround } from "../loop/preview.ts";
import { createFacts } from "../metrics/index.ts";
import type { DecidedNight } from "../planner/explain/explain.ts";
import { maturityOf } from "../platforms/index.ts";
import { type OpenDataset, previewPorts } from "./dataset.ts";
import { RuntimeError } from "./errors.ts";

export interface ExplainSource {
  night: DecidedNight;
  snapshot: Snapshot;
}

/** `day` null: the last night. @throws RuntimeError `explain.noNight`; ConfigError where its files are no longer understood. */
export async function nightSource(
  ports: Pick<LoopPorts, "log" | "blobs">,
  brand: string,
  day: Day | null,
): Promise<ExplainSource> {
  const past = await pastNight(ports, brand, day);
  if (past === null) {
    const which = day === null ? "no planned night" : `no planned night of ${day}`;
    throw new RuntimeError(
      "explain.noNight",
      `the log of ${brand} has ${which}; npm run palier -- log --brand ${brand} shows what it has`,
    );
  }
  return sourceOf(past);
}

/** What a preview of that day's night decides. */
export async function datasetSource(open: OpenDataset): Promise<ExplainSource> {
  const ports = previewPorts(open);
  const ground = await previewGround(ports, open.config);
  return sourceOf({ ...ground, config: open.config, plan: await planOnGround(ports, open.config, ground) });
}

function sourceOf(given: {
  config: BrandConfig;
  snapshot: Snapshot;
  state: BrandState;
  plan: DecidedNight["plan"];
}): ExplainSource {
  const { config, snapshot, state, plan } = given;
  const { brand, ruleset } = config;
  const maturity = maturityOf(brand.accounts);
  const facts = createFacts({ brand, snapshot, state, maturity, nowMs: plan.decidedAtMs });
  return { night: { brand, ruleset, facts, plan }, snapshot };
}
