import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ConfigError } from "../../../lib/domain/problem.ts";
import { awsTelemetry, errorFields } from "../../../lib/runtime/aws/telemetry.ts";

/** What the function writes: each line is one JSON object. */
function writtenBy(use: (telemetry: ReturnType<typeof awsTelemetry>) => void): Record<string, unknown>[] {
  const written: string[] = [];
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "INFO");
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const errors = vi
    .spyOn(process.stderr, "write")
    .mockImplementation((text) => written.push(String(text)) > 0);
  onTestFinished(() => {
    spy.mockRestore();
    errors.mockRestore();
    vi.unstubAllEnvs();
  });
  use(awsTelemetry("observe", "dev"));
  spy.mockRestore();
  errors.mockRestore();
  return written.map((line) => JSON.parse(line));
}

describe("lib/runtime/aws/telemetry", () => {
  it("sends metrics with the function as their only dimension", () => {
    const [line] = writtenBy((telemetry) => {
      telemetry.count("StepsFailed", 0);
      telemetry.count("StepsFailed", 2);
      telemetry.count("RunMs", 12.5);
      telemetry.flush();
    });
    expect(line).toMatchObject({ service: "observe", StepsFailed: [0, 2], RunMs: 12.5 });
    expect((line?._aws as { CloudWatchMetrics: object[] } | undefined)?.CloudWatchMetrics).toEqual([
      {
        Namespace: "Palier",
        Dimensions: [["service"]],
        Metrics: [
          { Name: "StepsFailed", Unit: "Count" },
          { Name: "RunMs", Unit: "Milliseconds" },
        ],
      },
    ]);
  });

  it("writes nothing where nothing was counted", () => {
    expect(writtenBy((telemetry) => telemetry.flush())).toEqual([]);
  });

  it("logs the brand as a field, and of an error its code and message alone", () => {
    const raw = Object.assign(new Error("refused"), {
      code: "lane.failed",
      config: { token: "EAAB-secret" },
    });
    const lines = writtenBy((telemetry) => {
      telemetry.warn("left alone", { brand: "atelier-lune" });
      telemetry.error("not woken", raw, { brand: "atelier-lune" });
    });
    expect(lines).toMatchObject([
      { level: "WARN", message: "left alone", brand: "atelier-lune", stage: "dev", service: "observe" },
      { level: "ERROR", message: "not woken", error: "lane.failed", detail: "refused" },
    ]);
    expect(JSON.stringify(lines)).not.toContain("EAAB-secret");
  });

  it("tells of a file's problems how many they are, and the first", () => {
    const problem = {
      code: "brand.wrongValue",
      file: "rules/brands/b.json",
      line: 3,
      path: "zone",
      found: '"Paris"',
      allowed: "an IANA zone",
      fix: "write Europe/Paris",
    };
    expect(errorFields(new ConfigError([problem, problem]))).toEqual({
      error: "config.invalid",
      problems: 2,
      detail: 'rules/brands/b.json zone: "Paris"; write Europe/Paris',
    });
  });
});
