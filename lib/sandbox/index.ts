/** The sandbox: a seeded market behind servers that speak Meta's Graph API and the Google Ads API, with a shop that writes its own books. */
export { type SandboxClient, sandboxClient } from "./client.ts";
export { SandboxError } from "./errors.ts";
export { foundWorld, loadWorld, saveWorld } from "./host.ts";
export type { FaultKind, World } from "./model.ts";
export { type RunningSandbox, serveSandbox } from "./server.ts";
export { SANDBOX_READ_TOKEN, SANDBOX_TOKEN } from "./token.ts";
export { advance, advanceToNextNight, createWorld } from "./world.ts";
