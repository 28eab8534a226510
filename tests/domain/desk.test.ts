import { describe, expect, it } from "vitest";
import { deskOf } from "../../lib/domain/brand.ts";
import { deskSchema, roleAtLeast } from "../../lib/domain/desk.ts";
import { aDesk } from "../support/log.ts";
import { aBrand } from "../support/snapshot.ts";

describe("lib/domain/desk", () => {
  it("takes from a brand what answers are judged by, and nothing of when it is told", () => {
    const { people } = aDesk();
    const place = { team: "T0LUNE", app: "A0PALIER", channel: "C0LUNE" };
    const slack = {
      ...place,
      ...({ digestAt: "08:30", reviewEvery: "week", reviewOn: "mon", noticeBeforeApply: true } as const),
    };
    const limits = {
      fourEyesAboveMicros: 50_000_000n,
      ...{ approvalsPerHour: 30, restoreDays: 5, restoredRuleDays: 21 },
    };
    expect(deskOf(aBrand({ people, slack, limits, language: "fr" }))).toEqual({
      brandName: "Atelier Lune",
      ...{ language: "fr", currency: "EUR", zone: "Europe/Paris", people, slack: place },
      ...{ fourEyesAboveMicros: 50_000_000n, approvalsPerHour: 30, restoreDays: 5, restoredRuleDays: 21 },
    });
    expect(deskOf(aBrand({ people: [], slack: null }))).toMatchObject({ people: [], slack: null });
  });

  it.each([
    ["viewer", [true, false, false]],
    ["approver", [true, true, false]],
    ["owner", [true, true, true]],
  ] as const)("lets a %s do what those before may", (role, may) => {
    expect(["viewer", "approver", "owner"].map((least) => roleAtLeast(role, least as typeof role))).toEqual(
      may,
    );
  });

  it.each(["lea", "U", "u0123abcd", "U0123 ABC", "B0123ABCD"])("takes %s for no person of Slack", (slack) => {
    const [lea] = aDesk().people;
    const person = { ...lea, raiseLimitMicros: null, slack };
    expect(deskSchema.safeParse({ ...aDesk(), people: [person] }).success).toBe(false);
    expect(deskSchema.safeParse({ ...aDesk(), people: [{ ...person, slack: "U0123ABCD" }] }).success).toBe(
      true,
    );
  });
});
