/** All platforms. Their manifests cost nothing to load; an SDK is loaded when its platform is first used. */
import type { createMetaPlatform } from "./meta/index.ts";
import { metaManifest } from "./meta/manifest.ts";
import type { PlatformManifest } from "./port.ts";

export const manifests: readonly PlatformManifest[] = [metaManifest];

/** Maturity curves by platform id. */
export const maturityByPlatform: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  manifests.map(({ id, maturityByAge }) => [id, maturityByAge]),
);

/** The maker of a platform by its id, with its SDK loaded. */
export async function loadPlatform(id: PlatformId): Promise<typeof createMetaPlatform> {
  return await LOADERS[id]();
}

export type PlatformId = keyof typeof LOADERS;

const LOADERS = {
  meta: async () => (await import("./meta/index.ts")).createMetaPlatform,
};
