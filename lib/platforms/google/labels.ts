/** Labels by their names: entities name the resources alone. Source: Google Ads API v25, Label. */
import { compareText } from "./order.ts";
import { labelSchema, parseRows, refuseDuplicates } from "./schemas.ts";
import type { ReadSession } from "./session.ts";

/** In stable order; one whose name Google does not tell (a manager's) stands there by its resource, so that it is not lost. */
export type NamesOfLabels = (resourceNames: readonly string[]) => string[];

/** Asks only where anything has a label. @throws PlatformError `malformed` for a label that comes twice. */
export async function readLabels(
  session: ReadSession,
  rows: readonly { labels: readonly string[] }[],
): Promise<NamesOfLabels> {
  const what = "labels";
  const gaql = "SELECT label.resource_name, label.name FROM label";
  const isAny = rows.some(({ labels }) => labels.length > 0);
  const found = isAny ? parseRows(labelSchema, await session.query(gaql), what) : [];
  refuseDuplicates(
    found.map(({ label }) => label.resourceName),
    what,
  );
  const names = new Map(found.map(({ label }) => [label.resourceName, label.name]));
  return (resources) => resources.map((one) => names.get(one) ?? one).sort(compareText);
}
