/** Answers a query: what GAQL asks for, as rows of proto3 JSON. Knows nothing of sockets. */
import { addDays, type Day, eachDay, localDay } from "../../domain/day.ts";
import { LONGEST_LAG_DAYS } from "../market/conversions.ts";
import { marketOf } from "../market/delivery.ts";
import type { World } from "../model.ts";
import { changeConditions, TIME_FIELD } from "./change-events.ts";
import { type Group, groupsOf, isConversionMetric, isShare, METRICS, NOTHING } from "./figures.ts";
import { checkQuery } from "./gaql/check.ts";
import { holds, spanOf, type Value } from "./gaql/conditions.ts";
import { type Condition, parseQuery, type Query } from "./gaql/parse.ts";
import { camelCase, queryError } from "./google-error.ts";
import { fieldType, split } from "./names.ts";
import { RESOURCES, type Resource, type Subject } from "./resources.ts";

export interface Found {
  rows: object[];
  /** The selected fields as the answer names them. */
  fieldMask: string;
}

interface Row {
  subject: Subject;
  group: Group | null;
}

/** @throws GoogleError with a query_error or change_event_error. */
export function search(world: World, text: string): Found {
  const query = parseQuery(text);
  const resource = checkQuery(query);
  const where = query.from === "change_event" ? withFullTimes(query, world) : query.where;
  const rows = rowsOf(world, resource, query)
    .filter((row) =>
      where.every(
        (condition) =>
          isDateFilter(condition) ||
          holds(condition, fieldValue(row, condition.field), typeOf(condition.field)),
      ),
    )
    .sort((a, b) => order(query, a, b));
  const kept = query.limit === null ? rows : rows.slice(0, query.limit);
  return {
    rows: kept.map((row) => shown(row, query)),
    fieldMask: query.select.map(camelCase).join(","),
  };
}

function withFullTimes(query: Query, world: World): Condition[] {
  return [...query.where.filter(({ field }) => field !== TIME_FIELD), ...changeConditions(query, world)];
}

/** Days decide which figures are added up, not which rows are kept. */
function isDateFilter({ field }: Condition): boolean {
  return field === "segments.date";
}

function typeOf(field: string): string {
  return fieldType(field) ?? "string";
}

function rowsOf(world: World, resource: Resource, query: Query): Row[] {
  const market = marketOf(world);
  const subjects = resource.subjectsOf(market);
  const { unitsOf } = resource;
  const asked = [...query.select, ...query.where.map(({ field }) => field)];
  const segmented = query.select.some((field) => field.startsWith("segments."));
  if (unitsOf === null || !asked.some((field) => /^(?:metrics|segments)\./.test(field))) {
    return subjects.map((subject) => ({ subject, group: null }));
  }
  const days = daysOf(world, query);
  const byDay = query.select.includes("segments.date");
  const byAction = query.select.some((field) => field.startsWith("segments.conversion_action"));
  const metrics = query.select.filter((field) => field.startsWith("metrics."));
  // Without any metric, conversions alone also make a day one with activity.
  const withSales = metrics.length === 0 || asked.some(isConversionMetric);
  return subjects.flatMap((subject) => {
    const groups = groupsOf(market, unitsOf(subject), days, { byDay, byAction, withSales });
    if (!segmented) return [{ subject, group: groups[0] ?? { day: null, action: null, counters: NOTHING } }];
    // Split by a segment, a row with nothing but zeros is left out.
    return groups
      .map((group) => ({ subject, group }))
      .filter((row) => metrics.length === 0 || metrics.some((field) => fieldValue(row, field) !== 0));
  });
}

/** All of the history where the query names no days. */
function daysOf(world: World, query: Query): Day[] {
  const today = localDay(world.clockMs, world.zone);
  const span = spanOf(query.where.filter(isDateFilter), today);
  if (query.select.includes("segments.date") && (span.from === null || span.to === null)) {
    throw queryError(
      "EXPECTED_FILTERS_ON_DATE_RANGE",
      "a finite date range is required in the WHERE clause when 'segments.date' is selected.",
    );
  }
  const from = span.from === null || span.from < world.historyFrom ? world.historyFrom : span.from;
  const latest = addDays(today, LONGEST_LAG_DAYS);
  return eachDay(from, span.to === null || span.to > latest ? latest : span.to);
}

function fieldValue({ subject, group }: Row, field: string): Value {
  const { owner, name } = split(field);
  if (owner === "metrics") return METRICS[name]?.(group?.counters ?? NOTHING);
  if (owner !== "segments") return RESOURCES[owner]?.fields[name]?.(subject);
  if (name === "date") return group?.day ?? undefined;
  if (group?.action == null) return undefined;
  return name === "conversion_action_name"
    ? group.action.name
    : RESOURCES.conversion_action?.fields.resource_name?.({ market: subject.market, action: group.action });
}

function order({ orderBy }: Query, a: Row, b: Row): number {
  for (const { field, descending } of orderBy) {
    const [left, right] = [fieldValue(a, field), fieldValue(b, field)];
    const ahead = isNumeric(field) ? Number(left) - Number(right) : texts(left, right);
    if (ahead !== 0) return descending ? -ahead : ahead;
  }
  return 0;
}

function isNumeric(field: string): boolean {
  return ["int64", "double"].includes(typeOf(field));
}

function texts(a: Value, b: Value): number {
  const [left, right] = [String(a ?? ""), String(b ?? "")];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Zeros of metrics, empty lists and absent values are left out; every resource named shows its resource name. */
function shown(row: Row, { select, from, parameters }: Query): object {
  const isLean = parameters.omit_unselected_resource_names?.toLowerCase() === "true";
  const owners = [from, ...select.map((field) => split(field).owner)];
  const names = owners
    .filter((owner) => owner !== "metrics" && owner !== "segments")
    .map((owner) => `${owner}.resource_name`);
  const result: Record<string, unknown> = {};
  for (const field of new Set([...(isLean ? [] : names), ...select])) {
    const value = fieldValue(row, field);
    const isZero = value === 0 && field.startsWith("metrics.") && !isShare(field);
    if (value === undefined || isZero || (Array.isArray(value) && value.length === 0)) continue;
    place(result, field.split(".").map(camelCase), asJson(value, typeOf(field)));
  }
  return result;
}

function place(
  target: Record<string, unknown>,
  [key = "", ...rest]: readonly string[],
  value: unknown,
): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...(target[key] as object | undefined) };
  place(inner, rest, value);
  target[key] = inner;
}

function asJson(value: Value, type: string): unknown {
  if (type === "int64") return String(value);
  return type === "message" ? camelKeys(value) : value;
}

function camelKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camelCase(key), camelKeys(inner)]));
}
