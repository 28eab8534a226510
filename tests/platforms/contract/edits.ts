import { expect, it } from "vitest";
import type { Edit } from "../../../lib/domain/change.ts";
import { aContractWorld, type ContractSetup, changeBy, type KnownHolder } from "./setup.ts";

/** One edit is one request, and only a clear answer is taken for one. */
export function describeEdits(setup: ContractSetup): void {
  /** A world with a live read of its holder. */
  async function atTheFence() {
    const contract = await aContractWorld(setup);
    const holder = setup.holder(await contract.world());
    const live = await contract.platform.readHolder(holder.target);
    const write = async (edit: Edit) => await contract.platform.write(holder.target, edit, live);
    return { ...contract, holder, live, write, raise: changeBy(holder, 5) };
  }

  function budgetAfter({ budgetMicros }: KnownHolder, euros: bigint) {
    return { dailyBudgetMicros: budgetMicros + euros * 1_000_000n };
  }

  it("makes one edit with one attempt, and the platform then shows it", async () => {
    const { write, raise, attempts, platform, holder } = await atTheFence();
    expect(await write(raise)).toEqual({ kind: "applied" });
    expect(await attempts()).toMatchObject([
      { platform: setup.manifest.id, entityId: holder.moneyId, field: "daily_budget", applied: true },
    ]);
    expect(await platform.readHolder(holder.target)).toMatchObject(budgetAfter(holder, 5n));
  });

  it("pauses and resumes", async () => {
    const { platform, holder, write } = await atTheFence();
    const { budgetMicros } = holder;
    expect(await write({ kind: "status", from: "active", to: "paused", budgetMicros })).toEqual({
      kind: "applied",
    });
    expect(await platform.readHolder(holder.target)).toMatchObject({
      status: "paused",
      dailyBudgetMicros: budgetMicros,
    });
    expect(await write({ kind: "status", from: "paused", to: "active", budgetMicros })).toEqual({
      kind: "applied",
    });
    expect(await platform.readHolder(holder.target)).toMatchObject({ status: "active" });
  });

  it.each([
    ["the connection dies after the change was made", "dropAfter", 1, 5n],
    ["an error comes after the change was made", "errorAfter", 1, 5n],
    ["nobody can read the answer to the change", "malformed", 1, 5n],
    ["the connection dies before anything was done", "dropBefore", 0, 0n],
    ["a gateway answers in the platform's place", "html502", 0, 0n],
  ] as const)(
    "calls the outcome unknown when %s, and does not try again",
    async (_, kind, applied, euros) => {
      const { fault, write, raise, attempts, platform, holder } = await atTheFence();
      await fault(setup.budgetWrite(holder), { kind });
      expect(await write(raise)).toMatchObject({ kind: "unknown" });
      expect((await attempts()).map((attempt) => attempt.applied)).toEqual(Array(applied).fill(true));
      expect(await platform.readHolder(holder.target)).toMatchObject(budgetAfter(holder, euros));
    },
  );

  it.each([
    ["an expired token", { kind: "expiredToken" }],
    ["a missing permission", { kind: "permissionDenied" }],
    ["too many calls", { kind: "throttle", code: 17, subcode: null }],
  ] as const)("calls the edit refused over %s, and does not try again", async (_, kind) => {
    const { fault, write, raise, attempts, holder } = await atTheFence();
    await fault(setup.budgetWrite(holder), kind);
    expect(await write(raise)).toMatchObject({ kind: "refused" });
    // A second try would have been taken.
    expect(await attempts()).toEqual([]);
  });

  it("calls a budget below the minimum refused, with the platform's code", async () => {
    const { write, attempts, platform, holder } = await atTheFence();
    const { micros: toMicros, code } = setup.tooLow;
    const outcome = await write({ kind: "dailyBudget", fromMicros: holder.budgetMicros, toMicros });
    expect(outcome).toMatchObject({ kind: "refused", code });
    expect(await attempts()).toMatchObject([{ applied: false }]);
    expect(await platform.readHolder(holder.target)).toMatchObject(budgetAfter(holder, 0n));
  });

  it.each<[string, bigint]>([
    ["a fraction of a cent", 42_000_001n],
    ["half a cent", 42_005_000n],
    ["nothing", 0n],
    ["less than nothing", -42_000_000n],
    ["more than a number holds exactly", 90_071_992_547_409_920_000n],
  ])("refuses %s before anything is sent", async (_, toMicros) => {
    const { write, live, attempts, platform, holder, relay } = await atTheFence();
    const before = relay.asked.length;
    const edit: Edit = { kind: "dailyBudget", fromMicros: holder.budgetMicros, toMicros };
    expect(await platform.preflight(holder.target, edit, live)).not.toEqual({ kind: "passed" });
    expect(await write(edit)).toMatchObject({ kind: "refused", code: "invalidAmount" });
    expect(await attempts()).toEqual([]);
    expect(relay.asked).toHaveLength(before);
  });

  it("refuses to rely on a live read of another account or of nothing, before anything is sent", async () => {
    const { attempts, platform, holder, live, raise } = await atTheFence();
    for (const budgetName of ["", "7", live.budgetName.replace(/\d+/, "7")]) {
      const outcome = await platform.write(holder.target, raise, { ...live, budgetName });
      expect(outcome, budgetName).toMatchObject({ kind: "refused", code: "notSent" });
    }
    expect(await attempts()).toEqual([]);
  });

  it("changes no budget where the live read shows none, whatever name that read gives", async () => {
    const { attempts, platform, holder, live, raise } = await atTheFence();
    const none = { ...live, dailyBudgetMicros: null };
    expect(await platform.preflight(holder.target, raise, none)).not.toEqual({ kind: "passed" });
    expect(await platform.write(holder.target, raise, none)).toMatchObject({
      kind: "refused",
      code: "notSent",
    });
    expect(await attempts()).toEqual([]);
  });

  it("refuses a target that no platform can have, before anything is sent", async () => {
    const { attempts, platform, holder, live, raise } = await atTheFence();
    const target = { ...holder.target, id: "../1" };
    expect(await platform.write(target, raise, live)).toMatchObject({ kind: "refused", code: "notSent" });
    await expect(platform.readHolder(target)).rejects.toMatchObject({ details: { kind: "invalid" } });
    expect(await attempts()).toEqual([]);
  });

  it("makes nothing by asking whether an edit would be taken", async () => {
    const { attempts, platform, holder, live, raise } = await atTheFence();
    expect(await platform.preflight(holder.target, raise, live)).toEqual({ kind: setup.preflight });
    const low: Edit = { kind: "dailyBudget", fromMicros: holder.budgetMicros, toMicros: setup.tooLow.micros };
    expect(await platform.preflight(holder.target, low, live)).toMatchObject(
      setup.preflight === "passed" ? { kind: "refused", code: setup.tooLow.code } : { kind: "notOffered" },
    );
    expect((await attempts()).filter(({ applied }) => applied)).toEqual([]);
    expect(await platform.readHolder(holder.target)).toMatchObject(budgetAfter(holder, 0n));
  });

  it("takes a question without a clear answer for no answer", async () => {
    const { fault, platform, holder, live, raise } = await atTheFence();
    await fault(setup.budgetWrite(holder), { kind: "dropBefore" });
    expect(await platform.preflight(holder.target, raise, live)).toEqual({ kind: "notOffered" });
  });

  it("overwrites what a person set after the live read, since no platform compares; reading and history show both", async () => {
    const contract = await atTheFence();
    const { platform, holder, served, write, raise } = contract;
    const { clockMs } = await served.client.clock();
    await contract.personSets(holder, 77_000_000n);
    expect(await platform.readHolder(holder.target)).toMatchObject({ dailyBudgetMicros: 77_000_000n });
    await served.client.advance({ ms: 1_000 });
    expect(await write(raise)).toEqual({ kind: "applied" });
    expect(await contract.attempts()).toMatchObject([{ from: 7_700 }]);
    expect(await platform.readHolder(holder.target)).toMatchObject(budgetAfter(holder, 5n));
    const nowMs = await served.client.advance({ ms: setup.historyLagMs + 1_000 });
    const history = await platform.readEdits(setup.account, clockMs - 1_000, nowMs);
    expect(history?.edits).toMatchObject([
      { ...setup.person, edit: { toMicros: 77_000_000n } },
      { ...setup.self, edit: { fromMicros: 77_000_000n } },
    ]);
  });

  it("shows what the platform stored where that is not what was asked", async () => {
    const { fault, platform, holder, write, raise } = await atTheFence();
    await fault(setup.budgetWrite(holder), { kind: "clamp", cents: 4_100 });
    expect(await write(raise)).toEqual({ kind: "applied" });
    expect(await platform.readHolder(holder.target)).toMatchObject({ dailyBudgetMicros: 41_000_000n });
  });

  if (setup.manifest.levelWords.en.sharedBudget === undefined) describeNoSharedBudgets(setup);
  else describeSharedBudgets(setup);
}

function describeNoSharedBudgets(setup: ContractSetup): void {
  it("knows no shared budgets, and refuses one before anything is asked or sent", async () => {
    const { platform, world, relay, attempts, request } = await aContractWorld(setup);
    const holder = setup.holder(await world());
    const live = await platform.readHolder(holder.target);
    const before = relay.asked.length;
    const target = { ...holder.target, level: "sharedBudget" } as const;
    await expect(platform.readHolder(target)).rejects.toMatchObject({ details: { kind: "invalid" } });
    expect(await platform.write(target, changeBy(holder, 5), live)).toMatchObject({ kind: "refused" });
    expect(relay.asked).toHaveLength(before);
    expect(await attempts()).toEqual([]);
    expect((await platform.fetchAccount(await request())).snapshot.sharedBudgets).toEqual([]);
  });
}

function describeSharedBudgets(setup: ContractSetup): void {
  async function aSharedBudget() {
    const contract = await aContractWorld(setup);
    const shared = setup.sharedBudget(await contract.world());
    if (shared === null) throw new Error("the world has no shared budget");
    return { ...contract, shared };
  }

  it("lists a shared budget with the campaigns it feeds, which own none themselves", async () => {
    const { platform, request, shared } = await aSharedBudget();
    const { snapshot } = await platform.fetchAccount(await request());
    const listed = snapshot.sharedBudgets.find(({ id }) => id === shared.target.id);
    expect(listed).toMatchObject({
      status: "active",
      budget: { period: "daily", amountMicros: shared.budgetMicros },
    });
    const fed = snapshot.entities.filter(({ id }) => listed?.campaignIds.includes(id));
    expect(fed.length).toBeGreaterThan(1);
    expect(fed.map(({ budget }) => budget)).toEqual(fed.map(() => null));
  });

  it("moves a shared budget as one, and never pauses it", async () => {
    const { platform, shared, attempts } = await aSharedBudget();
    const { target, budgetMicros, moneyId } = shared;
    const live = await platform.readHolder(target);
    expect(live).toMatchObject({ dailyBudgetMicros: budgetMicros });
    expect(await platform.write(target, changeBy(shared, 5), live)).toEqual({ kind: "applied" });
    expect(await platform.readHolder(target)).toMatchObject({ dailyBudgetMicros: budgetMicros + 5_000_000n });
    const pause: Edit = { kind: "status", from: "active", to: "paused", budgetMicros };
    expect(await platform.write(target, pause, live)).toMatchObject({ kind: "refused" });
    expect(await attempts()).toMatchObject([{ entityId: moneyId, applied: true }]);
  });

  it("gives a campaign on a shared budget no daily budget of its own, and moves none through it", async () => {
    const { platform, request, shared, attempts } = await aSharedBudget();
    const { snapshot } = await platform.fetchAccount(await request());
    const [id = ""] = snapshot.sharedBudgets.find((one) => one.id === shared.target.id)?.campaignIds ?? [];
    const campaign = { ...shared.target, level: "campaign", id } as const;
    const live = await platform.readHolder(campaign);
    expect(live).toMatchObject({ dailyBudgetMicros: null });
    expect(await platform.write(campaign, changeBy(shared, 5), live)).toMatchObject({ kind: "refused" });
    expect(await attempts()).toEqual([]);
  });
}
