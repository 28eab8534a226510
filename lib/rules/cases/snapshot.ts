/** What a night would see of a case: a snapshot like that of real accounts, which the real figures are read from. */
import { addDays, type Day, instantOf } from "../../domain/day.ts";
import type { Entity } from "../../domain/entity.ts";
import { accountKey, entityKey, NIGHT_SLOT, roundIdOf, type TargetRef } from "../../domain/ids.ts";
import { microsFromMajor } from "../../domain/money.ts";
import type { AccountSnapshot, Insight, SharedBudget, Snapshot } from "../../domain/snapshot.ts";
import type { AppliedChange } from "../../domain/state.ts";
import { manifestOf, platformIds } from "../../platforms/index.ts";
import { ENTITY_COLUMNS, SPEND } from "./columns.ts";
import { type RuleCase, seriesOf } from "./read.ts";
import { dayRows } from "./rows.ts";
import type { EntityFile, OtherFile, SeriesFile } from "./schema.ts";
import { shopOf } from "./shop.ts";

export const CASE_BRAND = "test-brand";
export const CASE_ZONE = "UTC";

/** Inside every night window. */
const NIGHT_TIME = "04:10";
const MS_PER_DAY = 86_400_000;

/** What the nightly fetch covers, for accounts of which a case states no day. */
const USUAL_DAYS = 35;
const USUAL_BUDGET = 50;
const USUAL_AGE_DAYS = 90;

/** Nobody's edits in the last 96 hours. */
const HISTORY_MS = 96 * 3_600_000;

/** People reached by two entities may be the same ones. */
const NOT_ADDITIVE = "reach";

export interface CaseNight {
  snapshot: Snapshot;
  nowMs: number;
  /** The entity that the case is about, as a budget holder. */
  holderKey: string;
  accountKey: string;
  campaigns: readonly { id: string; stage: string | null }[];
  applied: readonly AppliedChange[];
}

interface Placed {
  file: EntityFile | OtherFile;
  series: SeriesFile;
  platform: string;
  accountId: string;
  owner: "campaign" | "adGroup" | "shared";
  campaignId: string;
  target: TargetRef;
}

/** @throws DomainError `money.malformed` for an amount that is none. */
export function nightOf(one: RuleCase, currency: string, ruleId: string): CaseNight {
  const { day } = one;
  const nowMs = instantOf(day, NIGHT_TIME, CASE_ZONE);
  const files = [{ ...one.entity, series: one.series }, ...one.others];
  const placed = files.map((file, index) => placedAt(file, index));
  const byAccount = Map.groupBy(placed, accountKey);
  const accounts = [...byAccount.values()].map((all) => accountOf(all, { day, nowMs, currency }));
  const [subject] = placed;
  if (subject === undefined) throw new Error("a case has at least its own entity");
  const holderKey = entityKey(subject.target);
  return {
    snapshot: {
      v: 1,
      brand: CASE_BRAND,
      roundId: roundIdOf(CASE_BRAND, day, NIGHT_SLOT),
      day,
      asOfMs: nowMs,
      accounts,
      missing: [],
      shop: shopOf(one),
    },
    nowMs,
    holderKey,
    accountKey: accountKey(subject),
    campaigns: placed.map(({ campaignId, file }) => ({ id: campaignId, stage: file.stage ?? null })),
    applied: appliedOf(one, { day, nowMs, holderKey, ruleId }),
  };
}

function placedAt(file: OtherFile, index: number): Placed {
  const platform = file.platform ?? platformIds[0];
  const accountId = file.account ?? String(1_000_000_001 + platformIds.indexOf(platform));
  const owner =
    file.budgetOwner ?? (manifestOf(platform).holderLevels.includes("adGroup") ? "adGroup" : "campaign");
  const campaignId = String(101 + index);
  const level = owner === "shared" ? "sharedBudget" : owner;
  const id = owner === "campaign" ? campaignId : String((owner === "shared" ? 901 : 201) + index);
  const target: TargetRef = { platform, accountId, level, id };
  return { file, series: file.series ?? {}, platform, accountId, owner, campaignId, target };
}

interface Moment {
  day: Day;
  nowMs: number;
  currency: string;
}

function accountOf(placed: readonly Placed[], moment: Moment): AccountSnapshot {
  const [first] = placed;
  const { platform = "", accountId = "" } = first ?? {};
  const { from, to } = coverageOf(placed, moment.day);
  const insights = placed.flatMap((one) => insightsOf(one, moment.day));
  return {
    platform,
    accountId,
    name: accountId,
    currency: moment.currency,
    zone: CASE_ZONE,
    fetchedAtMs: moment.nowMs,
    coveredFrom: from,
    coveredTo: to,
    levels: ["account", "campaign", "adGroup"],
    conversion: "primary",
    attribution: "asSet",
    countedOn: manifestOf(platform).countedOn,
    minDailyBudgetMicros: 1_000_000n,
    budgetUnitMicros: 10_000n,
    entities: placed.flatMap((one) => entitiesOf(one, moment)),
    sharedBudgets: placed.flatMap((one) => sharedBudgetOf(one)),
    insights: [...accountRows(insights, accountId), ...insights],
    history: { fromMs: moment.nowMs - HISTORY_MS, edits: [] },
  };
}

/** The days on which the spend of everything in the account is known. */
function coverageOf(placed: readonly Placed[], day: Day): { from: Day; to: Day } {
  const known = placed.flatMap(({ series }) => {
    if (typeof series[SPEND] !== "string") return [];
    const spend = seriesOf(series[SPEND]);
    const first = spend.findIndex((one) => one !== null);
    if (first < 0) return [{ from: day, to: addDays(day, -1) }];
    const last = spend.findLastIndex((one) => one !== null);
    return [{ from: addDays(day, first - spend.length), to: addDays(day, last - spend.length) }];
  });
  if (known.length === 0) return { from: addDays(day, -USUAL_DAYS), to: addDays(day, -1) };
  return {
    from: known.map(({ from }) => from).reduce((a, b) => (a > b ? a : b)),
    to: known.map(({ to }) => to).reduce((a, b) => (a < b ? a : b)),
  };
}

function insightsOf({ series, owner, campaignId, target }: Placed, day: Day): Insight[] {
  const rows = dayRows(series, ENTITY_COLUMNS, SPEND, day);
  const levels: Pick<Insight, "level" | "entityId">[] = [
    { level: "campaign", entityId: campaignId },
    ...(owner === "adGroup" ? [{ level: "adGroup", entityId: target.id } as const] : []),
  ];
  return levels.flatMap((place) => rows.map((row) => ({ ...place, ...row }) as Insight));
}

/** An account's own rows are what its campaigns add up to. */
function accountRows(insights: readonly Insight[], accountId: string): Insight[] {
  const campaigns = insights.filter(({ level }) => level === "campaign");
  return [...Map.groupBy(campaigns, ({ day }) => day)].map(([day, rows]) => {
    const sums = ENTITY_COLUMNS.filter(({ field }) => field !== NOT_ADDITIVE).map(
      ({ field }): [string, unknown] => [field, sumOf(rows.map((row) => Reflect.get(row, field)))],
    );
    const told = Object.fromEntries(sums.filter(([, value]) => value !== undefined));
    return { level: "account", entityId: accountId, day, ...told } as Insight;
  });
}

/** Unknown as soon as one is. */
function sumOf(values: readonly unknown[]): bigint | number | null | undefined {
  if (values.includes(undefined)) return undefined;
  if (values.includes(null)) return null;
  return values.every((one) => typeof one === "bigint")
    ? values.reduce((sum, one) => sum + one, 0n)
    : values.reduce<number>((sum, one) => sum + Number(one), 0);
}

function entitiesOf(
  { file, platform, accountId, owner, campaignId, target }: Placed,
  { nowMs }: Moment,
): Entity[] {
  const { ageDays = USUAL_AGE_DAYS, daysSinceChange = null } = file;
  const status = file.status ?? "active";
  const ago = (days: number | null) => (days === null ? null : nowMs - days * MS_PER_DAY);
  const common = {
    platform,
    accountId,
    labels: file.labels ?? [],
    createdAtMs: ago(ageDays),
    lastEditAtMs: ago(daysSinceChange),
    learning: file.learning ?? "learned",
    budgetScheduled: false,
  } as const;
  const campaign: Entity = {
    ...common,
    level: "campaign",
    id: campaignId,
    parentId: null,
    name: file.campaign ?? (owner === "campaign" ? file.name : undefined) ?? `Campaign ${campaignId}`,
    status: owner === "adGroup" ? "active" : status,
    platformStatus: owner === "adGroup" ? "active" : status,
    objective: file.objective ?? null,
    budget: owner === "campaign" ? budgetOf(file) : null,
  };
  if (owner !== "adGroup") return [campaign];
  const adGroup: Entity = {
    ...common,
    level: "adGroup",
    id: target.id,
    parentId: campaignId,
    name: file.name ?? `Ad group ${target.id}`,
    status,
    platformStatus: status,
    objective: null,
    budget: budgetOf(file),
  };
  return [campaign, adGroup];
}

function sharedBudgetOf({ file, owner, campaignId, target }: Placed): SharedBudget[] {
  if (owner !== "shared") return [];
  const status = file.status ?? "active";
  const name = file.name ?? `Budget ${target.id}`;
  return [
    {
      id: target.id,
      name,
      status,
      platformStatus: status,
      budget: budgetOf(file),
      campaignIds: [campaignId],
    },
  ];
}

function budgetOf({ dailyBudget, lifetimeBudget }: OtherFile) {
  return lifetimeBudget === undefined
    ? ({ period: "daily", amountMicros: microsFromMajor(dailyBudget ?? USUAL_BUDGET) } as const)
    : ({ period: "lifetime", amountMicros: microsFromMajor(lifetimeBudget) } as const);
}

function appliedOf(
  { entity }: RuleCase,
  { day, nowMs, holderKey, ruleId }: { day: Day; nowMs: number; holderKey: string; ruleId: string },
): AppliedChange[] {
  if (entity.lastChange === undefined || entity.lastChange === null) return [];
  const { nightsAgo, from } = entity.lastChange;
  const toMicros = microsFromMajor(entity.dailyBudget ?? USUAL_BUDGET);
  return [
    {
      changeId: `${CASE_BRAND}-00000000-1`,
      holderKey,
      ruleId,
      day: addDays(day, -nightsAgo),
      atMs: nowMs - nightsAgo * MS_PER_DAY,
      edit: { kind: "dailyBudget", fromMicros: microsFromMajor(from), toMicros },
    },
  ];
}
