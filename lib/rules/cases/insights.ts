/** What the entities of a case delivered, as rows of an account: each at its own level, and summed at those above. */
import { addDays, type Day } from "../../domain/day.ts";
import { microsFromMajor } from "../../domain/money.ts";
import { claimKey, type Insight, type InsightLevel, type People } from "../../domain/snapshot.ts";
import { ENTITY_COLUMNS, SPEND } from "./columns.ts";
import type { Placed } from "./placed.ts";
import { seriesOf } from "./read.ts";
import { dayRows, type Row } from "./rows.ts";
import type { OtherFile } from "./schema.ts";
import { AS_SET, type ClaimFile, claimName } from "./schema-entity.ts";

/** What the nightly fetch covers, for accounts of which a case states no day. */
const USUAL_DAYS = 35;

/** People reached by two entities may be the same ones. */
const NOT_ADDITIVE = "reach";

/** Days of a span of people; a lifetime is as long as the longest series can be. */
const SPAN_DAYS = { "7d": 7, "28d": 28, lifetime: 800 } as const;
const SPANS = ["7d", "28d", "lifetime"] as const;

type Claims = NonNullable<Insight["claims"]>;

/** The days on which the spend of everything in the account is known, and whether that goes for the day of the round. */
export function coverageOf(placed: readonly Placed[], day: Day): { from: Day; to: Day } {
  const known = placed.flatMap(({ series, file }) => {
    const last = file.today === undefined ? addDays(day, -1) : day;
    if (typeof series[SPEND] !== "string")
      return file.today === undefined ? [] : [{ from: addDays(day, -USUAL_DAYS), to: last }];
    const spend = seriesOf(series[SPEND]);
    const first = spend.findIndex((one) => one !== null);
    if (first < 0) return [{ from: day, to: addDays(day, -1) }];
    const newest = spend.findLastIndex((one) => one !== null);
    const to = newest === spend.length - 1 ? last : addDays(day, newest - spend.length);
    return [{ from: addDays(day, first - spend.length), to }];
  });
  if (known.length === 0) return { from: addDays(day, -USUAL_DAYS), to: addDays(day, -1) };
  return {
    from: known.map(({ from }) => from).reduce((a, b) => (a > b ? a : b)),
    to: known.map(({ to }) => to).reduce((a, b) => (a < b ? a : b)),
  };
}

/** Rows of every level of one account, its own last. */
export function insightsOf(placed: readonly Placed[], accountId: string, day: Day): Insight[] {
  const own = placed.map((one) => ({ one, rows: rowsOf(one, day) }));
  const atLevel = (level: InsightLevel, idOf: (one: Placed) => string | null): Insight[] => {
    const at = own.flatMap(({ one, rows }) => {
      const id = idOf(one);
      return id === null ? [] : [{ id, rows }];
    });
    return [...Map.groupBy(at, ({ id }) => id)].flatMap(([entityId, parts]) =>
      summed(parts.map(({ rows }) => rows)).map(({ row, claims }) => {
        return { level, entityId, ...row, ...(claims !== null && { claims }) } as Insight;
      }),
    );
  };
  return [
    ...atLevel("account", () => accountId),
    ...atLevel("campaign", ({ campaignId }) => campaignId),
    ...atLevel("adGroup", ({ adGroupId }) => adGroupId),
    ...atLevel("ad", ({ level, id }) => (level === "ad" ? id : null)),
  ];
}

interface CaseRow {
  row: Row;
  claims: Claims | null;
}

function rowsOf({ series, file }: Placed, day: Day): CaseRow[] {
  const rows = dayRows(series, ENTITY_COLUMNS, SPEND, day);
  const claims = Object.entries(file.claims ?? {}).map(([written, claim]) => claimedBy(written, claim, day));
  const complete = rows.map((row): CaseRow => {
    const told = claims.map(({ key, on }): [string, Claims[string]] => [key, on.get(row.day) ?? NOTHING]);
    return { row, claims: claims.length === 0 ? null : Object.fromEntries(told) };
  });
  return file.today === undefined ? complete : [...complete, todayRow(file.today, claims, day)];
}

const NOTHING: Claims[string] = { conversions: 0, conversionValueMicros: 0n };

function claimedBy(
  written: string,
  claim: ClaimFile,
  day: Day,
): { key: string; on: Map<Day, Claims[string]> } {
  const { conversions, conversionValue = null } = typeof claim === "string" ? { conversions: claim } : claim;
  const values = conversionValue === null ? [] : seriesOf(conversionValue).toReversed();
  const on = seriesOf(conversions)
    .toReversed()
    .map((count, ago): [Day, Claims[string]] => [
      addDays(day, -1 - ago),
      { conversions: Number(count ?? 0), conversionValueMicros: microsFromMajor(values[ago] ?? 0) },
    ]);
  return { key: keyOfClaim(written), on: new Map(on) };
}

/** "appInstall" or "purchase/1dClick" as files write it. */
export function keyOfClaim(written: string): string {
  const [, conversion = "", attribution = AS_SET] = claimName.exec(written) ?? [];
  return claimKey(conversion, attribution);
}

/** Conversions that the entity's claims name and the day does not are 0 on it. */
function todayRow(
  today: NonNullable<OtherFile["today"]>,
  known: readonly { key: string }[],
  day: Day,
): CaseRow {
  const cells = ENTITY_COLUMNS.flatMap(
    ({ key, field, isMoney, isOptional }): [string, bigint | number | null][] => {
      const value = (today as Readonly<Record<string, unknown>>)[key];
      if (typeof value !== "number") return isOptional ? [] : [[field, key === SPEND ? 0n : null]];
      return [[field, isMoney ? microsFromMajor(value) : value]];
    },
  );
  const told = Object.entries(today.claims ?? {}).map(([written, conversions]): [string, Claims[string]] => [
    keyOfClaim(written),
    { conversions, conversionValueMicros: 0n },
  ]);
  const none = known.map(({ key }): [string, Claims[string]] => [key, NOTHING]);
  const claims = [...none, ...told];
  return {
    row: { day, ...Object.fromEntries(cells) },
    claims: claims.length === 0 ? null : Object.fromEntries(claims),
  };
}

/** Day by day; a single part stands as it is, people reached included. */
function summed(parts: readonly (readonly CaseRow[])[]): CaseRow[] {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return [...only];
  return [...Map.groupBy(parts.flat(), ({ row }) => row.day)].map(([day, rows]): CaseRow => {
    const sums = ENTITY_COLUMNS.filter(({ field }) => field !== NOT_ADDITIVE).map(
      ({ field }) => [field, sumOf(rows.map(({ row }) => row[field]))] as const,
    );
    const told = Object.fromEntries(sums.filter(([, value]) => value !== undefined));
    const claims = rows.flatMap((one) => (one.claims === null ? [] : [one.claims]));
    return { row: { day, ...told } as Row, claims: claims.length === 0 ? null : sumOfClaims(claims) };
  });
}

function sumOfClaims(all: readonly Claims[]): Claims {
  const keys = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      {
        conversions: all.reduce((sum, one) => sum + (one[key]?.conversions ?? 0), 0),
        conversionValueMicros: all.reduce((sum, one) => sum + (one[key]?.conversionValueMicros ?? 0n), 0n),
      },
    ]),
  );
}

/** Unknown as soon as one is. */
function sumOf(values: readonly unknown[]): bigint | number | null | undefined {
  if (values.includes(undefined)) return undefined;
  if (values.includes(null)) return null;
  return values.every((one) => typeof one === "bigint")
    ? values.reduce((sum, one) => sum + one, 0n)
    : values.reduce<number>((sum, one) => sum + Number(one), 0);
}

/** People that each entity is said to have reached; absent where the case says nothing of any. */
export function peopleOf(placed: readonly Placed[], day: Day): People[] | undefined {
  const told = placed.filter(({ file }) => file.people !== undefined);
  if (told.length === 0) return undefined;
  return told.flatMap(({ file, level, id, campaignId }) => {
    const own = { level: "campaign", entityId: campaignId } as const;
    const place = level === "sharedBudget" ? own : { level, entityId: id };
    return SPANS.flatMap((span): People[] => {
      const people = file.people?.[span];
      if (people === undefined) return [];
      return [{ ...place, span, from: addDays(day, -SPAN_DAYS[span]), to: addDays(day, -1), ...people }];
    });
  });
}
