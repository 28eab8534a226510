/** A function that does what its event says to a platform, with the credentials of its environment. */
import { loadPlatform } from "../../../lib/platforms/index.ts";
import type { Platform } from "../../../lib/platforms/port.ts";

export interface PlatformEvent {
  platform: string;
  /** What to call; without it the platform is only opened. */
  call?: { method: keyof Platform; args: unknown[] };
}

/** Either a value or an error, and how long the call took. */
export interface PlatformAnswer {
  value?: unknown;
  error?: string;
  ms: number;
}

const opened = new Map<string, Platform>();

/** Amounts cross processes as texts that end in n. */
export async function handler({ platform: id, call }: PlatformEvent): Promise<PlatformAnswer> {
  const platform = opened.get(id) ?? (await open(id));
  opened.set(id, platform);
  const start = performance.now();
  const msSince = () => performance.now() - start;
  if (call === undefined) return { ms: msSince() };
  try {
    const method = platform[call.method] as (...args: unknown[]) => Promise<unknown>;
    const value = await method(...call.args.map(fromText));
    return { ms: msSince(), value: toText(value) };
  } catch (error) {
    return { ms: msSince(), error: String(error) };
  }
}

async function open(id: string): Promise<Platform> {
  const platform = await loadPlatform(id);
  if (platform === null) throw new Error(`there is no platform ${id}`);
  return platform.fromEnvironment(process.env, { sleep: async () => {} });
}

function toText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, (_, one) => (typeof one === "bigint" ? `${one}n` : one)));
}

function fromText(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null), (_, one: unknown) =>
    typeof one === "string" && /^-?\d+n$/.test(one) ? BigInt(one.slice(0, -1)) : one,
  );
}
