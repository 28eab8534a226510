/** What a check found. Every finding that is not ok says what to do. */
import { ConfigError } from "../../domain/problem.ts";
import { CredentialsError, PlatformError, type PlatformErrorKind } from "../../platforms/errors.ts";

export type Status = "ok" | "warning" | "failed";

export interface Finding {
  /** Stable, such as `account.currency`. */
  check: string;
  /** Whom it is about: a brand, a platform, an account, a queue. */
  subject: string;
  status: Status;
  found: string;
  /** Null where nothing is to be done. */
  fix: string | null;
}

export function ok(check: string, subject: string, found: string): Finding {
  return { check, subject, status: "ok", found, fix: null };
}

export function warning(check: string, subject: string, found: string, fix: string): Finding {
  return { check, subject, status: "warning", found, fix };
}

export function failed(check: string, subject: string, found: string, fix: string): Finding {
  return { check, subject, status: "failed", found, fix };
}

const WORST_FIRST: readonly Status[] = ["failed", "warning", "ok"];

export function worstOf(findings: readonly Finding[]): Status {
  return WORST_FIRST.find((status) => findings.some((finding) => finding.status === status)) ?? "ok";
}

const PLATFORM_FIXES: Readonly<Record<PlatformErrorKind, string>> = {
  throttled: "wait until the platform takes calls again, then run doctor once more",
  auth: "renew the credential, or give its user access to this account",
  invalid: "correct what the platform names, in the brand file or in the credential",
  notFound: "correct the account's id in the brand file, or give the credential's user access to it",
  unavailable: "check the network and the platform's status page, then run doctor once more",
  malformed: "report it: the platform answers other than documented",
};

/** Codes of our own errors; those of Node and of libraries are no findings but faults. */
const OUR_CODE = /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/;

/** The findings of a check that could not be carried out. @throws whatever is not one of our own errors */
export function findingsOf(check: string, subject: string, error: unknown): Finding[] {
  if (error instanceof CredentialsError) {
    return [
      failed(check, subject, error.message, "set what the message names; README.md lists every variable"),
    ];
  }
  if (error instanceof PlatformError) {
    return [failed(check, subject, error.message, PLATFORM_FIXES[error.details.kind])];
  }
  if (error instanceof ConfigError) {
    return error.problems.map(({ file, line, path, found, allowed, fix }) => {
      const place = `${file}${line === null ? "" : `:${line}`}${path === "" ? "" : ` ${path}`}`;
      return failed(check, place, `${found} (allowed: ${allowed})`, fix);
    });
  }
  if (error instanceof Error && "code" in error && OUR_CODE.test(String(error.code))) {
    return [failed(check, subject, error.message, "mend what the message names, then run doctor once more")];
  }
  throw error;
}

/** What `run` finds, or that it could not look. */
export async function attempted(
  check: string,
  subject: string,
  run: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await run();
  } catch (error) {
    return findingsOf(check, subject, error);
  }
}
