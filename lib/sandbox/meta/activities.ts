/** The account's history of changes, newest first. Source: Meta Marketing API, Ad Account Activities. */
import { z } from "zod";
import { dayStartMs } from "../market/calendar.ts";
import { hashText } from "../market/random.ts";
import type { LedgerEntry, World } from "../model.ts";
import { findMetaEntity } from "../world.ts";
import { badParameter } from "./graph-error.ts";
import { checkParams, type Fields, fieldsAsked, pick, type RawParams } from "./params.ts";
import { graphTime } from "./time.ts";

const MODELLED = ["since", "until", "category"];
const MS_PER_SECOND = 1000;
/** Without `since` Meta answers for the last week. */
const DEFAULT_DAYS = 7;
const MS_PER_DAY = 86_400_000;

interface Shown {
  world: World;
  entry: LedgerEntry;
}

const FIELDS: Fields<Shown> = {
  actor_id: ({ entry }) => numberOf(entry.by),
  actor_name: ({ entry }) => entry.by,
  application_id: ({ entry }) => numberOf(entry.via),
  application_name: ({ entry }) => entry.via,
  event_time: ({ entry }) => graphTime(entry.atMs, "UTC"),
  event_type: ({ entry }) =>
    `update_${isCampaign(entry) ? "campaign" : "ad_set"}_${isBudget(entry) ? "budget" : "run_status"}`,
  extra_data: ({ world, entry }) => JSON.stringify(isBudget(entry) ? budgets(world, entry) : statuses(entry)),
  object_id: ({ entry }) => entry.entityId,
  object_name: ({ world, entry }) => findMetaEntity(world, entry.entityId)?.name,
  // Campaigns and ad sets go by their names of old here.
  object_type: ({ entry }) => (isCampaign(entry) ? "CAMPAIGN_GROUP" : "CAMPAIGN"),
};

/** Which changes a category holds; those that the sandbox never makes hold none. */
const CATEGORIES: Readonly<Record<string, (entry: LedgerEntry) => boolean>> = {
  AD_SET: (entry) => !isCampaign(entry),
  BUDGET: isBudget,
  CAMPAIGN: isCampaign,
  STATUS: (entry) => !isBudget(entry),
};

/**
 * Every change of a budget or status that was made, by the API as well as by people; not what was refused or changed nothing.
 * @throws GraphError 100.
 */
export function activityRows(world: World, query: RawParams): object[] {
  checkParams("GET AdAccount activities", query, MODELLED);
  const fields = fieldsAsked("AdActivity", query, FIELDS);
  const untilMs = query.until === undefined ? world.clockMs : instantOf(world, "until", query.until);
  const sinceMs =
    query.since === undefined ? untilMs - DEFAULT_DAYS * MS_PER_DAY : instantOf(world, "since", query.since);
  const inCategory =
    query.category === undefined ? () => true : (CATEGORIES[String(query.category)] ?? (() => false));
  return world.ledger
    .filter((entry) => entry.platform === "meta" && entry.applied && entry.from !== entry.stored)
    .filter((entry) => entry.atMs >= sinceMs && entry.atMs <= untilMs && inCategory(entry))
    .toSorted((a, b) => b.atMs - a.atMs || b.seq - a.seq)
    .map((entry) => pick(FIELDS, fields, { world, entry }));
}

function isCampaign({ level }: LedgerEntry): boolean {
  return level === "campaign";
}

function isBudget({ field }: LedgerEntry): boolean {
  return field === "daily_budget";
}

/** Meta does not publish what stands in here; this is the form that developers report, amounts in cents. */
function budgets({ currency }: World, { from, stored }: LedgerEntry): object {
  const type = "Per day";
  return { currency, old_value: { old_value: from, type }, new_value: { new_value: stored, type } };
}

function statuses({ from, stored }: LedgerEntry): object {
  return { old_value: statusWord(from), new_value: statusWord(stored) };
}

/** Activities spell states as Ads Manager shows them. */
function statusWord(status: LedgerEntry["stored"]): string {
  return status === "ACTIVE" ? "Active" : "Inactive";
}

/** People and applications have numbers of their own. */
function numberOf(name: string): string {
  return `10${String(hashText(`activity/${name}`)).padStart(10, "0")}`;
}

/** Seconds since 1970, or a day of the account, which begins at its midnight. */
function instantOf({ zone }: World, name: string, value: unknown): number {
  const text = String(value);
  if (/^\d{1,12}$/.test(text)) return Number(text) * MS_PER_SECOND;
  if (z.iso.date().safeParse(text).success) return dayStartMs(text, zone);
  throw badParameter(`Param ${name} must be seconds since 1970 or a day like 2026-02-01`);
}
