/** Failures as one clear message; stack traces are for developers and only with --verbose. */
import { ConfigError, type ConfigProblem } from "../../lib/domain/problem.ts";
import { PlatformError } from "../../lib/platforms/errors.ts";
import { plainText } from "../../lib/words/plain-text.ts";

/** Exit codes: ok; refused or problems found; wrong usage; a fault of ours (`EX_SOFTWARE` of sysexits.h). */
export const EXIT = { ok: 0, refused: 1, usage: 2, unexpected: 70 } as const;

/** The command line asks for something that does not exist or cannot be. */
export class UsageError extends Error {
  override name = "UsageError";
  readonly code = "usage.wrong";
}

export interface Failure {
  code: string;
  message: string;
  problems: readonly ConfigProblem[];
  exitCode: number;
  /** Null where the message says everything. */
  stack: string | null;
}

/** Our errors carry codes such as `log.contended`; those of Node and of libraries (`ENOENT`) are not known here. */
const OUR_CODE = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/;

export function failureOf(error: unknown): Failure {
  if (error instanceof ConfigError) {
    return known("config.invalid", problemsTitle(error.problems.length), EXIT.refused, error.problems);
  }
  if (error instanceof UsageError) return known(error.code, error.message, EXIT.usage);
  if (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    OUR_CODE.test(error.code)
  ) {
    return known(error.code, error.message, EXIT.refused);
  }
  if (error instanceof PlatformError) {
    return known(`platform.${error.details.kind}`, platformMessage(error), EXIT.refused);
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? (error.stack ?? null) : null;
  return { code: "unexpected", message, problems: [], exitCode: EXIT.unexpected, stack };
}

/** The failure for people, with a line break at its end. */
export function failureText(failure: Failure, verbose: boolean): string {
  const lead = failure.stack === null ? "" : "Unexpected error, most likely a fault in Palier: ";
  const lines = [
    `${lead}${plainText(failure.message)}`,
    ...failure.problems.flatMap(problemLines),
    ...(failure.stack === null ? [] : stackLines(failure.stack, verbose)),
  ];
  return `${lines.join("\n")}\n`;
}

/** The failure for machines, with a line break at its end. */
export function failureJson({ code, message, problems }: Failure): string {
  return `${JSON.stringify({ error: { code, message, problems } })}\n`;
}

function known(
  code: string,
  message: string,
  exitCode: number,
  problems: readonly ConfigProblem[] = [],
): Failure {
  return { code, message, problems, exitCode, stack: null };
}

function problemsTitle(count: number): string {
  return count === 1
    ? "One problem found; nothing was changed."
    : `${count} problems found; nothing was changed.`;
}

/** One problem for people: where, what, and how to mend it. */
export function problemLines({ file, line, path, found, allowed, fix }: ConfigProblem): string[] {
  const place = `${file}${line === null ? "" : `:${line}`}${path === "" ? "" : ` ${path}`}`;
  const rows = [
    ["found", found],
    ["allowed", allowed],
    ["fix", fix],
  ].filter(([, text]) => text !== "");
  return [
    "",
    plainText(place),
    ...rows.map(([label = "", text = ""]) => `  ${label.padEnd(9)}${plainText(text)}`),
  ];
}

/** A platform's own words may carry its code already: Google's do. */
function platformMessage({ message, details }: PlatformError): string {
  const { code, subcode, traceId } = details;
  const told = [
    ...(code === null || message.includes(`(${code})`)
      ? []
      : [subcode === null ? `code ${code}` : `code ${code}/${subcode}`]),
    ...(traceId === null ? [] : [`trace ${traceId}`]),
  ];
  return told.length === 0 ? message : `${message} (${told.join(", ")})`;
}

function stackLines(stack: string, verbose: boolean): string[] {
  return verbose ? ["", stack] : ["Add --verbose for the place where it happened."];
}
