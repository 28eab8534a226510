import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readEveryRule } from "../../../lib/rules/files/load.ts";
import type { Check, ExampleRule, Finding } from "../../../lib/rules/lint/check.ts";
import { exampleFiles } from "../../../lib/rules/lint/examples.ts";
import { checks } from "../../../lib/rules/lint/index.ts";
import { lintReference } from "../../../lib/rules/lint/reference.ts";
import { lintRules } from "../../../lib/rules/lint/run.ts";
import { factsOf } from "../../support/readings.ts";
import { aBrand, aCampaign, anAccount, anAdGroup, aSnapshot } from "../../support/snapshot.ts";

const PEOPLE = ["lea", "tom"].map((name) => {
  return { name, slack: null, role: "owner", raiseLimitMicros: null, dailyRaiseLimitMicros: null } as const;
});

const OTHER_CAMPAIGN = { match: { campaigns: ["RTG *"] }, value: 90_000_000, source: "" };

/** As `lib/rules/lint/reference.ts` tells readers. */
const BRAND = aBrand({
  people: PEOPLE,
  accounts: [
    ...aBrand().accounts,
    { platform: "google", accountId: "2000000002", conversions: ["Purchase (web)"], attribution: "asSet" },
  ],
  parameters: {
    ...aBrand().parameters,
    mostSpend: { unit: "money", default: null, values: [OTHER_CAMPAIGN] },
  },
  packs: { examples: { off: [], modes: {}, parameters: {} } },
});
const CAMPAIGN = aCampaign({ name: "PROS Summer" });
const LATEST = factsOf({
  brand: BRAND,
  snapshot: aSnapshot({ accounts: [anAccount({ entities: [CAMPAIGN, anAdGroup()] })] }),
});

function findingsIn(rules: readonly ExampleRule[], layers: Check["layers"]): Finding[] {
  const read = readEveryRule(exampleFiles(rules, layers), BRAND);
  if (!read.ok || read.problems.length > 0) throw new Error(JSON.stringify(read.problems, null, 2));
  return lintRules(read, { day: "2026-03-12", latest: LATEST });
}

describe("lib/rules/lint", () => {
  it.each(checks)("finds $code in its bad example and in nothing else", (check) => {
    const { code, severity, layers, bad, good } = check;
    const found = findingsIn(bad, layers);
    expect(found.map((one) => one.code)).toEqual([`lint.${code}`]);
    expect(found[0]?.severity).toBe(severity);
    expect(findingsIn(good, layers)).toEqual([]);
  });

  it("has its page of codes up to date (npm run generate)", () => {
    const { path, text } = lintReference();
    expect(readFileSync(path, "utf8")).toBe(text);
  });
});
