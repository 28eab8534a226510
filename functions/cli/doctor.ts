import type { Command } from "commander";
import { type Finding, type Status, worstOf } from "../../lib/runtime/doctor/finding.ts";
import { examineHere } from "../../lib/runtime/doctor/here.ts";
import { askSlack, TOKEN_VARIABLE } from "../../lib/runtime/doctor/slack.ts";
import { platformLoader } from "../../lib/runtime/platforms.ts";
import { readBrands } from "../../lib/runtime/publishing.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { command, type Outcome, runCommand } from "./program.ts";
import { type BrandOptions, chosenBrand, files, print, withBrand } from "./session.ts";
import { onStage, type StageOptions, withStage } from "./stage.ts";

interface DoctorOptions extends BrandOptions, StageOptions {}

export function doctorCommand(): Command {
  return withStage(
    withBrand(
      command("doctor", {
        summary: "check a set-up or a deployment, and say what to mend",
        details:
          "Looks at files, credentials and how far they reach, accounts, shop figures, clocks, quotas and the log, and with --stage " +
          "at secrets and queues. Nothing is changed: where an edit is asked for, the platform only checks it. Ends with 1 when " +
          "anything failed.",
        examples: ["palier doctor", "palier doctor --stage prod --brand maison-sel", "palier doctor --json"],
        json: true,
      }),
    ),
  ).action(
    runCommand<DoctorOptions>(async (_args, options) => {
      const brand = await chosenBrand(options);
      if (options.stage === undefined) {
        const { home, rules: rulesFolder } = options;
        const given = { brand, home, rulesFolder, env: process.env, files, wallMs: Date.now };
        return showFindings(await examineHere(given), options);
      }
      const [onDisk] = await readBrands(files, options.rules, [brand]);
      if (onDisk === undefined) return "refused";
      return await onStage(options, async (stage) => {
        const { examineDeployed } = await import("../../lib/runtime/doctor/deployed.ts");
        const token = process.env[TOKEN_VARIABLE] ?? "";
        const findings = await examineDeployed({
          stage,
          onDisk,
          openPlatform: async (id, values) => await platformLoader(values, null)(id),
          wallMs: Date.now,
          slack: token === "" ? null : askSlack(token),
        });
        return showFindings(findings, options);
      });
    }),
  );
}

function showFindings(findings: readonly Finding[], options: DoctorOptions): Outcome {
  const status = worstOf(findings);
  if (options.json === true) print(JSON.stringify({ status, findings }));
  else print(findingsText(findings));
  return status === "failed" ? "refused" : "ok";
}

export function findingsText(findings: readonly Finding[]): string {
  const widths = [widest(findings, "check"), widest(findings, "subject")] as const;
  const lines = findings.flatMap(({ check, subject, status, found, fix }) => [
    `${status.padEnd(9)}${check.padEnd(widths[0])}  ${subject.padEnd(widths[1])}  ${found}`,
    ...(fix === null ? [] : [`${" ".repeat(9)}to do: ${fix}`]),
  ]);
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  const total = `${count("ok")} ok, ${count("warning")} to look at, ${count("failed")} failed.`;
  return [...lines.map(plainText), "", total].join("\n");
}

function widest(findings: readonly Finding[], key: "check" | "subject"): number {
  return Math.max(0, ...findings.map((finding) => finding[key].length));
}
