/** The current sandbox world, served by the first process that needs it; the others connect. */
import path from "node:path";
import type { Files } from "../domain/files.ts";
import type { SandboxAddress } from "../platforms/port.ts";
import { SANDBOX_TOKEN, type SandboxClient, sandboxClient, serveSandbox } from "../sandbox/index.ts";
import { claimService } from "./owner.ts";

export interface SandboxSession {
  url: string;
  /** True when this process serves the world. */
  owned: boolean;
  client: SandboxClient;
  /** The world's time. */
  clockMs(): Promise<number>;
  /** What adapters need to speak to this world. */
  address: SandboxAddress;
  close(): Promise<void>;
}

/**
 * Serves the world in `folder`, or connects to the process that does.
 * @throws SandboxError for a folder without a readable world; OwnerError; FileError.
 */
export async function openSandbox(files: Files, folder: string, port?: number): Promise<SandboxSession> {
  const claimed = await claimService({
    file: path.join(folder, "owner.json"),
    files,
    nowMs: Date.now,
    serve: async () => await serveSandbox(port === undefined ? { folder } : { folder, port }),
  });
  const url = `http://127.0.0.1:${claimed.port}`;
  const client = sandboxClient(url);
  const { grpcPort } = await client.clock();
  return {
    url,
    owned: claimed.owned,
    client,
    clockMs: async () => (await client.clock()).clockMs,
    address: { url, grpcPort, token: SANDBOX_TOKEN },
    close: claimed.close,
  };
}
