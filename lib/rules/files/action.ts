/** What a rule asks for, with the checks that need its level, the brand and the facts. */
import type { Brand } from "../../domain/brand.ts";
import type { Level } from "../../domain/ids.ts";
import { microsFromMajor } from "../../domain/money.ts";
import { unknownWord } from "../../domain/shape.ts";
import type { Action, HoldScope, PauseEnd } from "../types.ts";
import { checkAllocate, checkAssign } from "./action-groups.ts";
import { aimOf, checkFloor, microsOrNull, stepOf } from "./action-money.ts";
import type { RuleContext } from "./context.ts";
import { type ActionFile, type ActionFileOf, isListOfRules } from "./schema-action.ts";
import { nightsOf } from "./schema-words.ts";

const MONEY_ACTIONS: readonly Action["type"][] = [
  "raiseBudget",
  "cutBudget",
  "setBudget",
  "pause",
  "resume",
  "allocate",
];

const BUDGET_OWNERS: readonly Level[] = ["budgetHolder", "campaign", "adGroup"];
const ENTITIES: readonly Level[] = [...BUDGET_OWNERS, "ad"];

export function movesMoney(type: Action["type"]): boolean {
  return MONEY_ACTIONS.includes(type);
}

/** The level of a rule that names none; null where the action has no usual one. */
export function usualLevel(action: ActionFile): Level | null {
  if (action.type === "hold") return "brand";
  if (action.type === "allocate") return action.goal === "moveToOthers" ? "budgetHolder" : "brand";
  return movesMoney(action.type) ? "budgetHolder" : null;
}

/** Levels on which the action means something; null for any. */
function levelsOf(action: ActionFile): readonly Level[] | null {
  switch (action.type) {
    case "raiseBudget":
    case "cutBudget":
    case "setBudget":
      return BUDGET_OWNERS;
    case "pause":
      return action.what === undefined ? ENTITIES : ["account"];
    case "resume":
    case "assign":
      return ENTITIES;
    case "allocate":
      return action.goal === "moveToOthers" ? BUDGET_OWNERS : ["brand", "account"];
    default:
      return null;
  }
}

/** The action with money in micros; null after a complaint. */
export function checkAction(context: RuleContext, written: ActionFile, brand: Brand): Action | null {
  const before = context.problems.length;
  checkLevel(context, written);
  const action = actionOf(context, written, brand);
  return context.problems.length > before ? null : action;
}

function checkLevel(context: RuleContext, written: ActionFile): void {
  const levels = levelsOf(written);
  if (levels === null || levels.includes(context.level)) return;
  if (written.type === "pause" && context.level === "account") {
    const fix = 'add "what": "campaigns": an account itself cannot be paused';
    context.complain(["action"], { code: "missing", allowed: "what is paused in the account", fix });
    return;
  }
  const allowed = levels.join(", ");
  const what = written.type === "pause" && written.what !== undefined ? ` with what "${written.what}"` : "";
  const fix = `${written.type}${what} acts on the level ${levels.join(" or ")}: change appliesTo.level`;
  context.complain(["appliesTo", "level"], { code: "wrongLevel", allowed, fix });
}

function actionOf(context: RuleContext, written: ActionFile, brand: Brand): Action | null {
  switch (written.type) {
    case "raiseBudget": {
      const by = stepOf(context, written);
      return by && { type: "raiseBudget", by, ceilingMicros: microsOrNull(written.ceiling) };
    }
    case "cutBudget": {
      checkFloor(context, written.floor, brand, "every cut");
      const by = stepOf(context, written);
      return by && { type: "cutBudget", by, floorMicros: microsOrNull(written.floor) };
    }
    case "setBudget": {
      const aim = aimOf(context, written, brand);
      const { maxPercent = null, floor, ceiling } = written;
      const limits = { floorMicros: microsOrNull(floor), ceilingMicros: microsOrNull(ceiling) };
      return aim && { type: "setBudget", aim, maxPercent, ...limits };
    }
    case "pause":
      return {
        type: "pause",
        until: written.until === undefined ? null : pauseEnd(written.until),
        what: written.what ?? "self",
      };
    case "resume":
      return { type: "resume", pausedBy: pausedByOf(written.pausedBy) };
    case "notify": {
      const { urgency, to = [], repeat } = written;
      return { type: "notify", urgency, to, repeat };
    }
    case "hold":
      return holdOf(context, written);
    case "allocate": {
      const goal = checkAllocate(context, written, brand);
      const totalMicros = written.total === undefined ? null : microsFromMajor(written.total);
      return goal && { type: "allocate", goal, basis: written.basis, totalMicros };
    }
    case "assign":
      return checkAssign(context, written, brand);
  }
}

function pauseEnd(until: string): PauseEnd {
  if (until === "tomorrow" || until === "nextMonth") return { kind: until };
  return { kind: "day", day: until };
}

function pausedByOf(written: unknown): Extract<Action, { type: "resume" }>["pausedBy"] {
  if (isListOfRules(written)) return { kind: "rules", ids: written };
  return { kind: written === "anyone" ? "anyone" : "palier" };
}

function holdOf(context: RuleContext, written: ActionFileOf<"hold">): Action | null {
  const scope = holdScope(context, written.scope);
  const { blocks, forAtLeast } = written;
  const forAtLeastNights = forAtLeast === undefined ? null : nightsOf(forAtLeast);
  return scope && { type: "hold", blocks, scope, forAtLeastNights };
}

const STAGE = "stage:";

function holdScope(context: RuleContext, text: string): HoldScope | null {
  const path = ["action", "scope"];
  if (text === "brand") return { kind: "brand" };
  if (text === "account" || text === "self") {
    if (context.level !== "brand") return { kind: text };
    const fix = `on the level brand there is no ${text}: write brand, or change appliesTo.level`;
    return context.complain(path, { code: "notAllowed", allowed: "brand, or stage:<a stage>", fix });
  }
  if (!text.startsWith(STAGE)) {
    const complaint = unknownWord("unknownWord", text, [
      "brand",
      "account",
      "self",
      ...context.stages.map((one) => STAGE + one),
    ]);
    return context.complain(path, complaint);
  }
  const stage = text.slice(STAGE.length);
  if (context.stages.includes(stage)) return { kind: "stage", stage };
  return context.complain(path, unknownWord("unknownStage", stage, context.stages));
}
