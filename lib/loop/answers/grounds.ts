/** What an answer needs of the plan behind it: the whole is read by whoever plans and sends, not by who answers. */
import { z } from "zod";
import type { BlobStore } from "../../blobs/store.ts";
import { NIGHT_SLOT, roundIdOf } from "../../domain/ids.ts";
import { plannedChangeSchema } from "../../domain/plan.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Answer } from "./types.ts";

const groundsSchema = z.object({
  changes: z.array(
    plannedChangeSchema.pick({
      id: true,
      holderKey: true,
      target: true,
      name: true,
      editRange: true,
      routine: true,
    }),
  ),
});
export type Grounds = z.infer<typeof groundsSchema>;

/** Null where the answer needs none, or no plan is known. @throws BlobError when the plan is absent or corrupt. */
export async function groundsFor(
  blobs: Pick<BlobStore, "get">,
  state: BrandState,
  answer: Answer,
): Promise<Grounds | null> {
  const roundId = roundOf(state, answer);
  const planHash = roundId === null ? null : (state.rounds[roundId]?.planHash ?? null);
  return planHash === null ? null : groundsSchema.parse(JSON.parse(await blobs.get(planHash)));
}

/** True for answers that cannot be judged by the log alone. */
export function needsGrounds({ kind }: Answer): boolean {
  return kind === "approveSafe" || kind === "edit" || kind === "restore" || kind === "handsOff";
}

function roundOf(state: BrandState, answer: Answer): string | null {
  switch (answer.kind) {
    case "approveSafe":
      return answer.roundId;
    case "edit":
    case "restore":
    case "handsOff":
      return (
        state.proposals[answer.changeId]?.roundId ??
        state.intents[answer.changeId]?.roundId ??
        state.auto[answer.changeId]?.roundId ??
        nightOf(state.brand, answer.changeId)
      );
    default:
      return null;
  }
}

/** The night that a change's id names: changes that were blocked, or overtaken, stand in its plan alone. */
function nightOf(brand: string, changeId: string): string | null {
  const [, year, month, date] = /-(\d{4})(\d{2})(\d{2})-\d{1,6}$/.exec(changeId) ?? [];
  return year === undefined ? null : roundIdOf(brand, `${year}-${month}-${date}`, NIGHT_SLOT);
}
