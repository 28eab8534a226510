/** The sandbox: a seeded market behind a server that speaks Meta's Graph API, with a shop that writes its own books. */
export { type SandboxClient, sandboxClient } from "./client.ts";
export { SandboxError } from "./errors.ts";
export { foundWorld, loadWorld, saveWorld } from "./host.ts";
export { SANDBOX_TOKEN } from "./meta/graph.ts";
export type { Fault, FaultKind, HumanEdit, LedgerEntry, World } from "./model.ts";
export { type RunningSandbox, type SandboxOptions, serveSandbox } from "./server.ts";
export { advance, advanceToNextNight, createWorld, type WorldRequest } from "./world.ts";
