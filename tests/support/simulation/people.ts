/** What people do in the platforms' own interfaces, where Palier hears of it only by reading. */
import type { Proposal } from "../../../lib/domain/state.ts";
import type { Story } from "./story.ts";
import { targetIdOf, type WriteCall } from "./witness.ts";

/** A person in the platform's own interface, most often at a budget that Palier is about to change. */
export async function edit({ machine, draws }: Story, proposals: readonly Proposal[]): Promise<void> {
  machine.edits += 1;
  const change = draws.chance(0.6) ? draws.pickFrom(proposals)?.change : undefined;
  const world = await machine.world.state();
  const onGoogle = world.google.budgets.filter(({ status }) => status === "ENABLED");
  const byPlatform = [[...world.meta.campaigns, ...world.meta.adSets], onGoogle].map((entities) =>
    entities.filter(({ budgets }) => budgets.length > 0),
  );
  // Google has few budgets, and would hardly ever be met among all of Meta's.
  const holder =
    byPlatform.flat().find(({ id }) => targetIdOf(world, id) === change?.target.id) ??
    draws.pickFrom(byPlatform[draws.whole(0, 1)] ?? []);
  const cents = holder?.budgets.at(-1)?.cents;
  if (holder === null || cents === undefined) return;
  if (draws.chance(0.25)) {
    const status = draws.pick(["ACTIVE", "PAUSED"] as const);
    // A shared budget has no status of its own: one of the campaigns that it feeds is set.
    const campaign = world.google.campaigns.find(({ budgetId }) => budgetId === holder.id);
    const { id: entityId } = campaign ?? holder;
    machine.trace.push(`    a person sets ${entityId.slice(-4)} ${status}`);
    return await machine.world.edit({ entityId, edit: { field: "status", status } });
  }
  const wanted = change?.edit.kind === "dailyBudget" ? Number(change.edit.toMicros / 10_000n) : cents;
  const set = draws.pick([wanted, Math.round(cents * 0.8), Math.round(cents * 1.15), cents + 1]);
  machine.trace.push(`    a person sets ${holder.id.slice(-4)} from ${cents} to ${set}`);
  await machine.world.edit({ entityId: holder.id, edit: { field: "daily_budget", cents: set } });
}

/** A person undoes at once what a call of unknown outcome did, so that the old value stands when Palier looks. */
export async function setBack({ machine }: Story, { ledgerBefore, targetId }: WriteCall): Promise<void> {
  const world = await machine.world.state();
  const ours = world.ledger.find(
    ({ seq, actor, applied, entityId }) =>
      seq > ledgerBefore && actor === "api" && applied && targetIdOf(world, entityId) === targetId,
  );
  if (ours === undefined) return;
  const { entityId, field, from } = ours;
  machine.edits += 1;
  machine.trace.push(`    a person sets ${entityId.slice(-4)} back to ${from}`);
  if (field === "daily_budget") await machine.world.edit({ entityId, edit: { field, cents: Number(from) } });
  else if (from === "ACTIVE" || from === "PAUSED")
    await machine.world.edit({ entityId, edit: { field, status: from } });
}
