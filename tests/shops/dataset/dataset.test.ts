import { describe, expect, it } from "vitest";
import { createDatasetShop } from "../../../lib/shops/dataset/index.ts";

const unknown = { orders: null, newCustomers: null, sessions: null };

describe("lib/shops/dataset", () => {
  it("tells the rows that cover days of the period, and other spend on them", async () => {
    const week = { day: "2026-03-02", days: 7, revenueMicros: 7n, ...unknown };
    const shop = createDatasetShop({
      revenue: [
        { day: "2026-03-01", revenueMicros: 1n, ...unknown },
        week,
        { day: "2026-03-09", revenueMicros: 9n, ...unknown },
      ],
      otherSpend: ["2026-03-07", "2026-03-08", "2026-03-09"].map((day) => ({
        day,
        source: "print",
        spendMicros: 1n,
      })),
    });
    expect(await shop.fetchDays("2026-03-08", "2026-03-08")).toEqual({
      source: "dataset",
      days: [week],
      otherSpend: [{ day: "2026-03-08", source: "print", spendMicros: 1n }],
    });
  });

  it("has no day without a revenue file", async () => {
    const shop = createDatasetShop({ revenue: null, otherSpend: [] });
    expect(await shop.fetchDays("2026-01-01", "2026-12-31")).toMatchObject({ days: [] });
  });
});
