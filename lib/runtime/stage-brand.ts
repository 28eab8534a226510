/** One brand of a deployment, as it was published there: no file of this machine says anything about it. */
import { parseBrand } from "../brand/parse.ts";
import type { Brand } from "../domain/brand.ts";
import { ConfigError } from "../domain/problem.ts";
import { loadPublished } from "../loop/publish.ts";
import { RuntimeError } from "./errors.ts";
import type { OpenStage } from "./stage.ts";

/**
 * The brand that is named, or the only one.
 * @throws RuntimeError `stage.noBrand` for one that is not published there, whose log would otherwise be made by the answer;
 * ConfigError, LogError, StoreError, BlobError.
 */
export async function brandOnStage(
  { target, store, log, blobs }: Pick<OpenStage, "target" | "store" | "log" | "blobs">,
  named: string | undefined,
): Promise<Brand> {
  const known = (await store.summaries()).map(({ brand }) => brand).sort();
  const id = named ?? (known.length === 1 ? known[0] : undefined);
  const published = id === undefined ? null : (await log.state(id)).published;
  if (published === null) throw noBrand(target.name, known, named);
  const { brandText, brandFile } = await loadPublished(blobs, published.sourceHash);
  const parsed = parseBrand(brandText, brandFile);
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  return parsed.brand;
}

function noBrand(stage: string, known: readonly string[], named: string | undefined): RuntimeError {
  if (known.length === 0) return new RuntimeError("stage.noBrand", `no brand is published on stage ${stage}`);
  const all = known.join(", ");
  return new RuntimeError(
    "stage.noBrand",
    named === undefined
      ? `name one with --brand: ${all}`
      : `brand "${named}" is not published on stage ${stage}, which has ${all}`,
  );
}
