/** What people call facts, levels and platforms, gathered from the catalogues for whoever words messages and reports. */
import type { TargetRef } from "../domain/ids.ts";
import { factCatalogue } from "../metrics/index.ts";
import { manifests } from "../platforms/index.ts";

export const labels = {
  factLabels: Object.fromEntries(factCatalogue.map(({ id, label }) => [id, label])),
  levelWords: Object.fromEntries(manifests.map(({ id, levelWords }) => [id, levelWords])),
  platformLabels: Object.fromEntries(manifests.map(({ id, label }) => [id, label])),
  entityUrl,
};

/** Address of a target in its platform's own interface; null where there is none. */
export function entityUrl(target: TargetRef): string | null {
  return manifests.find(({ id }) => id === target.platform)?.entityUrl(target) ?? null;
}
