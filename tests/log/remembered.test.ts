import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../lib/domain/canonical.ts";
import { packTables, type RememberedTables, unpackTables } from "../../lib/log/remembered.ts";

const DAY = "2026-03-11";
/** DynamoDB takes 400 KB; an entry of ours 300,000 bytes with its plan's changes. */
const MOST_BYTES = 200_000;

/** Ids of eighteen digits, fourteen of which nobody could foresee. */
const holders = Array.from({ length: 5_000 }, (_, at) => {
  const digits = BigInt(`0x${sha256(String(at)).slice(0, 14)}`) % 100_000_000_000_000n;
  return `budgetHolder meta/act_10234567890${at % 10}/adGroup/1202${String(digits).padStart(14, "0")}`;
});

/** Of `rules` rules on every holder, as many nights as nobody could foresee. */
function streaksOf(rules: number): RememberedTables {
  const rows = (rule: number) =>
    holders.map((key, at) => [
      key,
      { nights: 1 + (((at * 31 + rule * 17) % 97) % 9), blind: (at + rule) % 11 === 0 ? 1 : 0, day: DAY },
    ]);
  const tables = Array.from({ length: rules }, (_, rule) => [
    String(rule).padStart(64, "0"),
    Object.fromEntries(rows(rule)),
  ]);
  return { streaks: Object.fromEntries(tables), told: {}, holds: {} };
}

const days = fc.constantFrom("2026-03-09", "2026-03-10", DAY);
const table = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(
    fc.constantFrom("one", "two", "three"),
    fc.dictionary(fc.string({ maxLength: 4 }), value, { minKeys: 1 }),
  );

describe("lib/log/remembered", () => {
  it("reads back what was written, whatever it was", () => {
    fc.assert(
      fc.property(
        fc.record({
          streaks: table(fc.record({ nights: fc.nat(), blind: fc.nat(1), day: days })),
          told: table(fc.record({ since: days, on: days })),
          holds: table(fc.record({ until: days })),
        }),
        (tables) => {
          expect(unpackTables(packTables(tables))).toEqual(tables);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("writes 5,000 streaks in less than 70 KB, and 100,000 in what an entry has room for", () => {
    const one = packTables(streaksOf(1));
    expect(one.length).toBeLessThan(70_000);
    const twenty = streaksOf(20);
    const packed = packTables(twenty);
    expect(packed.length).toBeLessThan(MOST_BYTES);
    expect(
      Object.values(unpackTables(packed)?.streaks ?? {}).map((rows) => Object.keys(rows).length),
    ).toEqual(Array.from({ length: 20 }, () => 5_000));
  });

  it("writes little where little stands", () => {
    expect(packTables({ streaks: {}, told: {}, holds: {} }).length).toBeLessThan(80);
  });

  it.each(["", "not base64 of anything", Buffer.from("{}").toString("base64")])(
    "reads nothing from %j",
    (text) => {
      expect(unpackTables(text)).toBeNull();
    },
  );
});
