import { describe, expect, it } from "vitest";
import type { Entity } from "../../../lib/domain/entity.ts";
import type { EditHistory, PastEdit } from "../../../lib/domain/snapshot.ts";
import { type BrandState, NO_MEMORY } from "../../../lib/domain/state.ts";
import { AD_GROUP_KEY, factsOf, reading } from "../../support/readings.ts";
import {
  aCampaign,
  anAccount,
  anAdGroup,
  anEmptyState,
  aSharedBudget,
  aSharingAccount,
  aSnapshot,
  ROUND_AT_MS,
} from "../../support/snapshot.ts";

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number): number => ROUND_AT_MS - hours * HOUR_MS;
const TARGET = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;

const anEdit = (hours: number, given: Partial<PastEdit> = {}): PastEdit => ({
  target: TARGET,
  atMs: hoursAgo(hours),
  by: "Camille Roy",
  via: "Ads Manager",
  edit: { kind: "status", to: "paused" },
  ...given,
});

/** A pause by the rule stop-loss, whose write the log knows. */
function paused(hours: number): Partial<BrandState> {
  const change = {
    id: "atelier-lune-20260310-1",
    holderKey: AD_GROUP_KEY,
    edit: { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n },
  };
  const intent = { change, status: "confirmed", sends: 1, sendBeforeMs: hoursAgo(hours) };
  const own = { ruleId: "stop-loss", pack: "roads", changeId: change.id, atMs: hoursAgo(hours), until: null };
  return {
    memory: { ...NO_MEMORY, pauses: { [AD_GROUP_KEY]: own } },
    intents: { [change.id]: intent } as unknown as BrandState["intents"],
  };
}

function applied(hours: number): Partial<BrandState> {
  const edit = { kind: "dailyBudget" as const, fromMicros: 50_000_000n, toMicros: 60_000_000n };
  const change = { changeId: "atelier-lune-20260310-2", holderKey: AD_GROUP_KEY, ruleId: "raise" };
  return { applied: [{ ...change, day: "2026-03-10", atMs: hoursAgo(hours), edit }] };
}

interface Given {
  edits?: PastEdit[] | null;
  state?: Partial<BrandState>;
  entity?: Partial<Entity>;
}

const FACTS = ["pausedBy", "pausedByRule", "hoursSincePaused"];

function answers(facts: readonly string[], { edits = [], state = {}, entity = {} }: Given): unknown[] {
  const history: EditHistory | null = edits === null ? null : { fromMs: hoursAgo(96), edits };
  const entities = [aCampaign(), anAdGroup(entity)];
  const snapshot = aSnapshot({ accounts: [anAccount({ entities, history })] });
  const made = factsOf({ snapshot, state: anEmptyState(state) });
  return facts.map((fact) => {
    const { value, reason } = reading(made, "budgetHolder", AD_GROUP_KEY, fact);
    return value ?? reason?.key;
  });
}

describe("lib/metrics/facts/changed-by: pauses", () => {
  const entity = { status: "paused" } as const;
  const [notOurs, noTime] = ["noData.notPausedByPalier", "noData.notReported"];

  it.each<[string, Given, unknown[]]>([
    ["nothing of what is active", { state: paused(5) }, new Array(3).fill("noData.notPaused")],
    ["a pause of its own", { entity, state: paused(5.9) }, ["palier", "stop-loss", 5]],
    [
      "the same where the history tells it, too",
      { entity, state: paused(5), edits: [anEdit(5)] },
      ["palier", "stop-loss", 5],
    ],
    [
      "the same where no history may be read",
      { entity, state: paused(5), edits: null },
      ["palier", "stop-loss", 5],
    ],
    ["a person's pause", { entity, edits: [anEdit(30.5)] }, ["person", notOurs, 30]],
    [
      "a person's pause after its own",
      { entity, state: paused(5), edits: [anEdit(5), anEdit(2)] },
      ["person", notOurs, 2],
    ],
    ["nobody's where nothing is known", { entity }, ["unknown", notOurs, noTime]],
    ["nobody's where no history may be read", { entity, edits: null }, ["unknown", notOurs, noTime]],
  ])("knows %s", (_, given, expected) => {
    expect(answers(FACTS, given)).toEqual(expected);
  });

  it("looks at a status that somebody set, not at budgets", () => {
    const edit = { kind: "dailyBudget", fromMicros: 1n, toMicros: 2n } as const;
    expect(answers(FACTS, { entity, state: paused(5), edits: [anEdit(2, { edit })] })).toEqual([
      "palier",
      "stop-loss",
      5,
    ]);
  });

  it.each([
    ["Ads Manager", "Camille Roy", "person"],
    [null, "Camille Roy", "person"],
    [null, "?", "unknown"],
    ["Another Tool", "Another Tool", "otherTool"],
    ["GOOGLE_ADS_WEB_CLIENT", "camille@example.com", "person"],
    ["GOOGLE_ADS_SCRIPTS", "camille@example.com", "otherTool"],
    ["GOOGLE_ADS_RECOMMENDATIONS_SUBSCRIPTION", "", "platform"],
  ])("takes an edit through %s by %s for that of: %s", (via, by, expected) => {
    expect(answers(["pausedBy"], { entity, edits: [anEdit(3, { via, by })] })).toEqual([expected]);
  });

  it("knows no status that no file tells", () => {
    const unsaid = { status: "paused", unsaid: ["status"] } as const;
    expect(answers(["pausedBy"], { entity: { ...unsaid, unsaid: [...unsaid.unsaid] } })).toEqual([
      "noData.notReported",
    ]);
  });

  it("reads a shared budget's own status", () => {
    const sharedBudgets = [aSharedBudget({ status: "paused" })];
    const target = { ...TARGET, level: "sharedBudget", id: "900" } as const;
    const history = { fromMs: hoursAgo(96), edits: [anEdit(7, { target })] };
    const snapshot = aSnapshot({ accounts: [aSharingAccount({}, { sharedBudgets, history })] });
    const key = "meta/1001/sharedBudget/900";
    expect(reading(factsOf({ snapshot }), "budgetHolder", key, "hoursSincePaused").value).toBe(7);
  });
});

describe("lib/metrics/facts/changed-by: the last change", () => {
  const budget = { edit: { kind: "dailyBudget", fromMicros: 1n, toMicros: 2n } } as const;
  const ofCampaign = { target: { ...TARGET, level: "campaign", id: "100" } } as const;

  it.each<[string, Given, unknown]>([
    ["nobody where no change is known", {}, "noData.noKnownChange"],
    ["Palier where nothing came after", { state: applied(24) }, "palier"],
    ["a person who came after", { state: applied(24), edits: [anEdit(3, budget)] }, "person"],
    ["Palier who came after a person", { state: applied(24), edits: [anEdit(48, budget)] }, "palier"],
    [
      "whoever changed its campaign",
      { state: applied(24), edits: [anEdit(3, { ...budget, ...ofCampaign })] },
      "person",
    ],
    ["unknown where the history begins later", { state: applied(100) }, "unknown"],
    ["unknown where no history may be read", { state: applied(24), edits: null }, "unknown"],
    [
      "unknown where the platform tells a later edit that no history has",
      { state: applied(24), entity: { lastEditAtMs: hoursAgo(5) } },
      "unknown",
    ],
    [
      "Palier where the platform's own clock tells the same edit",
      { state: applied(24), entity: { lastEditAtMs: hoursAgo(23.9) } },
      "palier",
    ],
  ])("is told of %s", (_, given, expected) => {
    expect(answers(["lastChangedBy"], given)).toEqual([expected]);
  });
});
