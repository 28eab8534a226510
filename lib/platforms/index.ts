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

type KnownOfAny = "id" | "label" | "holderLevels" | "countedOn" | "worstDayMultiple" | "maturityByAge";

/** Nobody measured how late their conversions arrive, so none are waited for; a day may cost twice its budget, as elsewhere. */
const UNLISTED: Omit<Pick<PlatformManifest, KnownOfAny>, "id" | "label"> = {
  holderLevels: ["campaign", "adGroup"],
  countedOn: "conversion",
  worstDayMultiple: 2,
  maturityByAge: [1],
};

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

/** The manifest of a platform, or what is taken for granted of one that datasets alone know (`tiktok`, `tv`). */
export function manifestOf(id: string): Pick<PlatformManifest, KnownOfAny> {
  return manifests.find((one) => one.id === id) ?? { id, label: id, ...UNLISTED };
}

/** Maturity curves of the platforms that these accounts are on, by platform id. */
export function maturityOf(
  accounts: readonly { platform: string }[],
): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(accounts.map(({ platform }) => [platform, manifestOf(platform).maturityByAge]));
}

/** The platform of that id with its SDK loaded; null where there is none. */
export async function loadPlatform(id: string): Promise<PlatformModule | null> {
  return (await PLATFORMS.find(({ manifest }) => manifest.id === id)?.load()) ?? null;
}
