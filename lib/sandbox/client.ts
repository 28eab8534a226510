/** Talks to a running sandbox's control side. */
import { z } from "zod";
import type { Day } from "../domain/day.ts";
import { SandboxError } from "./errors.ts";
import {
  type Fault,
  type HumanEdit,
  type LedgerEntry,
  ledgerEntrySchema,
  type World,
  worldSchema,
} from "./model.ts";

/** The sandbox is on this machine and does nothing slow. */
const TIMEOUT_MS = 10_000;

/** Another command had served the world and ended first; what this one recorded so far is kept. */
const UNREACHABLE =
  "the process that served this sandbox world has ended meanwhile; run the command again, or keep one up with: " +
  "npm run palier -- sandbox serve";

const clockSchema = z.object({ clockMs: z.int(), day: z.string(), seed: z.int(), grpcPort: z.int() });
const advancedSchema = z.object({ clockMs: z.int() });
const ledgerSchema = z.object({ entries: z.array(ledgerEntrySchema) });
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

export interface SandboxClient {
  /** `day` is the local date of the brand. */
  clock(): Promise<{ clockMs: number; day: Day; seed: number; grpcPort: number }>;
  /** Answers the new time. */
  advance(to: { ms: number } | { to: "nextNight" }): Promise<number>;
  ledger(): Promise<LedgerEntry[]>;
  fault(fault: Fault): Promise<void>;
  edit(edit: HumanEdit): Promise<void>;
  state(): Promise<World>;
}

/** `url` is what `serveSandbox` answered. Every call throws SandboxError `sandbox.requestRefused` when the sandbox refuses, `sandbox.unreachable` when it is gone. */
export function sandboxClient(url: string): SandboxClient {
  async function ask<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    body?: object,
  ): Promise<z.infer<Schema>> {
    const post = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const request = { ...post, signal: AbortSignal.timeout(TIMEOUT_MS) };
    const response = await fetch(`${url}/_sandbox/${path}`, request).catch(() => {
      throw new SandboxError("sandbox.unreachable", UNREACHABLE);
    });
    const answer: unknown = await response.json().catch(() => {
      throw new SandboxError("sandbox.unreachable", UNREACHABLE);
    });
    if (response.ok) return schema.parse(answer);
    const refused = errorSchema.safeParse(answer);
    throw new SandboxError(
      "sandbox.requestRefused",
      refused.success ? refused.data.error.message : `${path} failed`,
    );
  }
  return {
    clock: async () => await ask("clock", clockSchema),
    advance: async (to) => (await ask("advance", advancedSchema, to)).clockMs,
    ledger: async () => (await ask("ledger", ledgerSchema)).entries,
    fault: async (fault) => {
      await ask("fault", z.unknown(), fault);
    },
    edit: async (edit) => {
      await ask("edit", z.unknown(), edit);
    },
    state: async () => await ask("state", worldSchema),
  };
}
