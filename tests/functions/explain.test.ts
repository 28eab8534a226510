import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pastNight } from "../../lib/loop/past-night.ts";
import { explainCondition } from "../../lib/rules/explain/condition.ts";
import { type Ended, palier } from "../support/command.ts";
import { aDatasetFolder } from "../support/dataset.ts";
import {
  aNight,
  aPlannedHome,
  aPlannedWorkspace,
  BRAND,
  closeWorkspaces,
  openHome,
} from "../support/home.ts";
import { RAISE_FILE, rulesWith } from "../support/rules-folder.ts";

type Told = Ended & { flat: string };

async function explain(home: string, ...args: readonly string[]): Promise<Told> {
  const ended = await palier(["explain", ...args, "--home", home]);
  return { ...ended, flat: ended.stdout.replace(/\s+/g, " ") };
}

describe("functions/cli/explain", () => {
  let home: string;

  beforeAll(async () => {
    home = await aPlannedHome();
  });
  afterAll(closeWorkspaces);

  it("tells each condition with value, threshold, margin and days, and what would have turned the verdict", async () => {
    const { code, stdout, flat } = await explain(home, "Slow living");
    expect(code).toBe(0);
    expect(flat).toContain("Slow living (Meta ad set), night of Wed 11 Mar 2026 (Europe/Paris)");
    expect(flat).toContain("raise-proven (roads): does not fire");
    expect(flat).toContain(
      "yes spend over 14 days: 983.40, needs at least 105.00 (3 x target CPA); 878.40 (836.6%) to spare; " +
        "Wed 25 Feb to Tue 10 Mar",
    );
    expect(flat).toContain("> no conversions over 14 days: 13, needs at least 15; 2 (13.3%) away;");
    expect(flat).toContain("Wed 4 Mar to Tue 10 Mar against Wed 11 Feb to Tue 10 Mar");
    expect(flat).toContain(
      "Would fire if conversions over 14 days were at least 15 (now 13) and P(CPA within 1.25 x target) over " +
        "14 days were at least 0.85 (now 0.03).",
    );
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(104);
  });

  it("shows alternatives under one another and marks what decided", async () => {
    const { stdout } = await explain(home, BRAND, "--rule", "channel-dependency");
    const marks = stdout
      .split("\n")
      .flatMap((line) => /^( *(?:> )?(?:yes|no) +\S+ \S+ \S+)/.exec(line)?.[1] ?? []);
    expect(marks).toEqual([
      "  > no   all of these",
      "    > no   day of the",
      "      yes  one of these",
      "        yes  channel share (meta,",
      "        no   channel share (google,",
      "        no   all of these",
      "          no   channel share (meta,",
      "          yes  channel share (meta,",
      "        no   all of these",
      "          no   channel share (google,",
      "          no   channel share (google,",
    ]);
  });

  it("tells what became of a match in the plan: the change, or the limit that blocked it", async () => {
    const made = await explain(home, "UGC Clara", "--rule", "raise-proven");
    expect(made.flat).toContain("raise-proven (roads): fires");
    expect(made.flat).toContain("Would not fire if MER over 7 days were not at least 3.86");
    expect(made.flat).toContain(
      "Plan: proposed as atelier-lune-20260311-6, €105.00 -> €126.00 a day (+20%, +€21.00)",
    );
    const blocked = await explain(home, "Visitors 1-7 days", "--rule", "raise-proven");
    expect(blocked.flat).toContain("Plan: blocked, raise +20%");
    expect(blocked.flat).toContain(
      "stageBand: stage retargeting takes 21.3% of spend, above its band of 20%",
    );
    const notice = await explain(home, BRAND, "--rule", "stage-outside-band");
    expect(notice.flat).toContain("stage-outside-band (roads): fires");
    expect(notice.flat).toContain("Plan: people are told");
  });

  it("says which key of appliesTo keeps an entity out, and who owns the budget of what owns none", async () => {
    const outside = await explain(home, "AWA | Brand film | FR");
    expect(outside.flat).toContain(
      "raise-proven (roads): appliesTo.stages is prospecting, retargeting, this is awareness",
    );
    expect(outside.flat).toContain(
      "alarm-mer (roads): appliesTo.level is brand, this is budget holder, campaign",
    );
    const fed = await explain(home, "PROS | Lookalike | FR", "--rule", "raise-proven");
    expect(fed.flat).toContain("it owns no budget, meta/1001/adGroup/120206870360390201,");
  });

  it("finds an entity by id and key, lists what bears one name, and tells the nearest name", async () => {
    const key = "meta/1001/adGroup/120206870360390302";
    for (const name of [key, "120206870360390302", "slow LIVING"]) {
      const { stdout } = await explain(home, name, "--json");
      expect(JSON.parse(stdout).subjects[0]).toMatchObject({ key, name: "Slow living" });
    }
    expect(await explain(home, "Slow livin")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "Slow living"?'),
    });
    expect(await explain(home, "collection")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('did you mean "PROS | Spring collection | FR"?'),
    });
    const { stderr } = await explain(home, "candles");
    expect(stderr).toContain("google/2000000002/campaign/21521288404 (PROS | Search | Candles | FR)");
    expect(stderr).toContain("(Scented candles)");
  });

  it("gives machines the same: the tree with its evidence, and what would turn it", async () => {
    const { stdout } = await explain(home, "Slow living", "--rule", "raise-proven", "--json");
    const { rules, day } = JSON.parse(stdout);
    expect(day).toBe("2026-03-11");
    expect(rules).toHaveLength(1);
    const { judged } = rules[0];
    expect(judged).toMatchObject({ result: "notMatched", became: { changes: [], notice: null, hold: null } });
    expect(judged.condition).toMatchObject({ kind: "all", result: "notMatched", decides: true });
    expect(judged.condition.children[1]).toMatchObject({
      ...{ kind: "leaf", result: "notMatched", decides: true, marginPercent: 13.333 },
      margin: { value: 2, unit: "count" },
      evidence: { fact: "conversions", value: { value: 13, from: "2026-02-25", to: "2026-03-10" } },
    });
    expect(judged.turns.map(({ fact }: { fact: string }) => fact)).toEqual([
      "conversions",
      "cpaOkProbability",
    ]);
  });

  it("lists the near misses of every rule, those that only tell or hold included, nearest first", async () => {
    const { code, flat } = await explain(home, "--all");
    expect(code).toBe(0);
    expect(flat).toContain("Near misses of every rule, night of Wed 11 Mar 2026 (Europe/Paris)");
    expect(flat).toMatch(
      /Paris\) Atelier Lune \(brand\), hold-under-floor: MER 4.02 over 7 days, needs under 3.57/,
    );
    const one = JSON.parse((await explain(home, "--all", "--rule", "raise-proven", "--json")).stdout);
    const nearest = one.nearMisses
      .slice(0, 3)
      .map((miss: { subject: { name: string } }) => miss.subject.name);
    expect(nearest).toEqual(["RTG | Cart and catalogue", "Lookalike 1-3% buyers", "Interior design"]);
    expect(one.tooSmall.map((miss: { subject: { name: string } }) => miss.subject.name)).toContain(
      "Ceramics",
    );
  });

  it("answers as the rule did: each tree comes out as its verdict, on every verdict of the night", async () => {
    const { ports } = await aPlannedWorkspace();
    const { config, plan } = (await pastNight(ports, BRAND, null)) ?? { config: null, plan: null };
    const rules = new Map(config?.ruleset.rules.map((rule) => [rule.id, rule]));
    const verdicts = plan?.verdicts ?? [];
    const trees = verdicts.map(({ ruleId, evidence }) => {
      const rule = rules.get(ruleId);
      return rule === undefined ? null : explainCondition(rule.condition, evidence).result;
    });
    expect(verdicts.length).toBeGreaterThan(50);
    expect(trees).toEqual(verdicts.map(({ result }) => result));
  });

  it("explains a past night as it was, whatever the rules and the world have become", async () => {
    const before = await explain(home, "UGC Clara", "--json");
    const workspace = await openHome(home, { rulesFolder: edited() });
    await workspace.sandbox?.client.advance({ to: "nextNight" });
    await aNight(workspace);
    await workspace.close();
    const past = await explain(home, "UGC Clara", "--night", "2026-03-11", "--rules", edited(), "--json");
    expect(past.stdout).toBe(before.stdout);
    const last = await explain(home, "UGC Clara", "--rules", edited());
    expect(last.flat).toContain("night of Thu 12 Mar 2026");
    expect(last.flat).toContain("conversions over 14 days: ");
    expect(last.flat).toContain("needs at least 16;");
    const none = await explain(home, "UGC Clara", "--night", "2026-03-10");
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no planned night of 2026-03-10"),
    });
  });

  it.each([
    [[], "name one entity"],
    [["Slow living", "--all"], "name one entity"],
    [["Slow living", "--night", "2026-02-30"], '--night is "2026-02-30"'],
    [["Slow living", "--night", "2026-03-11", "--dataset", "x"], "--as-of"],
    [["Slow living", "--rule", "raise"], "these did: alarm-mer, channel-dependency"],
  ])("refuses %j", async (args, told) => {
    const { code, stderr } = await explain(home, ...args);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });
});

/** The shipped rules with one figure changed. */
function edited(): string {
  return rulesWith([RAISE_FILE, '"value": 15', '"value": 16']);
}

describe("functions/cli/explain --dataset", () => {
  const DAYS = Array.from({ length: 28 }, (_, index) => `2026-02-${String(index + 1).padStart(2, "0")}`);
  const SHOP = {
    "accounts.csv": ["platform,account_id,currency,time_zone,name", "meta,1001,EUR,Europe/Paris,Lune"],
    "entities.csv": [
      "platform,account_id,level,id,parent_id,name,status,created_on,daily_budget,learning",
      "meta,1001,campaign,c1,,PROS Europe,active,2025-11-01,,",
      "meta,1001,adGroup,g1,c1,Mugs,active,2025-11-01,60,learned",
      "meta,1001,adGroup,g2,c1,Mugs,active,2025-11-01,60,learned",
    ],
    "insights.csv": [
      "platform,account_id,level,entity_id,date,spend,impressions,clicks,conversions,conversion_value",
      ...DAYS.map((day) => `meta,1001,adGroup,g1,${day},60,6000,120,1,100`),
    ],
    "brand.json": JSON.stringify({
      ...{ id: "my-shop", name: "My shop", language: "fr", currency: "EUR", zone: "Europe/Paris" },
      accounts: [{ platform: "meta", id: "1001" }],
      parameters: { targetCpa: { unit: "money", default: 40 } },
      groups: { stage: { prospecting: { campaigns: ["PROS *"] } } },
      packs: { roads: {} },
    }),
  };

  it("speaks the brand's language, and says what is missing where there is no data", async () => {
    const { code, stdout } = await palier([
      "explain",
      "g1",
      "--dataset",
      aDatasetFolder(SHOP),
      "--as-of",
      "2026-03-01",
    ]);
    expect(code).toBe(0);
    const flat = stdout.replace(/\s+/g, " ");
    expect(flat).toContain("Mugs (ensemble de publicités), nuit du dim. 1 mars 2026");
    expect(flat).toContain("raise-proven (roads) : ne se déclenche pas");
    expect(flat).toContain(
      "> non conversions sur 14 jours : 14, il faut au moins 15 ; à 1 (6,7 %) ; dim. 15 févr. au sam. 28 févr.",
    );
    expect(flat).toContain("Se déclencherait avec : conversions sur 14 jours au moins 15 (actuellement 14)");
    expect(flat).toContain(
      "? MER sur 7 jours : pas de données (la marque n'a pas de chiffres de boutique), il faut au moins 0,95 x MER sur 28 jours ;",
    );
  });

  it("lists the keys of what bears one name", async () => {
    const { code, stderr } = await palier(["explain", "Mugs", "--dataset", aDatasetFolder(SHOP)]);
    expect(code).toBe(2);
    expect(stderr).toContain("meta/1001/adGroup/g1 (Mugs), meta/1001/adGroup/g2 (Mugs)");
  });
});
