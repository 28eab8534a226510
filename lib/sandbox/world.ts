/** What can happen to a world. Every function returns a new world; nothing here reads a clock or draws at random. */
import { addDays, type Day, instantOf, localDay } from "../domain/day.ts";
import { SandboxError } from "./errors.ts";
import { foundMeta, meanOrderCentsOf } from "./market/founding.ts";
import { foundGoogle } from "./market/google-founding.ts";
import { centsAt, statusAt } from "./market/histories.ts";
import type {
  AdSet,
  BudgetStep,
  Campaign,
  Edit,
  EntityLevel,
  GoogleBudget,
  GoogleCampaign,
  HumanEdit,
  LedgerEntry,
  Platform,
  World,
} from "./model.ts";

/** Days of delivery before the first night. */
const HISTORY_DAYS = 120;
const ZONE = "Europe/Paris";
/** Inside the usual night window, after Meta's own night work. */
const NIGHT_TIME = "04:10";
/** Larger steps of a budget restart learning here. Meta publishes no such percentage; this is the field's own habit. */
const SIGNIFICANT_BUDGET_RATIO = 1.2;

/** A media buyer of the brand, who works in each platform's own interface. */
const PERSON = "Camille Roy";
const OWN_INTERFACE: Record<Platform, string> = { meta: "Ads Manager", google: "GOOGLE_ADS_WEB_CLIENT" };

/** What can be edited. Budgets are Google's; Meta's campaigns and ad sets own their money. */
export type Entity = Campaign | AdSet | GoogleCampaign | GoogleBudget;

export interface WorldRequest {
  seed: number;
  /** Local date of the first night, Europe/Paris. */
  firstNight: Day;
}

export function createWorld({ seed, firstNight }: WorldRequest): World {
  return {
    v: 2,
    seed,
    firstNight,
    clockMs: instantOf(firstNight, NIGHT_TIME, ZONE),
    currency: "EUR",
    zone: ZONE,
    historyFrom: addDays(firstNight, -HISTORY_DAYS),
    meanOrderCents: meanOrderCentsOf(seed),
    meta: foundMeta({ seed, firstNight, zone: ZONE }),
    google: foundGoogle({ seed, firstNight, zone: ZONE }),
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

/** Moves the clock to the next 04:10 in the world's zone, 23 to 25 hours on when daylight saving changes. */
export function advanceToNextNight(world: World): World {
  const { zone } = world;
  const today = localDay(world.clockMs, zone);
  const tonightMs = instantOf(today, NIGHT_TIME, zone);
  const nextMs = tonightMs > world.clockMs ? tonightMs : instantOf(addDays(today, 1), NIGHT_TIME, zone);
  return advance(world, nextMs - world.clockMs);
}

/**
 * A person, or another tool, changes something: now, or when the clock gets there.
 * @throws SandboxError `sandbox.entityUnknown`, or `sandbox.editImpossible` for a budget where another entity owns the money, a
 * status of what has none, and whatever was removed.
 */
export function humanEdit(world: World, request: HumanEdit): World {
  const { entityId, edit, atMs } = request;
  const entity = findEntity(world, entityId);
  if (entity === undefined)
    throw new SandboxError(
      "sandbox.entityUnknown",
      `no account has a campaign, ad set or budget ${entityId}`,
    );
  const obstacle = obstacleTo(entity, edit);
  if (obstacle !== null) throw new SandboxError("sandbox.editImpossible", `"${entity.name}" ${obstacle}`);
  if (atMs === undefined || atMs <= world.clockMs) return editAsPerson(world, request, world.clockMs);
  return { ...world, pendingEdits: [...world.pendingEdits, { ...request, atMs }] };
}

function obstacleTo(entity: Entity, edit: Edit): string | null {
  if (("removed" in entity && entity.removed) || ("period" in entity && entity.status === "REMOVED"))
    return "is removed";
  if (edit.field === "status") return "statuses" in entity ? null : "is a budget and has no status";
  if (!("budgets" in entity)) return "owns no budget: its budget is an entity of its own";
  if (entity.budgets.length > 0) return null;
  if ("period" in entity) return "has a total and no daily amount";
  return `owns no budget: ${"campaignId" in entity ? "its campaign" : "each of its ad sets"} does`;
}

function editAsPerson(world: World, { entityId, edit, by, via }: HumanEdit, atMs: number): World {
  const to = edit.field === "daily_budget" ? edit.cents : edit.status;
  return withEntry(withEdit(world, entityId, edit, atMs), {
    atMs,
    actor: "person",
    by: by ?? PERSON,
    via: via ?? OWN_INTERFACE[platformOf(world, entityId)],
    entityId,
    field: edit.field,
    from: standingValue(findEntity(world, entityId), edit.field, atMs),
    to,
    applied: true,
    stored: to,
    reason: null,
  });
}

/** Platform and level follow from the entity. */
export type Attempt = Omit<LedgerEntry, "seq" | "platform" | "level">;

/** The world with one more line in its ledger. */
export function withEntry(world: World, attempt: Attempt): World {
  const entry: LedgerEntry = {
    seq: world.ledger.length + 1,
    platform: platformOf(world, attempt.entityId),
    level: levelOf(world, attempt.entityId),
    ...attempt,
  };
  return { ...world, ledger: [...world.ledger, entry] };
}

/** The world with the edit in force from `atMs` on; setting what already stands, or what the entity has not, leaves no step. */
export function withEdit(world: World, entityId: string, edit: Edit, atMs: number): World {
  function edited<One extends Entity>(entity: One): One {
    if (entity.id !== entityId || standingValue(entity, edit.field, atMs) === editedValue(edit))
      return entity;
    if (edit.field === "status") {
      return "statuses" in entity
        ? { ...entity, statuses: [...entity.statuses, { atMs, status: edit.status }] }
        : entity;
    }
    return "budgets" in entity
      ? { ...entity, budgets: [...entity.budgets, { atMs, cents: edit.cents }] }
      : entity;
  }
  const { meta, google } = world;
  return {
    ...world,
    meta: { ...meta, campaigns: meta.campaigns.map(edited), adSets: meta.adSets.map(edited) },
    google: {
      ...google,
      campaigns: google.campaigns.map(edited),
      budgets: google.budgets.map(edited),
    },
  };
}

function editedValue(edit: Edit): number | string {
  return edit.field === "status" ? edit.status : edit.cents;
}

/** Null for what the entity does not have at that time. */
export function standingValue(
  entity: Entity | undefined,
  field: Edit["field"],
  atMs: number,
): number | string | null {
  if (entity === undefined) return null;
  if (field === "status") return "statuses" in entity ? statusAt(entity.statuses, atMs) : null;
  return "budgets" in entity ? centsAt(entity.budgets, atMs) : null;
}

/** Ids are unique over both platforms. */
export function findEntity(world: World, entityId: string): Entity | undefined {
  return findMetaEntity(world, entityId) ?? findGoogleEntity(world, entityId);
}

export function findMetaEntity({ meta }: World, entityId: string): Campaign | AdSet | undefined {
  return meta.campaigns.find(({ id }) => id === entityId) ?? meta.adSets.find(({ id }) => id === entityId);
}

function findGoogleEntity({ google }: World, entityId: string): GoogleCampaign | GoogleBudget | undefined {
  return (
    google.campaigns.find(({ id }) => id === entityId) ?? google.budgets.find(({ id }) => id === entityId)
  );
}

export function levelOf({ meta, google }: World, entityId: string): EntityLevel {
  if (meta.adSets.some(({ id }) => id === entityId)) return "adset";
  return google.budgets.some(({ id }) => id === entityId) ? "budget" : "campaign";
}

function platformOf(world: World, entityId: string): Platform {
  return findGoogleEntity(world, entityId) === undefined ? "meta" : "google";
}

/**
 * The last edit that restarted learning: creation, what counts as significant on its platform, or a step of more than a fifth
 * of the budget it draws on, whose steps are given.
 */
export function lastSignificantEditMs(
  entity: { createdAtMs: number; significantEditsMs: readonly number[] },
  steps: readonly BudgetStep[],
): number {
  const large = steps.filter((step, index) => {
    const before = steps[index - 1]?.cents ?? step.cents;
    return Math.max(step.cents / before, before / step.cents) > SIGNIFICANT_BUDGET_RATIO;
  });
  return Math.max(entity.createdAtMs, ...entity.significantEditsMs, ...large.map((step) => step.atMs));
}
