/** All platforms. Their manifests cost nothing to load; an SDK is loaded when its platform is first used. */
import type { Words } from "../domain/shape.ts";
import { googleManifest } from "./google/manifest.ts";
import { metaManifest } from "./meta/manifest.ts";
import type { PlatformManifest, PlatformModule } from "./port.ts";

interface Entry {
  manifest: PlatformManifest;
  load(): Promise<PlatformModule>;
}

const PLATFORMS: readonly [Entry, ...Entry[]] = [
  { manifest: metaManifest, load: async () => (await import("./meta/index.ts")).metaModule },
  { manifest: googleManifest, load: async () => (await import("./google/index.ts")).googleModule },
];

const [first, ...others] = PLATFORMS;

export const manifests: readonly [PlatformManifest, ...PlatformManifest[]] = [
  first.manifest,
  ...others.map(({ manifest }) => manifest),
];

/** How brand and rule files name a platform: by its id; what is meant by another name, and what is not built, is told. */
export const platformIds: readonly [string, ...string[]] = [
  first.manifest.id,
  ...others.map(({ manifest }) => manifest.id),
];
export const PLATFORM_WORDS: Words = {
  notYet: ["tiktok", "linkedin"],
  instead: Object.fromEntries(
    manifests.flatMap(({ id, otherNames }) => otherNames.map((name) => [name, id])),
  ),
};

/** Maturity curves by platform id. */
export const maturityByPlatform: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  manifests.map(({ id, maturityByAge }) => [id, maturityByAge]),
);

/** The platform of that id with its SDK loaded; null where there is none. */
export async function loadPlatform(id: string): Promise<PlatformModule | null> {
  return (await PLATFORMS.find(({ manifest }) => manifest.id === id)?.load()) ?? null;
}
