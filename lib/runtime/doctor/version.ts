/** How long the version of a platform's API that is called will still be there. */
import { type Day, daysBetween } from "../../domain/day.ts";
import type { Environment, PlatformManifest } from "../../platforms/port.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** A change of version is a release of Palier with its tests, and a deployment. */
const WARN_DAYS = 60;

/** `environment` is what the adapter is given; a version set there is called in place of the usual one. */
export function judgeVersion(
  { id, apiVersion, apiVersionEnds }: PlatformManifest,
  environment: Environment,
  today: Day,
): Finding {
  const check = "version.end";
  const variable = `PALIER_${id.toUpperCase()}_VERSION`;
  const set = environment[variable] ?? "";
  if (set !== "" && set !== apiVersion) {
    const found = `${variable} is ${set}, and when that ends is not known here; ${apiVersion} is the usual one`;
    return warning(check, id, found, `take ${variable} away, or watch the platform's changelog`);
  }
  if (apiVersionEnds === null) return ok(check, id, `${apiVersion}, of which no end is in sight`);
  const days = daysBetween(today, apiVersionEnds);
  const found = `${apiVersion} may be gone from ${apiVersionEnds} on, in ${days} days`;
  const fix = "update Palier to a version that calls a newer one";
  if (days <= 0) return failed(check, id, `${apiVersion} may be gone since ${apiVersionEnds}`, fix);
  return days <= WARN_DAYS ? warning(check, id, found, fix) : ok(check, id, found);
}
