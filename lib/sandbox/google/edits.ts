/** What an update of a budget or a campaign may change, and Google's rules for it. */
import type { Edit, GoogleBudget, World } from "../model.ts";
import { type Problem, problem } from "./google-error.ts";
import { fieldType, readOnlyReason } from "./names.ts";
import { BILLABLE_UNIT_MICROS } from "./resources.ts";

export const KINDS = {
  campaign_budget: { collection: "campaignBudgets", noun: "campaign budget" },
  campaign: { collection: "campaigns", noun: "campaign" },
} as const;
export type Kind = keyof typeof KINDS;

/** The only field of each that is simulated. */
const EDITABLE: Record<Kind, string> = { campaign_budget: "amount_micros", campaign: "status" };
/** Google publishes neither limit; they differ by country and currency. */
const MIN_PER_DAY_MICROS = 1_000_000;
const MAX_MICROS = 1_000_000_000_000;
const MICROS_PER_CENT = 10_000;
const STATUSES: Readonly<Record<string, "ACTIVE" | "PAUSED">> = { ENABLED: "ACTIVE", PAUSED: "PAUSED" };

interface Update {
  id: string;
  /** As sent; only what the paths name counts. */
  update: Readonly<Record<string, unknown>>;
  paths: readonly string[];
}

export interface Wanted {
  /** Null for an update that names nothing, or nothing that the ledger could hold. */
  edit: Edit | null;
  /** Cents or a status where it is one, else the text of what was sent. */
  asked: number | string;
  problem: Problem | null;
  /** Field that the problem is about. */
  path: string;
}

export function editOf(world: World, kind: Kind, { id, update, paths }: Update): Wanted {
  for (const path of paths) {
    const wrong = pathProblem(kind, path);
    if (wrong !== null) return { edit: null, asked: "", problem: wrong, path };
  }
  const [path] = paths;
  // A mask with nothing but the resource's name is an edit of nothing, which the API takes.
  if (path === undefined) return { edit: null, asked: "", problem: null, path: "" };
  const budget = world.google.budgets.find((one) => one.id === id);
  return kind === "campaign_budget" && budget !== undefined
    ? budgetEdit(world, budget, update.amount_micros)
    : statusEdit(world, id, update.status);
}

function pathProblem(kind: Kind, path: string): Problem | null {
  const isKnown = fieldType(`${kind}.${path}`) !== null;
  const readOnly = readOnlyReason(kind, path);
  if (readOnly !== null) {
    const what = readOnly === "IMMUTABLE" ? "immutable" : "read-only";
    return problem("request_error", "IMMUTABLE_FIELD", `The field '${path}' is ${what}.`);
  }
  if (!isKnown) {
    return problem(
      "field_mask_error",
      "FIELD_NOT_FOUND",
      `The field mask contains an unknown field: ${path}`,
    );
  }
  return path === EDITABLE[kind]
    ? null
    : problem("mutate_error", "MUTATE_NOT_ALLOWED", `Changing '${path}' is not simulated by the sandbox.`);
}

function budgetEdit(world: World, budget: GoogleBudget, sent: unknown): Wanted {
  const path = "amount_micros";
  const micros = typeof sent === "string" && /^-?\d{1,18}$/.test(sent) ? Number(sent) : null;
  if (micros === null) {
    const cleared = problem("field_error", "FIELD_CANNOT_BE_CLEARED", "The amount cannot be cleared.");
    return { edit: null, asked: "", problem: cleared, path };
  }
  const isWhole = Number.isSafeInteger(micros) && micros % MICROS_PER_CENT === 0;
  const cents = micros / MICROS_PER_CENT;
  return {
    // The ledger tells of every amount that was asked for; a refused one is never stored.
    edit: { field: "daily_budget", cents },
    asked: isWhole ? cents : `${sent} micros`,
    problem: budgetProblem(world, budget, micros),
    path,
  };
}

/** Google's rules for a budget's amount, each with its own word. */
function budgetProblem(world: World, budget: GoogleBudget, micros: number): Problem | null {
  function refuse(code: string, message: string): Problem {
    const trigger = { int64_value: String(micros) };
    return { ...problem("campaign_budget_error", code, message), trigger };
  }
  if (budget.status === "REMOVED") {
    return refuse("CAMPAIGN_BUDGET_REMOVED", "The requested campaign budget no longer exists.");
  }
  if (budget.period === "CUSTOM_PERIOD") {
    return refuse(
      "BUDGET_AMOUNT_MUST_BE_UNSET_FOR_CUSTOM_BUDGET_PERIOD",
      "Budget amount must be unset when BudgetPeriod is CUSTOM.",
    );
  }
  if (micros < 0) return refuse("NEGATIVE_MONEY_AMOUNT", "A money amount was negative.");
  if (micros % BILLABLE_UNIT_MICROS !== 0) {
    const message = "A money amount was not a multiple of a minimum unit.";
    return refuse("NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT", message);
  }
  if (micros > MAX_MICROS) {
    return refuse("MONEY_AMOUNT_TOO_LARGE", "A money amount was greater than the maximum allowed.");
  }
  if (micros >= MIN_PER_DAY_MICROS) return null;
  return {
    ...refuse("BUDGET_BELOW_PER_DAY_MINIMUM", "Budget amount must be above this campaign's per-day minimum."),
    details: {
      budget_per_day_minimum_error_details: {
        currency_code: world.currency,
        budget_per_day_minimum_micros: String(MIN_PER_DAY_MICROS),
        minimum_budget_amount_micros: String(MIN_PER_DAY_MICROS),
        failed_budget_amount_micros: String(micros),
      },
    },
  };
}

function statusEdit(world: World, id: string, sent: unknown): Wanted {
  const path = "status";
  const status = STATUSES[String(sent)];
  if (status === undefined) {
    const wrong =
      sent === "REMOVED"
        ? problem(
            "mutate_error",
            "MUTATE_NOT_ALLOWED",
            "Removing a campaign is not simulated by the sandbox.",
          )
        : problem("request_error", "INVALID_ENUM_VALUE", `'${String(sent)}' is no status to set.`);
    return { edit: null, asked: "", problem: wrong, path };
  }
  const isRemoved = world.google.campaigns.some((one) => one.id === id && one.removed);
  const removed = problem(
    "operation_access_denied_error",
    "OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE",
    "The operation is not allowed for removed resources.",
  );
  return { edit: { field: "status", status }, asked: status, problem: isRemoved ? removed : null, path };
}
