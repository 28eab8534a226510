/** What is left alone, in a sentence: why, by whom, until when. */
import type { Protection } from "../domain/plan.ts";
import type { Reader } from "./reader.ts";
import { phrase } from "./say.ts";

/** `name` stands as it is given, so that a report may make it a link; everything that people wrote is made safe here. */
export function describeProtection(one: Protection, name: string, reader: Reader): string {
  const { because, by, ruleId, reason, untilMs } = one;
  const own = because === "cooldown" && ruleId !== null ? "ruleCooldown" : because;
  const why = phrase(`protection.${own}`, reader, {
    by: { value: by ?? "somebody", unit: "state" },
    rule: { value: ruleId, unit: "text" },
  });
  const given = { value: reason, unit: "text" } as const;
  return phrase("protection.line", reader, {
    name,
    why: reason === null ? why : phrase("protection.given", reader, { why, reason: given }),
    end:
      untilMs === null
        ? phrase("protection.noEnd", reader)
        : phrase("protection.until", reader, { until: { value: untilMs, unit: "instant" } }),
  });
}
