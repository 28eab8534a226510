/** Figures for the planner's tests: ordinary ones for every holder and a healthy brand; whatever is not stated throws. */
import type { Reading, Unit } from "../../lib/domain/figure.ts";
import { message } from "../../lib/domain/figure.ts";
import { budgetHoldersOf } from "../../lib/domain/holder.ts";
import { accountKey } from "../../lib/domain/ids.ts";
import type { Snapshot } from "../../lib/domain/snapshot.ts";
import type { Subject } from "../../lib/domain/verdict.ts";
import type { Facts } from "../../lib/metrics/port.ts";

/** What is read of a holder; null is no data. Money in micros. */
interface HolderFigures {
  spend14d: number | null;
  conversions14d: number | null;
  cpa14d: number | null;
  cpaOkProbability14d: number | null;
  settledPercent14d: number | null;
  settledPercent7d: number | null;
  spend7d: number | null;
  targetCpa: number | null;
}

/** What is read of the brand over 7 days; null is no data. */
interface BrandFigures {
  spend: number | null;
  revenue: number | null;
  conversionValue: number | null;
  mer: number | null;
  merFloor: number | null;
  merAlarm: number | null;
  /** By stage, `unmapped` included. */
  stageSpend: Readonly<Record<string, number>>;
  stageShare: Readonly<Record<string, number | null>>;
}

export interface StatedFigures {
  /** Overrides by ad-group id. */
  figures?: Readonly<Record<string, Partial<HolderFigures>>>;
  brandFigures?: Partial<BrandFigures>;
}

const FIRST_DAYS: Readonly<Record<string, string>> = {
  "7d": "2026-03-04",
  "14d": "2026-02-25",
  "28d": "2026-02-11",
};

const ORDINARY: HolderFigures = {
  spend14d: 600_000_000,
  conversions14d: 20,
  cpa14d: 30_000_000,
  cpaOkProbability14d: 0.87,
  settledPercent14d: 90,
  settledPercent7d: 81,
  spend7d: 300_000_000,
  targetCpa: 35_000_000,
};

const HEALTHY: BrandFigures = {
  spend: 3_000_000_000,
  revenue: 12_000_000_000,
  conversionValue: 15_000_000_000,
  mer: 4,
  merFloor: 3.571429,
  merAlarm: 2,
  stageSpend: { awareness: 0, prospecting: 3_000_000_000, retargeting: 0, unmapped: 0 },
  stageShare: { awareness: 0, prospecting: 75, retargeting: 0, unmapped: 25 },
};

/** What each account spent and claims in 7 days. */
const ACCOUNT = { spend: 1_500_000_000, conversionValue: 7_500_000_000 };

const UNITS: Readonly<Record<string, Unit>> = {
  spend: "money",
  revenue: "money",
  conversionValue: "money",
  cpa: "money",
  targetCpa: "money",
  conversions: "count",
  cpaOkProbability: "probability",
  settledPercent: "percent",
  stageSharePercent: "percent",
};

/** A reading over complete days before the round's day; without a window it covers no days. */
export function aFigure(value: Reading["value"], unit: Unit, window: string | null): Reading {
  const days =
    window === null ? { from: null, to: null } : { from: FIRST_DAYS[window] ?? null, to: "2026-03-10" };
  const reason = value === null ? message("noData.accountMissing") : null;
  return { value, unit, ...days, reason, source: value === null ? null : "meta/1001" };
}

export function factsDouble(snapshot: Snapshot, stated: StatedFigures): Facts {
  const holders = snapshot.accounts.flatMap(budgetHoldersOf);
  return {
    subjects: (level) => {
      if (level === "budgetHolder") {
        return holders.map(({ key, name, ref }) => ({ level, key, name, ref, stage: "prospecting" }));
      }
      if (level !== "account") throw new Error(`no subjects of level ${level} were stated`);
      return snapshot.accounts.map((one) => ({
        level,
        key: accountKey(one),
        name: one.name,
        ref: null,
        stage: null,
      }));
    },
    everySubject: (level) => {
      throw new Error(`nobody stated every subject of level ${level}`);
    },
    entity: () => null,
    memberOf: () => null,
    holders: () => holders,
    holder: (key) => holders.find((holder) => holder.key === key) ?? null,
    read: (subject, fact, params) => {
      const window = typeof params.window === "string" ? params.window : null;
      const value =
        subject.level === "brand"
          ? ofBrand(stated, fact, params.stage)
          : ofHolder(stated, subject, fact, window);
      if (value === undefined) throw new Error(`${subject.key} ${fact} ${window} was not stated`);
      return aFigure(value, UNITS[fact] ?? "ratio", window);
    },
    readAll: (level, fact) => {
      throw new Error(`nobody stated ${fact} of every subject of level ${level}`);
    },
    // 40 EUR and two conversions on each of 14 days.
    days: () => ({
      from: "2026-02-25",
      spendMicros: Array.from({ length: 14 }, () => 40_000_000),
      conversions: Array.from({ length: 14 }, () => 2),
    }),
  };
}

function ofBrand(stated: StatedFigures, fact: string, stage: unknown): number | null | undefined {
  const figures: BrandFigures = { ...HEALTHY, ...stated.brandFigures };
  if (typeof stage !== "string") return (figures as unknown as Record<string, number | null>)[fact];
  return fact === "stageSharePercent" ? figures.stageShare[stage] : figures.stageSpend[stage];
}

function ofHolder(
  stated: StatedFigures,
  { ref, level }: Subject,
  fact: string,
  window: string | null,
): number | null | undefined {
  if (level === "account") return (ACCOUNT as Readonly<Record<string, number>>)[fact];
  if (level !== "budgetHolder" || ref === null) return undefined;
  const figures = { ...ORDINARY, ...stated.figures?.[ref.id] };
  return figures[`${fact}${window ?? ""}` as keyof HolderFigures];
}
