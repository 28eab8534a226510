import { describe, expect, it } from "vitest";
import {
  chosenAccounts,
  chosenConversions,
  guessAccounts,
  guessConversions,
  guessId,
  readAnswer,
} from "../../lib/init/index.ts";
import type { CountedConversion, ReachableAccount } from "../../lib/platforms/port.ts";

function anAccountOf(platform: string, accountId: string, fields: Partial<ReachableAccount> = {}) {
  const own = { name: "Lune", currency: "EUR", zone: "Europe/Paris", status: "active" } as const;
  return { platform, accountId, ...own, ...fields };
}

function counted(name: string, conversions: number, major: number, primary = true): CountedConversion {
  return { name, conversions, conversionValueMicros: BigInt(major) * 1_000_000n, primary };
}

describe("lib/init", () => {
  describe("accounts", () => {
    it("proposes those of the commonest currency and zone, and tells the others", () => {
      const reachable = [
        anAccountOf("meta", "1"),
        anAccountOf("meta", "2", { currency: "USD" }),
        anAccountOf("google", "2000000002"),
        anAccountOf("meta", "3", { status: "other" }),
      ];
      const { guesses, notes } = guessAccounts(reachable);
      expect(guesses.map(({ key }) => key)).toEqual(["account:meta/1", "account:google/2000000002"]);
      expect(notes).toEqual([
        '"Lune" (meta/3) is left out: it is closed, hidden or does not deliver.',
        `"Lune" (meta/2) is left out: USD, Europe/Paris would be another brand's.`,
      ]);
      const answers = { "account:meta/1": false, "account:google/2000000002": true };
      expect(chosenAccounts(reachable, answers).map(({ platform }) => platform)).toEqual(["google"]);
    });
  });

  describe("conversions", () => {
    const meta = {
      account: anAccountOf("meta", "1"),
      counted: [
        counted("lead", 900, 0, false),
        counted("omni_purchase", 10, 500),
        counted("purchase", 10, 400),
      ],
    };
    const silent = { account: anAccountOf("google", "2000000002"), counted: [] };

    it("proposes the primary one with most value, and leaves an account out that counts nothing", () => {
      const { guesses, notes } = guessConversions([meta, silent], 92);
      expect(guesses).toMatchObject([
        { proposed: "omni_purchase", options: ["lead", "omni_purchase", "purchase"] },
      ]);
      expect(guesses[0]?.evidence).toEqual([
        "lead: 900 in 92 days",
        "omni_purchase: 10 worth 500 EUR in 92 days, in the platform's own column",
        "purchase: 10 worth 400 EUR in 92 days, in the platform's own column",
      ]);
      expect(notes).toEqual(['"Lune" (google/2000000002) is left out: it counted no conversion in 92 days.']);
    });

    it("keeps the accounts that count what was answered", () => {
      const key = "conversion:meta:omni_purchase";
      const other = { account: anAccountOf("meta", "2"), counted: [counted("omni_purchase", 3, 9)] };
      expect([...chosenConversions([meta, other], { [key]: "lead" })]).toEqual([["meta/1", "lead"]]);
      expect([...chosenConversions([meta, other], { [key]: null })]).toEqual([]);
    });
  });

  describe("answers", () => {
    const money = {
      key: "m",
      kind: "money",
      proposed: 1,
      currency: "EUR",
      question: "",
      evidence: [],
    } as const;
    const choice = {
      key: "c",
      kind: "choice",
      proposed: "mixed",
      options: ["mixed", "brandSearch"],
      question: "",
      evidence: [],
    } as const;
    const id = guessId("Été & Lune !").guesses[0];

    it.each([
      [money, "35,5", { ok: true, answer: 35.5 }],
      [money, " ", { ok: true, answer: null }],
      [money, "0", { ok: false }],
      [money, "1e3", { ok: false }],
      [choice, "brandsearch", { ok: true, answer: "brandSearch" }],
      [choice, "cold", { ok: false, expected: "one of mixed, brandSearch" }],
    ])("reads what is typed (%#)", (guess, typed, expected) => {
      expect(readAnswer(guess, typed)).toMatchObject(expected);
    });

    it("makes an id of a name, and takes no other than one that can be one", () => {
      expect(id?.proposed).toBe("ete-lune");
      expect(guessId("中文").guesses[0]?.proposed).toBe("brand");
      if (id === undefined) throw new Error("no guess");
      expect(readAnswer(id, "My Shop")).toMatchObject({ ok: false });
      expect(readAnswer(id, "")).toMatchObject({ ok: false });
      expect(readAnswer(id, "my-shop")).toEqual({ ok: true, answer: "my-shop" });
    });
  });
});
