/** A call's arguments as the client sends them: form fields whose objects are JSON texts, or one JSON body. */
import { isObject } from "./check.ts";
import { refusalOf, SlackRefusal } from "./refusal.ts";

export type Args = Readonly<Record<string, unknown>>;

/** Null for a body of neither kind. */
export function argsOf(contentType: string, body: string): Args | null {
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  if (!contentType.startsWith("application/json")) return null;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Slack leaves out of account what it does not know; here it would be a mistake of ours that nobody sees. */
export function refuseUnknown(args: Args, known: readonly string[]): void {
  const problems = Object.keys(args)
    .filter((key) => key !== "token" && !known.includes(key))
    .map((key) => ({ pointer: `/${key}`, message: "no such argument in this Slack" }));
  if (problems.length > 0) throw refusalOf("invalid_arguments", problems);
}

export function needed(args: Args, key: string): string {
  const value = optional(args, key);
  if (value !== null && value !== "") return value;
  throw refusalOf("invalid_arguments", [{ pointer: `/${key}`, message: `missing required field: ${key}` }]);
}

export function optional(args: Args, key: string): string | null {
  const value = args[key];
  return value === undefined || value === null ? null : String(value);
}

export function flag(args: Args, key: string): boolean {
  const value = optional(args, key);
  return value === "true" || value === "1";
}

/** @throws SlackRefusal with `code` for a text that is no JSON. */
export function json(args: Args, key: string, code: string): unknown {
  const value = args[key];
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackRefusal(code);
  }
}
