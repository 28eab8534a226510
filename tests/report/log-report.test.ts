import { describe, expect, it } from "vitest";
import type { Change, Edit } from "../../lib/domain/change.ts";
import type { Intent, Proposal } from "../../lib/domain/state.ts";
import { eventSchema, type LogEvent } from "../../lib/log/events.ts";
import { verifyEntries } from "../../lib/log/verify.ts";
import { renderLogEntries } from "../../lib/report/log-entries.ts";
import { renderIntentOutcome } from "../../lib/report/outcome.ts";
import { type BrandPageOptions, renderProposals } from "../../lib/report/proposals.ts";
import { renderVerify } from "../../lib/report/verify.ts";
import type { EntryView, EventView } from "../../lib/report/views.ts";
import { displayWidth } from "../../lib/report/width.ts";
import { aProposal as anyProposal } from "../support/log.ts";
import { entityUrl, factLabels, levelWords, platformLabels } from "../support/plan-view.ts";

/** 2026-03-11 at 04:10 in Europe/Paris. */
const NIGHT_MS = 1_773_198_600_000;
const HASH = "0123456789ab".padEnd(64, "0");
const account = { platform: "meta", accountId: "1001" };
const raise: Edit = { kind: "dailyBudget", fromMicros: 100_000_000n, toMicros: 120_000_000n };
const pause: Edit = { kind: "status", from: "active", to: "paused", budgetMicros: 60_000_000n };

const spaced = (text: string): string => text.replaceAll("\u00a0", " ");

function options(given: Partial<BrandPageOptions> = {}): BrandPageOptions {
  const labels = { factLabels, levelWords, platformLabels, entityUrl };
  const plain = { colors: false, hyperlinks: false, verbose: false };
  const brand = { currency: "EUR", zone: "Europe/Paris", platforms: ["meta"] };
  return { language: "en", width: 100, ...brand, ...labels, ...plain, ...given };
}

function aChange(index: number, given: Partial<Change> = {}): Change {
  return {
    id: `atelier-lune-20260311-${index}`,
    holderKey: "meta/1001/adGroup/11",
    target: { ...account, level: "adGroup", id: "11" },
    name: "Broad women 25-44",
    stage: "prospecting",
    currency: "EUR",
    edit: raise,
    ruleId: "raise-proven",
    pack: "roads",
    owner: "lea",
    ...given,
  };
}

function aProposal(given: Partial<Proposal> = {}): Proposal {
  return anyProposal({ change: aChange(1), ...given });
}

function anIntent(given: Partial<Intent> = {}): Intent {
  return {
    change: aChange(1),
    roundId: "atelier-lune/2026-03-11/night",
    allowedBy: "approval:lea",
    status: "confirmed",
    intendedAtMs: NIGHT_MS,
    sends: 1,
    writerId: "w",
    sendBeforeMs: NIGHT_MS,
    answered: false,
    settledAtMs: NIGHT_MS,
    actual: null,
    reason: null,
    ...given,
  };
}

function told(...events: EventView[]): string[] {
  return spaced(renderLogEntries([{ position: 7, events }], options())).split("\n");
}

describe("lib/report/proposals", () => {
  it("lists open proposals first, each with what it would do", () => {
    const rejected = aProposal({
      change: aChange(2, {
        target: { ...account, level: "adGroup", id: "12" },
        name: "Video viewers",
        edit: pause,
        ruleId: "pause-no-conversion",
      }),
      status: "rejected",
      decidedBy: "lea",
      reason: "launch week",
    });
    expect(spaced(renderProposals([rejected, aProposal()], options())).split("\n")).toEqual([
      "Proposals (2)",
      "  Id                       Status    Change      Name               Until              Rule",
      "  atelier-lune-20260311-1  open      raise +20%  Broad women 25-44  Wed 11 Mar, 16:10  raise-proven",
      "    Broad women 25-44 (ad set): €100.00 -> €120.00 a day (+20%, +€20.00)",
      "    https://meta.example/adGroup/11",
      "  atelier-lune-20260311-2  rejected  pause       Video viewers      -                  pause-no-con…",
      "    by lea, reason: launch week",
      "    https://meta.example/adGroup/12",
    ]);
  });

  it("keeps how long a proposal waits on a narrow page, and says which columns left it", () => {
    const narrow = spaced(renderProposals([aProposal()], options({ width: 80 }))).split("\n");
    expect(narrow[1]).toMatch(/^ {2}Id +Status +Name +Until$/);
    expect(narrow.at(-1)).toBe("  Not shown at this width: Change, Rule");
  });

  it("says that there is none", () => {
    expect(renderProposals([], options({ language: "fr" }))).toBe("Aucune proposition.");
  });
});

describe("lib/report/log-entries", () => {
  it("tells a round from its start to its plan", () => {
    const entries: EntryView[] = [
      { position: 9, events: [{ type: "roundStarted", atMs: NIGHT_MS, day: "2026-03-11", slot: "night" }] },
      {
        position: 10,
        events: [
          { type: "accountFetched", atMs: NIGHT_MS, account, requests: 6 },
          { type: "snapshotSealed", atMs: NIGHT_MS, snapshotHash: HASH, missing: [] },
        ],
      },
      {
        position: 11,
        events: [
          {
            type: "planned",
            atMs: NIGHT_MS,
            planHash: HASH,
            refused: null,
            proposed: [aChange(1)],
            auto: [],
          },
        ],
      },
    ];
    expect(spaced(renderLogEntries(entries, options())).split("\n")).toEqual([
      " 9  Wed 11 Mar, 04:10  round night of Wed 11 Mar started",
      "10  Wed 11 Mar, 04:10  account meta/1001 fetched in 6 requests",
      "    Wed 11 Mar, 04:10  snapshot 0123456789ab sealed, every account in",
      "11  Wed 11 Mar, 04:10  plan 0123456789ab: 1 proposed, 0 automatic",
      "                       proposed atelier-lune-20260311-1: €100.00 -> €120.00 a day (+20%, +€20.00),",
      "                       Broad women 25-44 (raise-proven)",
      "                       https://meta.example/adGroup/11",
    ]);
  });

  const at = { atMs: NIGHT_MS, changeId: "x-1" };
  const reason = { key: "loop.noEffect", values: { attempt: { value: 1, unit: "count" as const } } };
  const because = "attempt 1 had no effect on the platform";
  const sentences: [EventView, string][] = [
    [{ type: "accountFailed", atMs: NIGHT_MS, account, reason }, `account meta/1001 not fetched: ${because}`],
    [
      { type: "snapshotSealed", atMs: NIGHT_MS, snapshotHash: HASH, missing: [account] },
      "snapshot 0123456789ab sealed without meta/1001",
    ],
    [
      { type: "planned", atMs: NIGHT_MS, planHash: HASH, refused: reason, proposed: [], auto: [] },
      `plan 0123456789ab refused whole: ${because}`,
    ],
    [{ type: "proposalApproved", ...at, by: "lea" }, "x-1 approved by lea"],
    [{ type: "proposalRejected", ...at, by: "lea", reason: null }, "x-1 rejected by lea"],
    [{ type: "proposalRejected", ...at, by: "lea", reason: "not now" }, "x-1 rejected by lea: not now"],
    [{ type: "proposalExpired", ...at }, "x-1 expired: silence is a no"],
    [{ type: "proposalSuperseded", ...at, reason }, `x-1 superseded: ${because}`],
    [{ type: "changeSuperseded", ...at, actual: null, reason }, `x-1 not sent: ${because}`],
    [{ type: "changeSent", ...at, attempt: 2 }, "x-1 being sent, attempt 2"],
    [{ type: "changeNotSent", ...at, reason }, `x-1 not sent after all: ${because}`],
    [{ type: "changeConfirmed", ...at }, "x-1 read back: applied"],
    [{ type: "changeNotApplied", ...at, reason }, `x-1 not applied: ${because}`],
    [{ type: "changeDiverged", ...at, actual: null, reason }, `x-1 DIVERGED: ${because}`],
    [{ type: "stopped", atMs: NIGHT_MS, by: "lea", reason: null }, "STOPPED by lea"],
    [{ type: "stopped", atMs: NIGHT_MS, by: "lea", reason: "sold out" }, "STOPPED by lea: sold out"],
    [{ type: "resumed", atMs: NIGHT_MS, by: "lea" }, "resumed by lea"],
  ];
  it.each(sentences)("tells %o", (event, sentence) => {
    expect(told(event)).toEqual([`7  Wed 11 Mar, 04:10  ${sentence}`]);
  });

  it("names who or what allowed a change", () => {
    const intended = { type: "changeIntended", atMs: NIGHT_MS, change: aChange(1, { edit: pause }) } as const;
    expect(told({ ...intended, allowedBy: "approval:lea" }).join(" ")).toContain("allowed by lea's approval");
    expect(told({ ...intended, allowedBy: "mode:apply" }).join(" ")).toContain("allowed by mode apply");
  });

  it("names platform and kind where the brand is on several platforms", () => {
    const event = {
      type: "changeIntended",
      atMs: NIGHT_MS,
      change: aChange(1),
      allowedBy: "mode:apply",
    } as const;
    const both = options({ platforms: ["meta", "google"], width: 200 });
    const text = spaced(renderLogEntries([{ position: 7, events: [event] }], both));
    expect(text).toContain(", Broad women 25-44, Meta ad set (raise-proven), allowed by mode apply\n");
  });

  it("says that a log is empty", () => {
    expect(renderLogEntries([], options())).toBe("The log is empty.");
  });

  it("keeps every line within the width", () => {
    const event = { type: "stopped", atMs: NIGHT_MS, by: "lea", reason: "word ".repeat(60) } as const;
    const lines = renderLogEntries([{ position: 1234, events: [event] }], options({ width: 60 })).split("\n");
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.every((line) => displayWidth(line) <= 60)).toBe(true);
  });

  it("takes the log's own events as they are", () => {
    const events: LogEvent[] = [eventSchema.parse({ type: "resumed", v: 1, atMs: NIGHT_MS, by: "lea" })];
    expect(told(...events)).toEqual(["7  Wed 11 Mar, 04:10  resumed by lea"]);
  });
});

describe("lib/report/verify", () => {
  it("takes the log's own result as it is", () => {
    expect(renderVerify("atelier-lune", verifyEntries("atelier-lune", [], null), options())).toContain(
      "The log of atelier-lune verifies: 0 entries, head 0 ",
    );
  });

  const head = { position: 42, hash: HASH };

  it("says that a log verifies, up to where it is witnessed", () => {
    const result = { ok: true, entries: 42, head, witnessed: 42 } as const;
    expect(renderVerify("atelier-lune", result, options())).toBe(
      "The log of atelier-lune verifies: 42 entries, head 42 0123456789ab\n" +
        "  Witnessed outside the table up to entry 42.",
    );
    expect(renderVerify("atelier-lune", { ...result, witnessed: null }, options())).toContain(
      "a cut tail would not be noticed",
    );
  });

  it("names the first bad entry and what is wrong with it", () => {
    const result = { ok: false, position: 7, problem: "tampered", detail: "hash does not match" } as const;
    expect(renderVerify("atelier-lune", result, options())).toBe(
      "The log of atelier-lune does NOT verify: entry 7, an entry that was changed after it was written\n" +
        "  hash does not match",
    );
  });
});

describe("lib/report/outcome", () => {
  const change = "atelier-lune-20260311-1, Broad women 25-44, €100.00 -> €120.00 a day (+20%, +€20.00)";
  const status = { value: "active", unit: "state" } as const;
  const reason = {
    key: "loop.changedMeanwhile",
    values: { status, budget: { value: 90_000_000, unit: "money" as const } },
  };

  it.each([
    ["intended", null, "decided, not yet sent. The next round sends it."],
    [
      "sent",
      null,
      "sent, and its effect is not known yet. The next round reads it back; it is not sent twice.",
    ],
    ["confirmed", null, "done, and read back from the platform."],
    [
      "superseded",
      reason,
      "left alone (somebody changed it meanwhile: now active, budget €90.00). Nothing was sent.",
    ],
    ["notApplied", null, "not applied (no reason given). Nothing changed."],
  ] as const)("tells a change that is %s", (state, why, words) => {
    const text = renderIntentOutcome(anIntent({ status: state, reason: why }), options({ width: 200 }));
    expect(spaced(text)).toBe(`${change}: ${words}\n  https://meta.example/adGroup/11`);
  });

  it("names platform and kind where the brand is on several platforms", () => {
    const text = renderIntentOutcome(anIntent(), options({ width: 200, platforms: ["google", "meta"] }));
    expect(spaced(text)).toContain("-1, Broad women 25-44, Meta ad set, €100.00 -> €120.00");
  });

  it("paints what needs a person in red", () => {
    const text = renderIntentOutcome(
      anIntent({ status: "diverged", reason }),
      options({ width: 200, colors: true }),
    );
    expect(text.startsWith("\u001b[31m")).toBe(true);
  });
});
