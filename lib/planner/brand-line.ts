/** The brand's week in one line: spend, revenue, MER against its levels, stages against their bands. */
import type { Brand } from "../domain/brand.ts";
import { UNMAPPED_STAGE } from "../domain/match.ts";
import type { AccountLine, BrandLine, StageLine } from "../domain/plan.ts";
import type { Subject } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { BRAND_WINDOW, brandSubject, numberOf } from "./readings.ts";

export function brandLine(brand: Brand, facts: Facts): BrandLine {
  const subject = brandSubject(brand);
  const params = { window: BRAND_WINDOW };
  const mer = facts.read(subject, "mer", params);
  const merFloor = facts.read(subject, "merFloor", {});
  const merAlarm = facts.read(subject, "merAlarm", {});
  return {
    spend: facts.read(subject, "spend", params),
    revenue: facts.read(subject, "revenue", params),
    claimedValue: facts.read(subject, "conversionValue", params),
    accounts: facts.subjects("account").map((account) => accountLine(facts, account)),
    mer,
    merFloor,
    merAlarm,
    merBand: merBand(numberOf(mer), numberOf(merFloor), numberOf(merAlarm)),
    stages: [...brand.stages.map((stage) => stage.name), UNMAPPED_STAGE].map((stage) =>
      stageLine(brand, facts, stage),
    ),
  };
}

function accountLine(facts: Facts, subject: Subject): AccountLine {
  const [platform = "", accountId = ""] = subject.key.split("/");
  const params = { window: BRAND_WINDOW };
  return {
    account: { platform, accountId },
    name: subject.name,
    spend: facts.read(subject, "spend", params),
    conversionValue: facts.read(subject, "conversionValue", params),
  };
}

function merBand(mer: number | null, floor: number | null, alarm: number | null): BrandLine["merBand"] {
  if (mer === null || floor === null || alarm === null) return "unknown";
  if (mer >= floor) return "healthy";
  return mer >= alarm ? "growing" : "alarm";
}

function stageLine(brand: Brand, facts: Facts, stage: string): StageLine {
  const subject = brandSubject(brand);
  const band = brand.stageBands[stage];
  return {
    stage,
    spend: facts.read(subject, "spend", { window: BRAND_WINDOW, stage }),
    sharePercent: facts.read(subject, "stageSharePercent", { window: BRAND_WINDOW, stage, basis: "spend" }),
    band: band === undefined ? null : [band[0], band[1]],
  };
}
