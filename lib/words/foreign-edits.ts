/** What a person or another tool did to a budget holder, in a sentence. */
import type { ForeignEdit } from "../domain/plan.ts";
import type { Reader } from "./reader.ts";
import { phrase } from "./say.ts";

/**
 * Who, through what, what, when, and until when the holder is left alone. `name` stands as it is given, so that a report may
 * make it a link; everything from the platform is made safe here.
 */
export function describeForeignEdit(one: ForeignEdit, name: string, reader: Reader): string {
  return phrase("foreignEdit.line", reader, {
    name,
    by: { value: one.by, unit: "state" },
    via: { value: one.via ?? "toolNotNamed", unit: "state" },
    what: whatWasDone(one.edit, reader),
    at: { value: one.atMs, unit: "instant" },
    until: { value: one.untilMs, unit: "instant" },
  });
}

function whatWasDone(edit: ForeignEdit["edit"], reader: Reader): string {
  if (edit.kind === "status") return phrase(`foreignEdit.${edit.to}`, reader);
  if (edit.toMicros === null) return phrase("foreignEdit.budgetUnread", reader);
  const to = { value: Number(edit.toMicros), unit: "money" } as const;
  if (edit.fromMicros === null) return phrase("foreignEdit.budgetTo", reader, { to });
  return phrase("foreignEdit.budget", reader, {
    from: { value: Number(edit.fromMicros), unit: "money" },
    to,
  });
}
