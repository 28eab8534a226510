import { describe, expect, it } from "vitest";
import { type BudgetHolder, budgetHoldersOf } from "../../lib/domain/holder.ts";
import type { AccountSnapshot, PastEdit } from "../../lib/domain/snapshot.ts";
import type { Intent } from "../../lib/domain/state.ts";
import {
  type EditsRound,
  foreignEdits,
  lastForeignEdit,
  unknownHistory,
} from "../../lib/planner/foreign-edits.ts";
import { anEdit, anIntent } from "../support/plan.ts";
import { factsDouble } from "../support/plan-facts.ts";
import {
  aBrand,
  aCampaign,
  anAccount,
  anAdGroup,
  aSharingAccount,
  aSnapshot,
  ROUND_AT_MS,
} from "../support/snapshot.ts";

const HOUR_MS = 3_600_000;
/** An hour before the round: the last moment at which our attempt may have been started, and when the person edits. */
const SEND_BEFORE_MS = ROUND_AT_MS - HOUR_MS;
const AD_GROUP = { platform: "meta", accountId: "1001", level: "adGroup", id: "200" } as const;
const KEY = "meta/1001/adGroup/200";

/** We set ad group 200 from 50 to 60 EUR. */
function ours(given: Parameters<typeof anIntent>[0] = {}): Intent {
  return anIntent({
    status: "confirmed",
    sends: 1,
    sendBeforeMs: SEND_BEFORE_MS,
    ...given,
    change: { id: "ours", holderKey: KEY, target: AD_GROUP, ...given.change },
  });
}

interface Case {
  edits?: readonly PastEdit[];
  intents?: readonly Intent[];
  hours?: number;
  account?: AccountSnapshot;
}

function roundOf({ edits = [anEdit()], intents = [], hours = 72, account }: Case): EditsRound {
  const base = account ?? anAccount({ entities: [aCampaign(), anAdGroup()] });
  return {
    brand: aBrand({ limits: { foreignEditHours: hours } }),
    snapshot: aSnapshot({ accounts: [{ ...base, history: { fromMs: 0, edits: [...edits] } }] }),
    state: { intents: Object.fromEntries(intents.map((intent) => [intent.change.id, intent])) },
    nowMs: ROUND_AT_MS,
  };
}

function holderOf({ snapshot }: EditsRound): BudgetHolder {
  const [holder] = snapshot.accounts.flatMap(budgetHoldersOf);
  if (holder === undefined) throw new Error("no holder");
  return holder;
}

/** When the last foreign edit of the account's first holder was made, after the attempt's deadline, in ms. */
function found(given: Case): number | null {
  const round = roundOf(given);
  const edit = lastForeignEdit(holderOf(round), round);
  return edit === null ? null : edit.atMs - SEND_BEFORE_MS;
}

const paused: PastEdit["edit"] = { kind: "status", to: "paused" };
const pausing = { kind: "status", from: "active", to: "paused", budgetMicros: 50_000_000n } as const;

describe("lib/planner/foreign-edits", () => {
  it("tells who changed the holder, through what, what, and until when it is left alone", () => {
    const round = roundOf({});
    expect(lastForeignEdit(holderOf(round), round)).toEqual({
      subject: { level: "budgetHolder", key: KEY, name: "Broad 25-54", ref: AD_GROUP, stage: "prospecting" },
      // 03:10 on 11 March, and 72 hours later.
      atMs: 1_773_195_000_000,
      untilMs: 1_773_454_200_000,
      by: "Camille Roy",
      via: "Ads Manager",
      edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_000_000n },
    });
  });

  it.each([" ", "?", "Ads Manager"])(
    "calls somebody whom the platform names by nothing but the tool: %j",
    (by) => {
      const round = roundOf({ edits: [anEdit({ by })] });
      expect(lastForeignEdit(holderOf(round), round)).toMatchObject({ by: "somebody", via: "Ads Manager" });
    },
  );

  it.each<[string, Partial<PastEdit>, Parameters<typeof ours>[0], number | null]>([
    ["at the deadline", {}, {}, null],
    ["when the fence stood, by a clock 2 minutes behind", { atMs: SEND_BEFORE_MS - 130_000 }, {}, null],
    ["before that", { atMs: SEND_BEFORE_MS - 130_001 }, {}, -130_001],
    ["2 min 40 s after the deadline", { atMs: SEND_BEFORE_MS + 160_000 }, {}, null],
    ["after that", { atMs: SEND_BEFORE_MS + 160_001 }, {}, 160_001],
    [
      "with another value",
      { edit: { kind: "dailyBudget", fromMicros: 50_000_000n, toMicros: 60_010_000n } },
      {},
      0,
    ],
    ["without a readable value", { edit: { kind: "dailyBudget", fromMicros: null, toMicros: null } }, {}, 0],
    [
      "with a value from nowhere",
      { edit: { kind: "dailyBudget", fromMicros: null, toMicros: 60_000_000n } },
      {},
      null,
    ],
    ["pausing, as we did", { edit: paused }, { change: { edit: pausing } }, null],
    [
      "starting, where we paused",
      { edit: { kind: "status", to: "active" } },
      { change: { edit: pausing } },
      0,
    ],
    ["pausing, where we set the budget", { edit: paused }, {}, 0],
    ["setting the budget, where we paused", {}, { change: { edit: pausing } }, 0],
    ["on a holder that we did not touch", {}, { change: { holderKey: "meta/1001/adGroup/201" } }, 0],
    ["where our change was never sent", {}, { status: "intended", sends: 0, sendBeforeMs: null }, 0],
    ["where it is known that we had no effect", {}, { status: "notApplied" }, 0],
    ["where we gave up before the call", {}, { status: "notSent" }, 0],
    ["where our outcome is unknown", {}, { status: "sent" }, null],
    ["where we diverged", {}, { status: "diverged" }, null],
    ["where we gave up and took effect late", {}, { status: "superseded" }, null],
  ])("judges an edit made %s", (_, edit, intent, expected) => {
    expect(found({ edits: [anEdit(edit)], intents: [ours(intent)] })).toBe(expected);
  });

  it("explains one edit by one attempt: who did the same again did it themselves", () => {
    const again = anEdit({ atMs: SEND_BEFORE_MS + 60_000 });
    expect(found({ edits: [again, anEdit()], intents: [ours()] })).toBe(60_000);
    const second = ours({ sendBeforeMs: SEND_BEFORE_MS + 60_000, change: { id: "ours-too" } });
    expect(found({ edits: [again, anEdit()], intents: [second, ours()] })).toBeNull();
  });

  it("lets our own edit after a person's not hide the person's", () => {
    const theirs = anEdit({
      atMs: SEND_BEFORE_MS - HOUR_MS,
      edit: { kind: "dailyBudget", fromMicros: 40_000_000n, toMicros: 50_000_000n },
    });
    expect(found({ edits: [theirs, anEdit()], intents: [ours()] })).toBe(-HOUR_MS);
  });

  it("names the last of several", () => {
    const earlier = anEdit({ atMs: SEND_BEFORE_MS - 5_000, edit: paused });
    expect(found({ edits: [anEdit(), earlier] })).toBe(0);
  });

  it("ends with the brand's hours", () => {
    const at = (agoMs: number) => [anEdit({ atMs: ROUND_AT_MS - agoMs })];
    expect([
      found({ edits: at(72 * HOUR_MS) }),
      found({ edits: at(72 * HOUR_MS - 1) }),
      found({ edits: at(72 * HOUR_MS), hours: 73 }),
    ]).toEqual([null, -71 * HOUR_MS + 1, -71 * HOUR_MS]);
  });

  it.each<[string, PastEdit["target"], number | null]>([
    ["the ad group itself", AD_GROUP, 0],
    ["another ad group", { ...AD_GROUP, id: "201" }, null],
    ["the campaign above, which owns no budget", { ...AD_GROUP, level: "campaign", id: "100" }, null],
    ["the same id in another account", { ...AD_GROUP, accountId: "1002" }, null],
  ])("looks at edits of the holder: %s", (_, target, expected) => {
    expect(found({ edits: [anEdit({ target, edit: paused })] })).toBe(expected);
  });

  it("looks at the status of a campaign that owns the budget, and at a shared budget by its own id", () => {
    const owning = anAccount({
      entities: [aCampaign({ budget: { period: "daily", amountMicros: 50_000_000n } })],
    });
    const campaign = { ...AD_GROUP, level: "campaign", id: "100" } as const;
    const shared = { ...AD_GROUP, level: "sharedBudget", id: "900" } as const;
    expect([
      found({ account: owning, edits: [anEdit({ target: campaign, edit: paused })] }),
      found({ account: aSharingAccount(), edits: [anEdit({ target: shared })] }),
    ]).toEqual([0, 0]);
  });

  it("lists the last of each holder, newest first", () => {
    const account = anAccount({
      entities: [aCampaign(), anAdGroup(), anAdGroup({ id: "201", name: "Narrow" })],
    });
    const of201 = { ...AD_GROUP, id: "201" };
    const round = roundOf({
      account,
      edits: [
        anEdit({ atMs: 1_773_190_000_000, edit: paused }),
        anEdit({ atMs: 1_773_191_000_000 }),
        anEdit({ atMs: 1_773_192_000_000, target: of201 }),
      ],
    });
    const listed = foreignEdits(round, factsDouble(round.snapshot, {}));
    expect(listed.map(({ subject, atMs }) => [subject.name, atMs])).toEqual([
      ["Narrow", 1_773_192_000_000],
      ["Broad 25-54", 1_773_191_000_000],
    ]);
  });

  it("knows a history that reaches back as far as the hours, and no other", () => {
    const round = { brand: aBrand({ limits: { foreignEditHours: 72 } }), nowMs: ROUND_AT_MS };
    const from = (agoMs: number) =>
      unknownHistory(anAccount({ history: { fromMs: ROUND_AT_MS - agoMs, edits: [] } }), round);
    expect([
      from(72 * HOUR_MS),
      from(72 * HOUR_MS - 1),
      unknownHistory(anAccount({ history: null }), round),
    ]).toEqual([null, "historyTooShort", "historyNotPermitted"]);
  });
});
