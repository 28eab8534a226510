/** What lint found, for people and for GitHub's remarks beside the lines of a change. */
import type { Finding, Severity } from "../../lib/rules/lint/check.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { problemLines } from "./errors.ts";

/** What GitHub calls them. */
const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** `rules` were looked at. Infos are told in full only with `all`: they ask for nothing. */
export function findingsText(findings: readonly Finding[], rules: number, all: boolean): string {
  const shown = findings.filter(({ severity }) => all || severity !== "info");
  const count = (wanted: Severity) => findings.filter(({ severity }) => severity === wanted).length;
  const infos = count("info");
  const total = [
    `${rules} ${rules === 1 ? "rule" : "rules"}:`,
    `${counted(count("error"), "error")}, ${counted(count("warning"), "warning")}`,
    ...(infos === 0 ? [] : [`and ${counted(infos, "remark")}${all ? "" : " (--verbose tells them)"}`]),
  ].join(" ");
  return [...shown.flatMap(findingLines), ...(shown.length === 0 ? [] : [""]), `${total}.`].join("\n");
}

/** Workflow commands: one line each, nothing where there is nothing. */
export function githubText(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, code, file, line, path, found, allowed, fix }) => {
      const place = path === "" ? "" : `${path}: `;
      const message = `${place}found ${found}, allowed ${allowed}. ${fix}`;
      const at = [`file=${property(file)}`, `line=${line ?? 1}`, `title=${property(code)}`].join(",");
      return `::${LEVELS[severity]} ${at}::${escaped(message)}\n`;
    })
    .join("");
}

function findingLines(finding: Finding): string[] {
  const [blank = "", place = "", ...rows] = problemLines(finding);
  return [blank, `${place}  ${finding.severity} ${plainText(finding.code)}`, ...rows];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
