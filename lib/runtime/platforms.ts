/** Opens each platform once, when the first account of it is needed: an SDK costs a tenth of a second or more to load. */
import { setTimeout as sleep } from "node:timers/promises";
import { loadPlatform } from "../platforms/index.ts";
import type { Environment, OpenPlatform, PlatformEffects, SandboxAddress } from "../platforms/port.ts";
import { RuntimeError } from "./errors.ts";

const EFFECTS: PlatformEffects = {
  sleep: async (ms) => {
    await sleep(ms);
  },
};

/**
 * A sandbox brand never sees the environment's credentials, and a real one never sees the sandbox. What it returns throws
 * CredentialsError for credentials that are not there, RuntimeError `platform.unknown`.
 */
export function platformLoader(
  env: Environment,
  sandbox: SandboxAddress | null,
): (id: string) => Promise<OpenPlatform> {
  const opened = new Map<string, Promise<OpenPlatform>>();
  return async (id) => {
    const platform = opened.get(id) ?? openPlatform(id, env, sandbox);
    opened.set(id, platform);
    return await platform;
  };
}

async function openPlatform(
  id: string,
  env: Environment,
  sandbox: SandboxAddress | null,
): Promise<OpenPlatform> {
  const platform = await loadPlatform(id);
  if (platform === null) throw new RuntimeError("platform.unknown", `there is no platform "${id}"`);
  return sandbox === null ? platform.fromEnvironment(env, EFFECTS) : platform.fromSandbox(sandbox, EFFECTS);
}
