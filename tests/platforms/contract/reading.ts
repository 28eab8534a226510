import { expect, it } from "vitest";
import { canonicalJson } from "../../../lib/domain/canonical.ts";
import { accountSnapshotSchema, type Insight } from "../../../lib/domain/snapshot.ts";
import { isSameRequest } from "./relay.ts";
import { aContractWorld, type ContractSetup } from "./setup.ts";

/** Reads as they go when nothing is wrong. */
export function describeReading(setup: ContractSetup): void {
  let night: ReturnType<typeof fetchNight> | null = null;
  /** Fetched by the first test that looks at it. */
  async function aNight() {
    night ??= fetchNight();
    return await night;
  }

  /** 35 days at every level, as a night of the first world reads them. */
  async function fetchNight() {
    const contract = await aContractWorld(setup);
    const request = await contract.request({ levels: setup.levels, days: 35 });
    const { snapshot, requests } = await contract.platform.fetchAccount(request);
    return { snapshot, requests, asked: contract.relay.asked, world: await contract.world() };
  }

  it("reads an account: its head, every entity once, and the levels and days asked for", async () => {
    const { snapshot, world } = await aNight();
    expect(snapshot).toMatchObject({
      platform: setup.manifest.id,
      accountId: setup.account.accountId,
      currency: "EUR",
      zone: "Europe/Paris",
      fetchedAtMs: world.clockMs,
      coveredFrom: "2026-02-04",
      coveredTo: "2026-03-10",
      levels: setup.levels,
      conversion: setup.account.conversions.join(" + "),
      attribution: setup.account.attribution,
      countedOn: setup.manifest.countedOn,
      budgetUnitMicros: 10_000n,
    });
    expect(snapshot.entities.map(({ level, id }) => `${level} ${id}`).sort()).toEqual(
      setup.census(world).sort(),
    );
    expect(accountSnapshotSchema.parse(JSON.parse(canonicalJson(snapshot)))).toEqual(snapshot);
  });

  it("gives every level the same spend, which is above zero", async () => {
    const { snapshot } = await aNight();
    const spends = setup.levels.map((level) =>
      snapshot.insights.filter((row) => row.level === level).reduce((sum, row) => sum + row.spendMicros, 0n),
    );
    const [account = 0n, campaign = 0n, adGroup = 0n] = spends;
    expect(account).toBeGreaterThan(1_000_000_000n);
    expect(campaign).toBe(account);
    // Groups of assets spend without being on any list of ad groups.
    expect(adGroup > 0n && adGroup <= account).toBe(true);
  });

  it("keeps conversions on the day that the manifest names, and both days where the platform offers both", async () => {
    const { snapshot } = await aNight();
    const rows = snapshot.insights.filter(({ level }) => level === "account");
    expect(rows).toHaveLength(35);
    expect(rows.some(({ conversions }) => (conversions ?? 0) > 0)).toBe(true);
    expect(rows.every(({ conversionValueMicros }) => (conversionValueMicros ?? -1n) >= 0n)).toBe(true);
    const both = (row: Insight) => row.onConversionDay !== undefined;
    expect(rows.some(both)).toBe(setup.manifest.countedOn === "click");
  });

  it("asks nothing twice, tells how much it asked, and stays within 1.2 x of structure and insights", async () => {
    const { requests, asked } = await aNight();
    const counted = { structure: 0, insights: 0, history: 0 };
    for (const one of asked) counted[setup.kindOf(one)]++;
    expect(counted).toEqual(setup.requests);
    expect(asked.filter((one, at) => asked.findIndex((other) => isSameRequest(other, one)) < at)).toEqual([]);
    expect(requests).toBe(asked.length);
    expect(requests).toBeLessThanOrEqual(1.2 * (counted.structure + counted.insights));
  });

  it("answers what costs more where it is asked for, leaving everything else as it was", async () => {
    const { snapshot: plain, requests } = await aNight();
    const contract = await aContractWorld(setup);
    const night = await contract.request({ levels: setup.levels, days: 35, ...setup.further });
    const further = await contract.platform.fetchAccount(night);
    const { claims, people, ...rest } = further.snapshot;
    expect({
      ...rest,
      entities: rest.entities.map(({ searchShares, ...entity }) => entity),
      insights: rest.insights.map(({ claims: counted, ...row }) => row),
    }).toEqual(plain);
    expect(claims).toEqual(setup.further.claims.map(({ key }) => key));
    expect(further.requests).toBe(requests + setup.furtherRequests);
    expect(accountSnapshotSchema.parse(JSON.parse(canonicalJson(further.snapshot)))).toEqual(
      further.snapshot,
    );
    setup.judgeFurther(further.snapshot);
  });

  it("reads a holder's budget live, as the census has it and as the world has it", async () => {
    const contract = await aContractWorld(setup);
    const { target, budgetMicros } = setup.holder(await contract.world());
    const { snapshot } = await aNight();
    const entity = snapshot.entities.find(({ level, id }) => level === target.level && id === target.id);
    expect(entity?.budget).toEqual({ period: "daily", amountMicros: budgetMicros });
    expect(await contract.platform.readHolder(target)).toMatchObject({
      status: "active",
      dailyBudgetMicros: budgetMicros,
    });
  });

  it("reads a holder anew each time", async () => {
    const contract = await aContractWorld(setup);
    const holder = setup.holder(await contract.world());
    await contract.platform.readHolder(holder.target);
    await contract.personSets(holder, 77_000_000n);
    expect(await contract.platform.readHolder(holder.target)).toMatchObject({
      dailyBudgetMicros: 77_000_000n,
    });
  });

  it("gives the same snapshot for the same world", async () => {
    const contract = await aContractWorld(setup);
    const request = await contract.request();
    const first = await contract.platform.fetchAccount(request);
    const second = await contract.platform.fetchAccount(request);
    expect(canonicalJson(second.snapshot)).toBe(canonicalJson(first.snapshot));
  });

  it("reads the same from small pages as from large ones", async () => {
    const contract = await aContractWorld(setup);
    const request = await contract.request({ levels: setup.levels });
    const large = await contract.platform.fetchAccount(request);
    contract.relay.paging = setup.smallPages;
    const small = await contract.platform.fetchAccount(request);
    expect(small.requests).toBe(setup.requestsOfSmallPages);
    expect(canonicalJson(small.snapshot)).toBe(canonicalJson(large.snapshot));
  });

  it("takes days without delivery for what they are", async () => {
    const contract = await aContractWorld(setup);
    const { snapshot } = await contract.platform.fetchAccount(
      await contract.request({ today: "2020-01-08", days: 7 }),
    );
    expect(snapshot).toMatchObject({ coveredFrom: "2020-01-01", coveredTo: "2020-01-07", insights: [] });
    expect(snapshot.entities).not.toEqual([]);
  });

  it("tells who changed what and when, oldest first, its own changes among them", async () => {
    const contract = await aContractWorld(setup);
    const { platform, served } = contract;
    const holder = setup.holder(await contract.world());
    const { clockMs: personAtMs } = await served.client.clock();
    await contract.personSets(holder, 77_000_000n);
    const ownAtMs = await served.client.advance({ ms: 60_000 });
    const live = await platform.readHolder(holder.target);
    const raise = { kind: "dailyBudget", fromMicros: 77_000_000n, toMicros: 80_000_000n } as const;
    expect(await platform.write(holder.target, raise, live)).toEqual({ kind: "applied" });
    const nowMs = await served.client.advance({ ms: setup.historyLagMs + 1_000 });
    const { target } = holder;
    const history = await platform.readEdits(setup.account, personAtMs - 1_000, nowMs);
    expect(history).toMatchObject({
      fromMs: personAtMs - 1_000,
      edits: [
        { target, ...setup.person, edit: { fromMicros: holder.budgetMicros, toMicros: 77_000_000n } },
        { target, ...setup.self, edit: { fromMicros: 77_000_000n, toMicros: 80_000_000n } },
      ],
    });
    const times = history?.edits.map(({ atMs }) => Math.floor(atMs / 1000));
    expect(times).toEqual([Math.floor(personAtMs / 1000), Math.floor(ownAtMs / 1000)]);
    const { snapshot } = await platform.fetchAccount(
      await contract.request({ editsFromMs: personAtMs - 1_000 }),
    );
    expect(snapshot.history).toEqual(history);
  });
}
