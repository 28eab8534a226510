import { describe, expect, it } from "vitest";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { type BrandText, brandProblems, brandWith } from "../support/brand-file.ts";

const TIER = { proven: { labels: ["proven"] }, test: { campaigns: ["*TEST*"] } };

describe("lib/brand, groups", () => {
  it("reads partitions beside the stages, with the shares wanted of each", () => {
    const brand = brandWith((written) => {
      written.groups.tier = TIER;
      written.bands.tier = { test: [10, 20] };
    });
    expect(brand.groups).toEqual({
      tier: [
        { name: "proven", match: { labels: ["proven"] } },
        { name: "test", match: { campaigns: ["*TEST*"] } },
      ],
    });
    expect(brand.groupBands).toEqual({ tier: { test: [10, 20] } });
    expect(brand.stages.map(({ name }) => name)).toEqual([
      "awareness",
      "prospecting",
      "retargeting",
      "brandSearch",
    ]);
    expect(Object.keys(brand.stageBands)).toEqual(["awareness", "prospecting", "retargeting"]);
  });

  it("has neither stages nor partitions where the file has none", () => {
    const brand = brandWith((written) => {
      delete written.groups;
      delete written.bands;
    });
    expect([brand.stages, brand.stageBands, brand.groups, brand.groupBands]).toEqual([[], {}, {}, {}]);
  });

  it("reads events, the earliest occurrence first, and the rules that may stop an account", () => {
    const brand = brandWith((written) => {
      written.calendar = {
        "black-friday": [
          { from: "2027-11-26", to: "2027-11-29" },
          { from: "2026-11-27", to: "2026-11-30" },
        ],
      };
      written.accountStop = ["month-stop"];
    });
    expect(brand.calendar).toEqual({
      "black-friday": [
        { from: "2026-11-27", to: "2026-11-30" },
        { from: "2027-11-26", to: "2027-11-29" },
      ],
    });
    expect(brand.accountStop).toEqual(["month-stop"]);
  });

  it.each<[string, (brand: BrandText) => void, Partial<ConfigProblem>]>([
    [
      "a second spelling of stage",
      (b) => (b.groups.stages = TIER),
      { code: "brand.alikeName", path: "groups.stages", fix: 'did you mean "stage"?' },
    ],
    [
      "a member of nobody",
      (b) => (b.groups.tier = { proven: {} }),
      { code: "brand.notAllowed", path: "groups.tier.proven", fix: "say who is meant" },
    ],
    [
      "51 members",
      (b) => {
        b.groups.tier = Object.fromEntries(
          Array.from({ length: 51 }, (_, index) => [`m${index}`, { ids: [`${index}`] }]),
        );
      },
      { code: "brand.notAllowed", path: "groups.tier", allowed: "at most 50 members" },
    ],
    [
      "11 partitions",
      (b) => (b.groups = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`g${index}`, TIER]))),
      { code: "brand.notAllowed", path: "groups", allowed: "at most 10 partitions" },
    ],
    [
      "a band of no partition",
      (b) => (b.bands.tire = { proven: [1, 2] }),
      { code: "brand.unknownGroup", path: "bands.tire" },
    ],
    [
      "a band of no member",
      (b) => {
        b.groups.tier = TIER;
        b.bands.tier = { prooven: [1, 2] };
      },
      { code: "brand.unknownMember", path: "bands.tier.prooven", fix: 'did you mean "proven"?' },
    ],
    [
      "bands that leave no room for each other",
      (b) => {
        b.groups.tier = TIER;
        b.bands.tier = { proven: [60, 70], test: [50, 60] };
      },
      { code: "brand.outOfRange", path: "bands.tier", found: "110 % at least" },
    ],
    [
      "an event that ends before it begins",
      (b) => (b.calendar = { sale: [{ from: "2026-11-30", to: "2026-11-27" }] }),
      {
        code: "brand.outOfRange",
        path: "calendar.sale[0]",
        fix: 'write { "from": "2026-11-27", "to": "2026-11-30" }',
      },
    ],
    [
      "occurrences that share a day",
      (b) => {
        const second = { from: "2026-11-30", to: "2026-12-02" };
        b.calendar = { sale: [{ from: "2026-11-27", to: "2026-11-30" }, second] };
      },
      { code: "brand.overlap", path: "calendar.sale[1]", found: "2026-11-30 to 2026-12-02" },
    ],
    [
      "a day that does not exist",
      (b) => (b.calendar = { sale: [{ from: "2026-02-30", to: "2026-03-01" }] }),
      { path: "calendar.sale[0].from" },
    ],
    [
      "an event in capitals",
      (b) => (b.calendar = { BlackFriday: [{ from: "2026-11-27", to: "2026-11-30" }] }),
      { code: "brand.notAllowed", path: "calendar.BlackFriday" },
    ],
    [
      "an event without an occurrence",
      (b) => (b.calendar = { sale: [] }),
      { code: "brand.outOfRange", path: "calendar.sale" },
    ],
    [
      "a rule that is no id",
      (b) => (b.accountStop = ["Month stop"]),
      { code: "brand.notAllowed", path: "accountStop[0]" },
    ],
  ])("refuses %s", (_what, change, problem) => {
    expect(brandProblems(change)[0]).toMatchObject(problem);
  });
});
