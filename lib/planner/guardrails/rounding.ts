import { floorToUnit } from "../../domain/money.ts";
import { ceilToUnit, cutOf, raiseOf } from "../money-edit.ts";
import { ALLOW, type PlanningGuardrail } from "./guardrail.ts";

export const rounding: PlanningGuardrail = {
  id: "rounding",
  doc: "Budgets are whole units of the account: raises round down and cuts up, so that no limit is crossed by rounding.",
  scope: "change",
  atSend: false,
  figures: { clamped: { unit: "money" } },
  check(draft) {
    const { unitMicros: unit } = draft;
    const edit = raiseOf(draft) ?? cutOf(draft);
    if (edit === null) return ALLOW;
    const whole =
      draft.direction === "raise" ? floorToUnit(edit.toMicros, unit) : ceilToUnit(edit.toMicros, unit);
    return whole === edit.toMicros ? ALLOW : { kind: "clamp", toMicros: whole, values: { unit } };
  },
};
