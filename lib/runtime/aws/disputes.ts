import type { RunResult } from "../../loop/run.ts";
import type { Telemetry } from "./telemetry.ts";

/** Counted once for each plan that was made while its rules' executors disagree. */
export function tellDisputes(
  telemetry: Telemetry,
  brand: string,
  { steps, state }: Pick<RunResult, "steps" | "state">,
): void {
  if (!steps.some(({ kind }) => kind === "decide")) return;
  const found = Object.values(state.alerts).filter(
    (one) => one.kind === "disputed" && one.clearedAtMs === null,
  );
  telemetry.count("ExecutorDisagreements", found.length);
  for (const { id } of found) telemetry.warn("the executors of rules disagree", { brand, alert: id });
}
