/** Runs one brand of a long-lived process: its files are read anew each time, so that an edit counts from the next run on. */
import type { Brand } from "../../domain/brand.ts";
import { localDay } from "../../domain/day.ts";
import type { Messenger } from "../../domain/messenger.ts";
import { configOn } from "../../loop/config.ts";
import { dueNight } from "../../loop/due-night.ts";
import { hasWaited } from "../../loop/next-step.ts";
import type { BrandConfig, LoopPorts } from "../../loop/ports.ts";
import { type RunResult, runBrand } from "../../loop/run.ts";
import type { Telemetry } from "../aws/telemetry.ts";
import { readSource } from "../config.ts";
import { RuntimeError } from "../errors.ts";
import { type Place, portsAt } from "../workspace.ts";

/** Each turn does all of both parts; what one leaves to the other is done in the next. */
const MAX_TURNS = 5;

export interface RunnerParts {
  place: Place;
  rulesFolder: string;
  /** Null where no Slack is connected. */
  messenger(brand: Brand): Messenger | null;
  /** True once the process is to end: no further step is begun. */
  isEnding(): boolean;
  telemetry: Telemetry;
}

/** @throws ConfigError for files that are broken: nothing is done with the old ones; LogError, StoreError, BlobError, FileError. */
export async function runOnce(parts: RunnerParts, brandId: string): Promise<void> {
  const { place, telemetry, isEnding } = parts;
  const config = await readConfig(place, parts.rulesFolder, brandId);
  const ports = portsAt(place, config, {
    messenger: parts.messenger(config.brand),
    onProgress: (progress) => {
      if (progress.kind === "step") telemetry.info(progress.step, { subject: progress.subject });
    },
  });
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const nowMs = await ports.clock.nowMs();
    const due = dueNight(config.brand, await ports.log.state(brandId), nowMs);
    const mayStart = () => !isEnding();
    const applied = await runBrand(ports, config, null, { part: "apply", mayStart });
    const observed = await runBrand(ports, config, due, { part: "observe", mayStart });
    for (const { step, error } of [...applied.failed, ...observed.failed])
      telemetry.error(`${step.kind} failed and waits`, error, { brand: brandId });
    if (isEnding() || !(await hasMore(ports, observed))) return;
  }
}

/** @throws ConfigError, FileError; RuntimeError `serve.moved` for a brand that went in or out of the sandbox meanwhile. */
async function readConfig(place: Place, rulesFolder: string, brandId: string): Promise<BrandConfig> {
  const source = await readSource(place.files, rulesFolder, brandId);
  const { brand } = configOn(source, "2000-01-01");
  if (brand.sandbox !== (place.sandbox !== null)) {
    throw new RuntimeError(
      "serve.moved",
      `${brandId} changed between sandbox and real accounts: start again`,
    );
  }
  return configOn(source, localDay(await place.clock.nowMs(), brand.zone));
}

/** What the other part left, or what came up while this one worked. */
async function hasMore({ clock }: LoopPorts, { left, state }: RunResult): Promise<boolean> {
  const nowMs = await clock.nowMs();
  return left.some((step) => hasWaited(state, step, nowMs));
}
