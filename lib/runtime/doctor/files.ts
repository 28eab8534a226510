/** The brand file and its rules, as they are read. */
import type { BrandConfig } from "../../loop/ports.ts";
import { type Finding, ok, warning } from "./finding.ts";

/** Of files that could be read; what is wrong with others is a ConfigError, which names every problem. */
export function judgeFiles({ brand, ruleset }: BrandConfig): Finding[] {
  const packs = Object.keys(brand.packs);
  const rules = ruleset.rules.length;
  const count = `${rules} ${rules === 1 ? "rule counts" : "rules count"} today, from ${packs.join(", ") || "no pack"}`;
  return [
    ok("files.brand", brand.id, `${brand.file} is right`),
    rules === 0
      ? warning("files.rules", brand.id, count, "name a pack in the brand file, or switch rules on")
      : ok("files.rules", brand.id, count),
  ];
}
