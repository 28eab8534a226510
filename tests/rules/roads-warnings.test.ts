import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import { eachDay } from "../../lib/domain/day.ts";
import type { AccountSnapshot, Insight, ShopDay, Snapshot } from "../../lib/domain/snapshot.ts";
import type { Verdict } from "../../lib/domain/verdict.ts";
import { createFacts } from "../../lib/metrics/index.ts";
import { decidingEvidence } from "../../lib/rules/judge/deciding.ts";
import { evaluateRules } from "../../lib/rules/judge/evaluate.ts";
import { roads } from "../support/roads.ts";
import {
  aCampaign,
  aGoogleAccount,
  anAccount,
  anEmptyState,
  anInsight,
  aShopDay,
  aSnapshot,
} from "../support/snapshot.ts";

const MONTH = eachDay("2026-02-04", "2026-03-10");
const google = { platform: "google", accountId: "2000000002" };

/** What is spent each day, in EUR: by stage on Meta, all on brand search on Google. */
interface Spent {
  awareness?: number;
  prospecting?: number;
  retargeting?: number;
  brandSearch?: number;
}

/** 5 %, 75 % and 15 % of spend, each inside its band, and 5 % on Google. */
const IN_BAND: Required<Spent> = { awareness: 50, prospecting: 750, retargeting: 150, brandSearch: 50 };

function rows(level: Insight["level"], entityId: string, eur: number): Insight[] {
  return MONTH.map((day) => anInsight({ level, entityId, day, spendMicros: BigInt(eur * 1_000_000) }));
}

function accountsOf(spent: Spent): [AccountSnapshot, AccountSnapshot] {
  const { awareness, prospecting, retargeting, brandSearch } = { ...IN_BAND, ...spent };
  const meta = anAccount({
    entities: [
      aCampaign({ id: "100", name: "PROS Broad FR" }),
      aCampaign({ id: "101", name: "AWA Video FR" }),
      aCampaign({ id: "102", name: "RTG 30d" }),
    ],
    insights: [
      ...rows("account", "1001", awareness + prospecting + retargeting),
      ...rows("campaign", "100", prospecting),
      ...rows("campaign", "101", awareness),
      ...rows("campaign", "102", retargeting),
    ],
  });
  const search = aGoogleAccount({
    entities: [aCampaign({ ...google, id: "500", name: "BRAND FR" })],
    insights: [...rows("account", "2000000002", brandSearch), ...rows("campaign", "500", brandSearch)],
  });
  return [meta, search];
}

/** The shop's month: 1000 EUR a day, of which so many are put down to each source. */
function shopOf(sources: Record<string, number> | null): Snapshot["shop"] {
  const revenueBySource =
    sources === null
      ? undefined
      : Object.fromEntries(Object.entries(sources).map(([name, eur]) => [name, BigInt(eur * 1_000_000)]));
  const day: Partial<ShopDay> = {
    revenueMicros: 1_000_000_000n,
    ...(revenueBySource === undefined ? {} : { revenueBySource }),
  };
  return { source: "csv revenue.csv", days: MONTH.map((date) => aShopDay({ ...day, day: date })) };
}

async function verdictOf(
  rule: string,
  given: Partial<Snapshot>,
  change: Partial<Brand> = {},
): Promise<Verdict> {
  const { brand, ruleset } = roads(change);
  const snapshot = aSnapshot({ accounts: accountsOf({}), ...given });
  const facts = createFacts({ brand, snapshot, state: anEmptyState(), maturity: { meta: [], google: [] } });
  const verdict = (await evaluateRules(ruleset, facts)).find(({ ruleId }) => ruleId === rule);
  if (verdict === undefined) throw new Error(`no verdict of ${rule}`);
  return verdict;
}

/** The conditions that a person is told, each as its stage or channel with its value and threshold. */
function told(rule: string, verdict: Verdict): unknown[] {
  const condition = roads().ruleset.rules.find(({ id }) => id === rule)?.condition;
  if (condition === undefined) throw new Error(`no rule ${rule}`);
  return decidingEvidence(condition, verdict.evidence).map(({ params, value, threshold }) => [
    params.stage ?? params.channel ?? "day",
    value.value,
    threshold.value,
  ]);
}

describe("rules/packs/roads: stage-outside-band", () => {
  const rule = "stage-outside-band";

  it("is quiet while each stage is inside its band, both ends included", async () => {
    expect((await verdictOf(rule, {})).result).toBe("notMatched");
    const atTheEnds = accountsOf({ awareness: 100, prospecting: 700, retargeting: 200, brandSearch: 0 });
    expect((await verdictOf(rule, { accounts: atTheEnds })).result).toBe("notMatched");
  });

  it.each<[string, Spent, unknown[]]>([
    ["awareness is under its band", { awareness: 40, prospecting: 760 }, [["awareness", 4, 5]]],
    [
      "awareness is over its band",
      { awareness: 110, prospecting: 700, retargeting: 140 },
      [["awareness", 11, 10]],
    ],
    [
      "prospecting is over its band",
      { prospecting: 810, retargeting: 100, brandSearch: 40 },
      [["prospecting", 81, 80]],
    ],
    [
      "brand search on Google takes what prospecting lacks",
      { prospecting: 690, brandSearch: 110 },
      [["prospecting", 69, 70]],
    ],
    [
      "two stages are out of theirs",
      { awareness: 50, prospecting: 640, retargeting: 260 },
      [
        ["prospecting", 64, 70],
        ["retargeting", 26, 20],
      ],
    ],
  ])("tells when %s, and of nothing else", async (_, spent, evidence) => {
    const verdict = await verdictOf(rule, { accounts: accountsOf(spent) });
    expect(verdict.result).toBe("matched");
    expect(told(rule, verdict)).toEqual(evidence);
  });

  it("knows nothing without the Google account, because shares are of all platforms", async () => {
    const missing = [{ ...google, reason: { key: "fetch.failed", values: {} } }];
    const [meta] = accountsOf({ awareness: 0 });
    expect((await verdictOf(rule, { accounts: [meta], missing })).result).toBe("noData");
  });

  it("still tells of its other stages where a brand lacks one of them", async () => {
    const { brand } = roads();
    const { awareness: _, ...stageBands } = brand.stageBands;
    const without = { stages: brand.stages.filter(({ name }) => name !== "awareness"), stageBands };
    expect((await verdictOf(rule, {}, without)).result).toBe("noData");
    const verdict = await verdictOf(rule, { accounts: accountsOf({ retargeting: 300 }) }, without);
    expect(verdict.result).toBe("matched");
    // 750 and 300 of 1150.
    expect(told(rule, verdict)).toEqual([
      ["prospecting", 65.217391, 70],
      ["retargeting", 26.086957, 20],
    ]);
  });
});

describe("rules/packs/roads: channel-dependency", () => {
  const rule = "channel-dependency";
  const day = "2026-03-01";
  /** A round on the first looks at 28 days that the accounts still cover. */
  const covering = (accounts: AccountSnapshot[]): AccountSnapshot[] =>
    accounts.map((account) => ({ ...account, coveredFrom: "2026-02-01" }));
  const onTheFirst = (spent: Spent, sources: Record<string, number> | null): Partial<Snapshot> => {
    const shop = shopOf(sources);
    const days = eachDay("2026-02-01", "2026-02-03").map((date) => ({
      ...(shop?.days[0] ?? aShopDay()),
      day: date,
    }));
    return {
      day,
      accounts: covering(accountsOf(spent)),
      shop: { source: "csv revenue.csv", days: [...days, ...(shop?.days ?? [])] },
    };
  };

  it.each<[string, Spent, Record<string, number> | null, Verdict["result"], unknown[]]>([
    [
      "Meta brings 31 % of revenue",
      {},
      { meta: 310, google: 100 },
      "matched",
      [
        ["day", 1, 1],
        ["meta", 31, 30],
      ],
    ],
    [
      "Google brings 45 % of revenue",
      {},
      { meta: 300, google: 450 },
      "matched",
      [
        ["day", 1, 1],
        ["google", 45, 30],
      ],
    ],
    ["neither brings over 30 %", {}, { meta: 300, google: 300 }, "notMatched", []],
    // Meta spends 950 of 1000, which revenue by source overrules.
    [
      "the shop says that Meta brings little for all its spend",
      {},
      { meta: 200, google: 100 },
      "notMatched",
      [],
    ],
    [
      "the shop names no sources and Meta takes 95 % of spend",
      {},
      null,
      "matched",
      [
        ["day", 1, 1],
        ["meta", null, false],
        ["meta", 95, 70],
      ],
    ],
    [
      "the shop names no sources and Google takes 72 % of spend",
      { awareness: 0, prospecting: 200, retargeting: 80, brandSearch: 720 },
      null,
      "matched",
      [
        ["day", 1, 1],
        ["google", null, false],
        ["google", 72, 70],
      ],
    ],
    [
      "the shop names no sources and Meta takes just 70 % of spend",
      { awareness: 0, prospecting: 600, retargeting: 100, brandSearch: 300 },
      null,
      "noData",
      [],
    ],
  ])("decides on the first of the month when %s", async (_, spent, sources, result, evidence) => {
    const verdict = await verdictOf(rule, onTheFirst(spent, sources));
    expect(verdict.result).toBe(result);
    if (result === "matched") expect(told(rule, verdict)).toEqual(evidence);
  });

  it("says nothing on any other day", async () => {
    const verdict = await verdictOf(rule, { shop: shopOf({ meta: 900, google: 50 }) });
    expect(verdict.result).toBe("notMatched");
  });

  it("knows nothing of spend without the Google account, and all of revenue", async () => {
    const missing = [{ ...google, reason: { key: "fetch.failed", values: {} } }];
    const known = onTheFirst({}, null);
    const [meta] = known.accounts ?? [];
    const accounts = meta === undefined ? [] : [meta];
    expect((await verdictOf(rule, { ...known, accounts, missing })).result).toBe("noData");
    const sources = onTheFirst({}, { meta: 310, google: 100 });
    expect((await verdictOf(rule, { ...sources, accounts, missing })).result).toBe("matched");
  });

  it("loads for a brand on one platform and tells it that all hangs on that one", async () => {
    const accounts = roads().brand.accounts.filter(({ platform }) => platform === "meta");
    const known = onTheFirst({}, null);
    const verdict = await verdictOf(
      rule,
      { ...known, accounts: known.accounts?.slice(0, 1) ?? [] },
      { accounts },
    );
    expect(verdict.result).toBe("matched");
    expect(told(rule, verdict).at(-1)).toEqual(["meta", 100, 70]);
  });
});
