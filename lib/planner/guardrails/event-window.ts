import { addDays } from "../../domain/day.ts";
import { addsMoney } from "../draft.ts";
import { ALLOW, type HardGuardrail } from "./guardrail.ts";

/** Demand rises before a sale begins and is gone when it ends, while windows still show it. */
const MARGIN_DAYS = 3;

export const eventWindow: HardGuardrail = {
  id: "eventWindow",
  doc: "From three days before an event of the brand's calendar to three days after it a raise is only asked for: a sale makes every figure look better than it will be.",
  scope: "change",
  atSend: true,
  bindsRestore: false,
  figures: { degraded: { event: "text", from: "day", to: "day" } },
  check(draft, { brand, day }) {
    if (draft.mode !== "apply" || !addsMoney(draft)) return ALLOW;
    for (const [event, occasions] of Object.entries(brand.calendar)) {
      const near = occasions.find(
        ({ from, to }) => day >= addDays(from, -MARGIN_DAYS) && day <= addDays(to, MARGIN_DAYS),
      );
      if (near === undefined) continue;
      return { kind: "degrade", mode: "propose", values: { event, from: near.from, to: near.to } };
    }
    return ALLOW;
  },
};
