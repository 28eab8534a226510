/** All actions, one line each. */
import type { Action } from "../../rules/types.ts";
import type { ActionDefinition } from "./action.ts";
import { cutBudget } from "./cut-budget.ts";
import { hold } from "./hold.ts";
import { notify } from "./notify.ts";
import { pause } from "./pause.ts";
import { raiseBudget } from "./raise-budget.ts";

export const actions: Readonly<Record<Action["type"], ActionDefinition>> = {
  raiseBudget,
  cutBudget,
  pause,
  notify,
  hold,
};
