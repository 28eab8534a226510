/** All platforms. Their manifests cost nothing to load; an SDK is loaded when its platform is first used. */
import { googleManifest } from "./google/manifest.ts";
import { metaManifest } from "./meta/manifest.ts";
import type { PlatformManifest, PlatformModule } from "./port.ts";

interface Entry {
  manifest: PlatformManifest;
  load(): Promise<PlatformModule>;
}

const PLATFORMS: readonly Entry[] = [
  { manifest: metaManifest, load: async () => (await import("./meta/index.ts")).metaModule },
  { manifest: googleManifest, load: async () => (await import("./google/index.ts")).googleModule },
];

export const manifests: readonly PlatformManifest[] = PLATFORMS.map(({ manifest }) => manifest);

/** Maturity curves by platform id. */
export const maturityByPlatform: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  manifests.map(({ id, maturityByAge }) => [id, maturityByAge]),
);

/** The platform of that id with its SDK loaded; null where there is none. */
export async function loadPlatform(id: string): Promise<PlatformModule | null> {
  return (await PLATFORMS.find(({ manifest }) => manifest.id === id)?.load()) ?? null;
}
