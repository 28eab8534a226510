/** Google's published names, as generated. Source: see the first field of `names.generated.json`. */
import generated from "./names.generated.json" with { type: "json" };

const resources: Readonly<Record<string, Readonly<Record<string, string>>>> = generated.resources;
const segments: Readonly<Record<string, string>> = generated.segments;
const metrics: Readonly<Record<string, string>> = generated.metrics;
const enums: Readonly<Record<string, readonly string[]>> = generated.enums;

/** Google has such a resource, served here or not. */
export function isResource(name: string): boolean {
  return name in resources || generated.otherResources.includes(name);
}

/** `campaign.name` is `campaign` and `name`; what has no dot names a resource alone. */
export function split(field: string): { owner: string; name: string } {
  const dot = field.indexOf(".");
  return dot === -1 ? { owner: field, name: "" } : { owner: field.slice(0, dot), name: field.slice(dot + 1) };
}

/** The type of a field such as `metrics.clicks` (`int64`, `enum CampaignStatus`, `string list`); null where Google has none. */
export function fieldType(field: string): string | null {
  const { owner, name } = split(field);
  if (owner === "segments") return segments[name] ?? null;
  if (owner === "metrics") return metrics[name] ?? null;
  return resources[owner]?.[name] ?? null;
}

/** The values of `enum CampaignStatus`, or of a list of them; null for any other type. */
export function enumValues(type: string): readonly string[] | null {
  return enums[/^enum (\w+)/.exec(type)?.[1] ?? ""] ?? null;
}

/** Why an update may not name this field (`OUTPUT_ONLY`, `IMMUTABLE`); null where it may. */
export function readOnlyReason(resource: "campaign" | "campaign_budget", field: string): string | null {
  const reasons: Readonly<Record<string, string>> = generated.readOnly[resource];
  return reasons[split(field).owner] ?? null;
}
