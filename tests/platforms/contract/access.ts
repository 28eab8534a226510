import { expect, it } from "vitest";
import { SANDBOX_READ_TOKEN } from "../../../lib/sandbox/index.ts";
import { aContractWorld, type ContractSetup } from "./setup.ts";

const MS_PER_MINUTE = 60_000;

/** What a credential may do is told without doing it. */
export function describeAccess(setup: ContractSetup): void {
  it("tells that a credential may write, and changes nothing to find out", async () => {
    const { platform, attempts } = await aContractWorld(setup);
    const access = await platform.checkAccess(setup.account);
    expect(access).toMatchObject({ writing: "allowed", endsAtMs: null });
    expect(access.detail).not.toBe("");
    expect((await attempts()).filter(({ applied }) => applied)).toEqual([]);
  });

  it("tells that a credential only reads, where it reads an account and is refused an edit", async () => {
    const { served, platform, request, world } = await aContractWorld(setup);
    const module = await setup.load();
    const address = { url: served.url, grpcPort: served.grpcPort, token: SANDBOX_READ_TOKEN };
    const reader = module.fromSandbox(address, { sleep: async () => {} });
    expect((await reader.fetchAccount(await request())).snapshot.currency).toBe("EUR");
    expect(await reader.checkAccess(setup.account)).toMatchObject({ writing: "refused" });
    const { target, budgetMicros: fromMicros } = setup.holder(await world());
    const live = await platform.readHolder(target);
    await reader.readHolder(target);
    const edit = { kind: "dailyBudget", fromMicros, toMicros: fromMicros + 5_000_000n } as const;
    expect(await reader.write(target, edit, live)).toMatchObject({ kind: "refused" });
    expect(await platform.readHolder(target)).toMatchObject({ dailyBudgetMicros: fromMicros });
  });

  it("tells the platform's own clock, from its newest answer", async () => {
    const { platform } = await aContractWorld(setup);
    const { platformMs } = await platform.checkAccess(setup.account);
    expect(Math.abs((platformMs ?? 0) - Date.now())).toBeLessThan(MS_PER_MINUTE);
  });

  it("throws for a credential that the platform does not take", async () => {
    const { served } = await aContractWorld(setup);
    const module = await setup.load();
    const address = { url: served.url, grpcPort: served.grpcPort, token: "another" };
    const stranger = module.fromSandbox(address, { sleep: async () => {} });
    await expect(stranger.checkAccess(setup.account)).rejects.toMatchObject({ details: { kind: "auth" } });
  });
}
