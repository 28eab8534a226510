/** Opens each platform once, when the first account of it is needed: an SDK costs a tenth of a second to load. */
import { setTimeout as sleep } from "node:timers/promises";
import { loadPlatform } from "../platforms/index.ts";
import type { MetaApiOptions } from "../platforms/meta/api.ts";
import type { Platform } from "../platforms/port.ts";
import { type Environment, metaCredentials } from "./credentials.ts";
import { RuntimeError } from "./errors.ts";
import type { SandboxSession } from "./sandbox-session.ts";

/** A sandbox brand never sees the environment's credentials, and a real one never sees the sandbox. */
export function platformLoader(
  env: Environment,
  sandbox: SandboxSession | null,
): (id: string) => Promise<Platform> {
  const opened = new Map<string, Promise<Platform>>();
  return async (id) => {
    const platform =
      opened.get(id) ?? openPlatform(id, sandbox === null ? metaCredentials(env) : sandbox.meta);
    opened.set(id, platform);
    return await platform;
  };
}

async function openPlatform(id: string, credentials: MetaApiOptions): Promise<Platform> {
  if (id !== "meta") throw new RuntimeError("platform.unknown", `there is no platform "${id}"`);
  const create = await loadPlatform(id);
  return create({
    ...credentials,
    sleep: async (ms) => {
      await sleep(ms);
    },
  });
}
