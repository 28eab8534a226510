/** What can happen to a world. Every function returns a new world; nothing here reads a clock or draws at random. */
import { addDays, type Day, instantOf, localDay } from "../domain/day.ts";
import { SandboxError } from "./errors.ts";
import { foundAccount, meanOrderCentsOf } from "./market/founding.ts";
import { centsAt, statusAt } from "./market/histories.ts";
import type { AdSet, Campaign, Edit, EntityLevel, HumanEdit, LedgerEntry, World } from "./model.ts";

/** Days of delivery before the first night. */
const HISTORY_DAYS = 120;
const ZONE = "Europe/Paris";
/** Inside the usual night window, after Meta's own night work. */
const NIGHT_TIME = "04:10";
/** Larger steps of a budget restart learning here. Meta publishes no such percentage; this is the field's own habit. */
const SIGNIFICANT_BUDGET_RATIO = 1.2;

export interface WorldRequest {
  seed: number;
  /** Local date of the first night, Europe/Paris. */
  firstNight: Day;
}

export function createWorld({ seed, firstNight }: WorldRequest): World {
  return {
    v: 1,
    seed,
    firstNight,
    clockMs: instantOf(firstNight, NIGHT_TIME, ZONE),
    account: { id: "1001", name: "Atelier Lune", currency: "EUR", zone: ZONE },
    historyFrom: addDays(firstNight, -HISTORY_DAYS),
    meanOrderCents: meanOrderCentsOf(seed),
    ...foundAccount({ seed, firstNight, zone: ZONE }),
    ledger: [],
    faults: [],
    pendingEdits: [],
  };
}

/**
 * Moves the clock on; human edits that fall due happen at their own times, in order.
 * @throws SandboxError `sandbox.clockBackwards` for anything but a whole positive number of milliseconds.
 */
export function advance(world: World, ms: number): World {
  if (!Number.isSafeInteger(ms) || ms <= 0) {
    throw new SandboxError(
      "sandbox.clockBackwards",
      `the clock moves by whole milliseconds above 0, not by ${ms}`,
    );
  }
  const clockMs = world.clockMs + ms;
  const due = world.pendingEdits.filter((edit) => edit.atMs <= clockMs).sort((a, b) => a.atMs - b.atMs);
  const waiting = world.pendingEdits.filter((edit) => edit.atMs > clockMs);
  const edited = due.reduce((state, edit) => editAsPerson(state, edit, edit.atMs), world);
  return { ...edited, clockMs, pendingEdits: waiting };
}

/** Moves the clock to the next 04:10 in the account's zone, 23 to 25 hours on when daylight saving changes. */
export function advanceToNextNight(world: World): World {
  const { zone } = world.account;
  const today = localDay(world.clockMs, zone);
  const tonightMs = instantOf(today, NIGHT_TIME, zone);
  const nextMs = tonightMs > world.clockMs ? tonightMs : instantOf(addDays(today, 1), NIGHT_TIME, zone);
  return advance(world, nextMs - world.clockMs);
}

/**
 * A person changes something in Ads Manager: now, or when the clock gets there.
 * @throws SandboxError `sandbox.entityUnknown`, or `sandbox.editImpossible` for a budget where another level owns the money.
 */
export function humanEdit(world: World, { entityId, edit, atMs }: HumanEdit): World {
  const entity = entityOf(world, entityId);
  if (edit.field === "daily_budget" && entity.budgets.length === 0) {
    throw new SandboxError(
      "sandbox.editImpossible",
      `"${entity.name}" owns no budget: ${ownerOf(entity)} does`,
    );
  }
  if (atMs === undefined || atMs <= world.clockMs)
    return editAsPerson(world, { entityId, edit }, world.clockMs);
  return { ...world, pendingEdits: [...world.pendingEdits, { entityId, edit, atMs }] };
}

function editAsPerson(world: World, { entityId, edit }: HumanEdit, atMs: number): World {
  const from = standingValue(entityOf(world, entityId), edit.field, atMs);
  const to = edit.field === "daily_budget" ? edit.cents : edit.status;
  const outcome = { applied: true, stored: to, reason: null };
  const attempt: Attempt = { atMs, actor: "person", entityId, field: edit.field, from, to, ...outcome };
  return withEntry(withEdit(world, entityId, edit, atMs), attempt);
}

export type Attempt = Omit<LedgerEntry, "seq" | "level">;

/** The world with one more line in its ledger. */
export function withEntry(world: World, attempt: Attempt): World {
  const entry: LedgerEntry = {
    seq: world.ledger.length + 1,
    level: levelOf(world, attempt.entityId),
    ...attempt,
  };
  return { ...world, ledger: [...world.ledger, entry] };
}

/** The world with the edit in force from `atMs` on; setting what already stands leaves no step. */
export function withEdit(world: World, entityId: string, edit: Edit, atMs: number): World {
  function edited<Entity extends Campaign | AdSet>(entity: Entity): Entity {
    if (entity.id !== entityId || standingValue(entity, edit.field, atMs) === editedValue(edit))
      return entity;
    if (edit.field === "status") {
      return { ...entity, statuses: [...entity.statuses, { atMs, status: edit.status }] };
    }
    return { ...entity, budgets: [...entity.budgets, { atMs, cents: edit.cents }] };
  }
  return { ...world, campaigns: world.campaigns.map(edited), adSets: world.adSets.map(edited) };
}

function editedValue(edit: Edit): number | string {
  return edit.field === "status" ? edit.status : edit.cents;
}

export function standingValue(
  entity: Campaign | AdSet,
  field: Edit["field"],
  atMs: number,
): number | string | null {
  return field === "status" ? statusAt(entity.statuses, atMs) : centsAt(entity.budgets, atMs);
}

/** @throws SandboxError `sandbox.entityUnknown`. */
function entityOf(world: World, entityId: string): Campaign | AdSet {
  const entity = findEntity(world, entityId);
  if (entity === undefined)
    throw new SandboxError("sandbox.entityUnknown", `the account has no campaign or ad set ${entityId}`);
  return entity;
}

export function findEntity(world: World, entityId: string): Campaign | AdSet | undefined {
  return world.campaigns.find(({ id }) => id === entityId) ?? world.adSets.find(({ id }) => id === entityId);
}

export function levelOf(world: World, entityId: string): EntityLevel {
  return world.campaigns.some(({ id }) => id === entityId) ? "campaign" : "adset";
}

/** The last edit that restarted learning: creation, targeting or creative, or a budget step of more than a fifth. */
export function lastSignificantEditMs(adSet: AdSet, campaign: Campaign): number {
  const steps = campaign.budgets.length > 0 ? campaign.budgets : adSet.budgets;
  const large = steps.filter((step, index) => {
    const before = steps[index - 1]?.cents ?? step.cents;
    return Math.max(step.cents / before, before / step.cents) > SIGNIFICANT_BUDGET_RATIO;
  });
  return Math.max(adSet.createdAtMs, ...adSet.significantEditsMs, ...large.map((step) => step.atMs));
}

function ownerOf(entity: Campaign | AdSet): string {
  return "campaignId" in entity ? "its campaign" : "each of its ad sets";
}
