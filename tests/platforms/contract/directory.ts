import { expect, it } from "vitest";
import { SANDBOX_READ_TOKEN } from "../../../lib/sandbox/index.ts";
import { aContractWorld, type ContractSetup } from "./setup.ts";

const DAYS = 35;

/** What a new brand file is written from. */
export function describeDirectory(setup: ContractSetup): void {
  it("lists the account as its snapshot names it, with a credential that only reads, and attempts nothing", async () => {
    const { served, platform, request, attempts } = await aContractWorld(setup);
    const module = await setup.load();
    const address = { url: served.url, grpcPort: served.grpcPort, token: SANDBOX_READ_TOKEN };
    const listed = await module.fromSandbox(address, { sleep: async () => {} }).listAccounts();
    const { snapshot } = await platform.fetchAccount(await request());
    const { name, currency, zone } = snapshot;
    const { platform: id, accountId } = setup.account;
    expect(listed).toEqual([{ platform: id, accountId, name, currency, zone, status: "active" }]);
    expect(await attempts()).toEqual([]);
  });

  it("counts of a conversion what the account's own rows add up to", async () => {
    const { platform, request } = await aContractWorld(setup);
    const asked = await request({ account: { ...setup.account, attribution: "asSet" }, days: DAYS });
    const { snapshot } = await platform.fetchAccount(asked);
    const counted = await platform.listConversions(setup.account, DAYS, asked.today);
    const rows = snapshot.insights.filter(({ level }) => level === "account");
    expect(counted.find(({ name }) => name === setup.account.conversions[0])).toEqual({
      name: setup.account.conversions[0],
      conversions: rows.reduce((sum, row) => sum + (row.conversions ?? 0), 0),
      conversionValueMicros: rows.reduce((sum, row) => sum + (row.conversionValueMicros ?? 0n), 0n),
      primary: true,
    });
    expect(counted.map(({ conversions }) => conversions)).toEqual(
      counted.map(({ conversions }) => conversions).sort((a, b) => b - a),
    );
    const { conversionSchema } = setup.manifest;
    const canBeWritten = (name: string) =>
      conversionSchema.safeParse(name).success || conversionSchema.safeParse([name]).success;
    expect(counted.every(({ name }) => canBeWritten(name))).toBe(true);
  });

  it("counts nothing over days on which there was nothing", async () => {
    const { platform } = await aContractWorld(setup);
    expect(await platform.listConversions(setup.account, 7, "2020-01-08")).toEqual([]);
  });

  it("fails, and lists nothing, where the platform's answer breaks off", async () => {
    const { platform, fault } = await aContractWorld(setup);
    await fault(setup.accountList, { kind: "malformed" }, 3);
    await expect(platform.listAccounts()).rejects.toMatchObject({ details: { platform: setup.manifest.id } });
  });
}
