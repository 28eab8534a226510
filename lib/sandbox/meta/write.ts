/** Takes writes and keeps Meta's budget rules. Codes and subcodes: Meta Marketing API, error reference. */
import { localDay } from "../../domain/day.ts";
import { deliveryOf, marketOf } from "../market/delivery.ts";
import { type AdSet, type Campaign, type Edit, statusSchema, type World } from "../model.ts";
import { type Attempt, findEntity, levelOf, standingValue, withEdit, withEntry } from "../world.ts";
import { MIN_DAILY_BUDGET_CENTS } from "./entities.ts";
import { badParameter, GraphError, notSimulated } from "./graph-error.ts";
import { checkParams, listOf, type RawParams } from "./params.ts";

const MODELLED = ["daily_budget", "status", "execution_options"];
/** Who writes through the API, as the account's history shows it. */
const APPLICATION = "Palier";
const MS_PER_HOUR = 3_600_000;
/** After so many budget changes of one entity within an hour, further ones are refused. */
const CHANGES_PER_HOUR = 4;

export interface Written {
  world: World;
  /** Null when Meta answers success. */
  refusal: GraphError | null;
}

/**
 * Applies a POST to a campaign or ad set: all of it or nothing. Every edit asked for is in the ledger of the returned world.
 * `clampCents` is stored in place of the budget asked for, without a word.
 * @throws GraphError 100 for what is not a readable edit at all.
 */
export function writeEntity(
  world: World,
  entity: Campaign | AdSet,
  body: RawParams,
  clampCents: number | null,
): Written {
  checkParams(
    levelOf(world, entity.id) === "campaign" ? "POST Campaign #update" : "POST AdSet #update",
    body,
    MODELLED,
  );
  const edits = editsOf(body);
  const refusal = edits.map((edit) => refusalOf(world, entity, edit)).find((one) => one !== null) ?? null;
  const options = body.execution_options === undefined ? [] : listOf(body.execution_options);
  if (options.includes("include_recommendations"))
    throw notSimulated("execution_options include_recommendations");
  const dry = options.includes("validate_only") ? "validate_only" : null;
  const reason = refusal?.reason ?? dry;
  return {
    world: edits.reduce((state, edit) => written(state, entity.id, edit, { reason, clampCents }), world),
    refusal,
  };
}

function editsOf(body: RawParams): Edit[] {
  const edits: Edit[] = [];
  if (body.daily_budget !== undefined)
    edits.push({ field: "daily_budget", cents: centsOf(body.daily_budget) });
  if (body.status !== undefined) {
    const status = statusSchema.safeParse(body.status);
    if (!status.success) throw notSimulated(`Setting status to ${String(body.status)}`);
    edits.push({ field: "status", status: status.data });
  }
  return edits;
}

function centsOf(value: unknown): number {
  const cents = typeof value === "number" || /^\d{1,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(cents) || cents < 0) {
    throw badParameter("Param daily_budget must be an integer greater than or equal to 0");
  }
  return cents;
}

function refusalOf(world: World, entity: Campaign | AdSet, edit: Edit): GraphError | null {
  if (edit.field === "status") return null;
  const { clockMs } = world;
  if (entity.budgets.length === 0) {
    return invalid(1885621, "You can only set a budget on either the campaign or its ad sets, not on both.");
  }
  if (edit.cents < MIN_DAILY_BUDGET_CENTS) {
    return invalid(1885272, "Your budget is too low: the daily budget must be at least 1.00 EUR.");
  }
  const recent = entity.budgets.slice(1).filter((step) => step.atMs > clockMs - MS_PER_HOUR);
  if (recent.length >= CHANGES_PER_HOUR) {
    const userMessage = "You can change a budget at most 4 times an hour. Try again later.";
    return new GraphError("(#613) Calls to this api have exceeded the rate limit.", {
      status: 400,
      code: 613,
      subcode: 1487632,
      userMessage,
    });
  }
  if (edit.cents < spentTodayCents(world, entity)) {
    return invalid(1885650, "Your budget is too low: more than that has already been spent today.");
  }
  return null;
}

function invalid(subcode: number, userMessage: string): GraphError {
  return new GraphError("Invalid parameter", { status: 400, code: 100, subcode, userMessage });
}

function spentTodayCents(world: World, entity: Campaign | AdSet): number {
  const market = marketOf(world);
  const today = localDay(world.clockMs, world.zone);
  return world.meta.adSets
    .filter((adSet) => adSet.id === entity.id || adSet.campaignId === entity.id)
    .reduce((sum, adSet) => sum + deliveryOf(market, adSet.id, today).spendCents, 0);
}

interface Outcome {
  reason: string | null;
  clampCents: number | null;
}

function written(world: World, entityId: string, edit: Edit, { reason, clampCents }: Outcome): World {
  const atMs = world.clockMs;
  const from = standingValue(findEntity(world, entityId), edit.field, atMs);
  const to = edit.field === "status" ? edit.status : edit.cents;
  const attempt: Attempt = {
    atMs,
    actor: "api",
    by: APPLICATION,
    via: APPLICATION,
    entityId,
    field: edit.field,
    from,
    to,
    applied: false,
    stored: from,
    reason,
  };
  if (reason !== null) return withEntry(world, attempt);
  const stored: Edit =
    edit.field === "daily_budget" && clampCents !== null ? { ...edit, cents: clampCents } : edit;
  const storedValue = stored.field === "status" ? stored.status : stored.cents;
  return withEntry(withEdit(world, entityId, stored, atMs), {
    ...attempt,
    applied: true,
    stored: storedValue,
  });
}
