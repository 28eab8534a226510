/** Figures of a brand's past nights, where a home has them. */
import type { Brand } from "../../domain/brand.ts";
import type { Day } from "../../domain/day.ts";
import { NIGHT_SLOT, roundIdOf } from "../../domain/ids.ts";
import type { BrandState } from "../../domain/state.ts";
import { emptyState, foldEntry } from "../../log/fold.ts";
import { loadSnapshot } from "../../loop/snapshots.ts";
import type { Facts } from "../../metrics/port.ts";
import { compileColumns } from "../../rules/judge/columns.ts";
import type { Rule } from "../../rules/types.ts";
import { figuresInput } from "../facts-source.ts";
import { dataFolder } from "../home.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "../workspace.ts";

export interface PastFigures {
  day: Day;
  facts: Facts;
}

/** Oldest first. `lacking` says why there are none. */
export type History = { nights: readonly PastFigures[]; lacking: null } | { nights: []; lacking: string };

/** The last nights of a brand whose files are right; a home that cannot be opened is no reason to refuse them. */
export async function openHistory(
  options: Omit<WorkspaceOptions, "brand" | "onProgress">,
  brand: Brand,
  most: number,
): Promise<History> {
  // Whoever only looks makes no log where there is none.
  const kept = brand.sandbox ? options.home : dataFolder(options.home);
  if ((await options.files.list(kept)).length === 0) {
    return { nights: [], lacking: `there is nothing in ${kept}` };
  }
  try {
    const workspace = await openWorkspace({ ...options, brand: brand.id, onProgress: () => {} });
    try {
      const nights = await lastNights(workspace, brand, most);
      return nights.length > 0
        ? { nights, lacking: null }
        : { nights: [], lacking: `${brand.id} has had no night in ${options.home}` };
    } finally {
      await workspace.close();
    }
  } catch (error) {
    if (error instanceof Error && isOurs(error)) return { nights: [], lacking: error.message };
    throw error;
  }
}

/** Our failures have codes such as `log.contended`; anything else is a fault and is not passed over. */
function isOurs(error: Error): boolean {
  return "code" in error && /^[a-z]\w*\.[a-z]\w*$/i.test(String(error.code));
}

/** Of each rule, in their order, how many subjects it would have matched on each of the nights. */
export function matchesOn(nights: readonly PastFigures[], rules: readonly Rule[]): number[][] {
  const columns = compileColumns(rules);
  const counts = nights.map(({ facts }) => columns.count(facts));
  return rules.map((_, rule) => counts.map((night) => night[rule] ?? 0));
}

/** Each night with the state that it was decided against: what changed since is not in its figures. */
async function lastNights({ ports }: Workspace, brand: Brand, most: number): Promise<PastFigures[]> {
  const planned: { day: Day; snapshot: string; state: BrandState }[] = [];
  let state = emptyState(brand.id);
  for (const entry of await ports.log.entries(brand.id)) {
    for (const event of entry.events) {
      const day = event.type === "planned" ? event.roundId.split("/").at(1) : undefined;
      if (event.type !== "planned" || day === undefined) continue;
      if (event.roundId !== roundIdOf(brand.id, day, NIGHT_SLOT)) continue;
      planned.push({ day, snapshot: event.inputs.snapshot, state });
    }
    state = foldEntry(state, entry);
  }
  const last = planned.slice(-most);
  return await Promise.all(
    last.map(async (night) => {
      const snapshot = await loadSnapshot(ports.blobs, night.snapshot);
      return { day: night.day, facts: figuresInput(brand, snapshot, night.state).facts };
    }),
  );
}
