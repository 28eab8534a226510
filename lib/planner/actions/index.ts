/** All actions, one line each. */
import type { Action } from "../../rules/types.ts";
import type { ActionDefinition } from "./action.ts";
import { allocate } from "./allocate.ts";
import { assign } from "./assign.ts";
import { cutBudget } from "./cut-budget.ts";
import { hold } from "./hold.ts";
import { notify } from "./notify.ts";
import { pause } from "./pause.ts";
import { raiseBudget } from "./raise-budget.ts";
import { resume } from "./resume.ts";
import { setBudget } from "./set-budget.ts";

export const actions: Readonly<Record<Action["type"], ActionDefinition>> = {
  raiseBudget,
  cutBudget,
  setBudget,
  pause,
  resume,
  notify,
  hold,
  allocate,
  assign,
};
