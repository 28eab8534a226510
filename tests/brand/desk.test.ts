import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseBrand } from "../../lib/brand/parse.ts";
import { deskOf } from "../../lib/domain/brand.ts";

const FILE = "rules/brands/atelier-lune.json";
const LEA = { name: "lea", slack: "U0LEA", role: "owner" };
const TOM = { name: "tom", slack: "U0TOM", role: "approver", raiseLimit: 12.5, dailyRaiseLimit: 100 };
const PLACE = { team: "T0ATELIER", app: "A0PALIER", channel: "C0BUDGETS" };

function parsed(over: object) {
  const plain = { ...JSON.parse(readFileSync(FILE, "utf8")), limits: {} };
  const file = { ...plain, people: [LEA, TOM], slack: PLACE, ...over };
  return parseBrand(JSON.stringify(file), FILE);
}

/** Path and code of every problem. */
function problemsOf(over: object): string[] {
  const result = parsed(over);
  return result.ok ? [] : result.problems.map(({ path, code }) => `${path} ${code}`);
}

describe("lib/brand, the desk", () => {
  it("settles people in micros and says when Slack is told what", () => {
    const result = parsed({ limits: { fourEyesAbove: 40 } });
    if (!result.ok) return expect.fail(JSON.stringify(result.problems));
    expect(result.brand.people).toEqual([
      { name: "lea", slack: "U0LEA", role: "owner", raiseLimitMicros: null, dailyRaiseLimitMicros: null },
      {
        name: "tom",
        slack: "U0TOM",
        role: "approver",
        raiseLimitMicros: 12_500_000n,
        dailyRaiseLimitMicros: 100_000_000n,
      },
    ]);
    expect(result.brand.slack).toEqual({
      ...PLACE,
      digestAt: "08:30",
      reviewEvery: "week",
      reviewOn: "mon",
      noticeBeforeApply: true,
    });
    expect(deskOf(result.brand)).toMatchObject({
      brandName: "Atelier Lune",
      slack: PLACE,
      fourEyesAboveMicros: 40_000_000n,
      approvalsPerHour: 60,
      restoreDays: 7,
      restoredRuleDays: 14,
    });
  });

  it("takes people without Slack and a brand without people", () => {
    expect(problemsOf({ slack: undefined, people: [{ name: "lea", role: "owner" }] })).toEqual([]);
    expect(problemsOf({ slack: undefined, people: [] })).toEqual([]);
  });

  it.each([
    [
      "one person twice by name",
      { people: [LEA, { ...TOM, name: "lea" }] },
      ["people[1].name brand.duplicatePerson"],
    ],
    [
      "one person twice by id",
      { people: [LEA, { ...TOM, slack: "U0LEA" }] },
      ["people[1].slack brand.duplicatePerson"],
    ],
    [
      "Slack without anybody who answers",
      { people: [{ ...LEA, role: "viewer" }] },
      ["people brand.nobodyAnswers"],
    ],
    [
      "four eyes without a second pair",
      { people: [LEA], limits: { fourEyesAbove: 40 } },
      ["limits.fourEyesAbove brand.oneHead"],
    ],
  ])("refuses %s", (_, over, problems) => {
    expect(problemsOf(over)).toEqual(problems);
  });

  it.each([
    ["a display name for an id", { people: [{ ...LEA, slack: "@lea" }] }],
    ["a channel's name for its id", { slack: { ...PLACE, channel: "#budgets" } }],
    ["a limit below nothing", { people: [{ ...LEA, raiseLimit: -1 }] }],
    ["an hour that does not exist", { slack: { ...PLACE, digestAt: "24:00" } }],
    ["an unknown key", { slack: { ...PLACE, token: "xoxb-1" } }],
  ])("refuses %s", (_, over) => {
    expect(parsed(over).ok).toBe(false);
  });
});
