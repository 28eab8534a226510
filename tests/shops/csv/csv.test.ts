import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileError } from "../../../lib/domain/files.ts";
import { createCsvShop } from "../../../lib/shops/csv/index.ts";
import { ShopError } from "../../../lib/shops/errors.ts";

const FILE = "/brands/atelier-lune/revenue.csv";

function aShop(text: string) {
  return createCsvShop({
    file: FILE,
    readText: async (path) => {
      if (path !== FILE) throw new Error(`unstated file ${path}`);
      return text;
    },
  });
}

async function daysOf(text: string) {
  return (await aShop(text).fetchDays("2026-01-01", "2026-12-31")).days;
}

async function problemsOf(text: string) {
  const error: unknown = await daysOf(text).catch((caught: unknown) => caught);
  if (!(error instanceof ShopError)) throw new Error("expected a ShopError");
  return error.problems;
}

describe("lib/shops/csv", () => {
  it("reads days with their figures, whatever the order of columns and rows", async () => {
    const text =
      "orders,date,sessions,revenue,new_customers\n52,2026-03-10,4100,4310.55,31\n48,2026-03-09,3900,3999.9,30\n";
    expect(await daysOf(text)).toEqual([
      { day: "2026-03-09", revenueMicros: 3_999_900_000n, orders: 48, newCustomers: 30, sessions: 3900 },
      { day: "2026-03-10", revenueMicros: 4_310_550_000n, orders: 52, newCustomers: 31, sessions: 4100 },
    ]);
  });

  it("returns the asked days alone, both ends included, and names its source without the folder", async () => {
    const text = "date,revenue\n2026-03-01,1\n2026-03-02,2\n2026-03-03,3\n2026-03-04,4\n";
    const { source, days } = await aShop(text).fetchDays("2026-03-02", "2026-03-03");
    expect(days.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-03"]);
    expect(source).toBe("csv revenue.csv");
  });

  it("takes a blank cell as unknown, never as 0", async () => {
    expect(await daysOf("date,revenue,orders,sessions\n2026-03-01,0,0,\n2026-03-02,,7,9\n")).toEqual([
      { day: "2026-03-01", revenueMicros: 0n, orders: 0, newCustomers: null, sessions: null },
    ]);
  });

  it("tolerates a byte order mark, Windows line ends, quotes, spaces and empty lines", async () => {
    const text = '\uFEFFdate, revenue\r\n"2026-03-01", "12.50" \r\n\r\n2026-03-02,13\r\n';
    expect((await daysOf(text)).map(({ revenueMicros }) => revenueMicros)).toEqual([
      12_500_000n,
      13_000_000n,
    ]);
  });

  it("accepts a day whose refunds exceed its sales", async () => {
    expect((await daysOf("date,revenue\n2026-03-01,-35.5\n"))[0]?.revenueMicros).toBe(-35_500_000n);
  });

  it("rounds an amount once, to the micro", async () => {
    expect((await daysOf("date,revenue\n2026-03-01,0.1234565\n"))[0]?.revenueMicros).toBe(123_457n);
  });

  it("reads every column, and leaves out what is blank", async () => {
    const header = "date,revenue,days,new_customer_revenue,product_cost,fees,refunds,leads,qualified_leads";
    expect(await daysOf(`${header}\n2026-03-01,10,7,-5,3,0.5,0.25,2,1\n2026-03-08,9,,,4,,,,0\n`)).toEqual([
      {
        day: "2026-03-01",
        days: 7,
        revenueMicros: 10_000_000n,
        orders: null,
        newCustomers: null,
        sessions: null,
        newCustomerRevenueMicros: -5_000_000n,
        productCostMicros: 3_000_000n,
        feesMicros: 500_000n,
        refundsMicros: 250_000n,
        leads: 2,
        qualifiedLeads: 1,
      },
      {
        day: "2026-03-08",
        revenueMicros: 9_000_000n,
        orders: null,
        newCustomers: null,
        sessions: null,
        productCostMicros: 4_000_000n,
        qualifiedLeads: 0,
      },
    ]);
  });

  it("returns rows of several days that cover any of the asked days", async () => {
    const text = "date,days,revenue\n2026-03-16,7,3\n2026-03-02,7,1\n2026-03-09,7,2\n";
    const { days } = await aShop(text).fetchDays("2026-03-08", "2026-03-09");
    expect(days.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-09"]);
  });

  it.each([
    ["a week that begins in another", "2026-03-08,7,1", "2026-03-08 to 2026-03-14"],
    ["a day inside a week", "2026-03-03,1,1", "2026-03-03"],
    ["the same week again, its revenue unknown", "2026-03-02,7,", "2026-03-02 to 2026-03-08"],
  ])("refuses %s, naming both rows", async (_, row, found) => {
    expect(await problemsOf(`date,days,revenue\n2026-03-02,7,1\n${row}\n2026-03-20,1,1\n`)).toMatchObject([
      {
        code: "shop.overlappingDays",
        line: 3,
        path: "date",
        found,
        allowed: "each day once; line 2 covers 2026-03-02 to 2026-03-08",
      },
    ]);
  });

  it.each<[string, string, string, string, string]>([
    ["a decimal comma in quotes", 'date,revenue\n2026-03-01,"1,5"\n', "shop.badNumber", "revenue", '"1,5"'],
    ["a currency in the cell", "date,revenue\n2026-03-01,12 EUR\n", "shop.badNumber", "revenue", '"12 EUR"'],
    ["an exponent", "date,revenue\n2026-03-01,1e3\n", "shop.badNumber", "revenue", '"1e3"'],
    ["full-width digits", "date,revenue\n2026-03-01,１００\n", "shop.badNumber", "revenue", '"１００"'],
    ["negative orders", "date,revenue,orders\n2026-03-01,12,-1\n", "shop.badNumber", "orders", '"-1"'],
    ["half an order", "date,revenue,orders\n2026-03-01,12,1.5\n", "shop.badNumber", "orders", '"1.5"'],
    ["a cost below nothing", "date,revenue,fees\n2026-03-01,12,-1\n", "shop.badNumber", "fees", '"-1"'],
    [
      "an amount beyond 2^53 micros",
      "date,revenue\n2026-03-01,9007199254.740992\n",
      "shop.badNumber",
      "revenue",
      '"9007199254.740992"',
    ],
    ["a day that does not exist", "date,revenue\n2026-02-30,12\n", "shop.badDate", "date", '"2026-02-30"'],
    ["a day written the other way", "date,revenue\n01/03/2026,12\n", "shop.badDate", "date", '"01/03/2026"'],
    ["a blank day", "date,revenue\n,12\n", "shop.badDate", "date", '""'],
    ["a row of no day", "date,revenue,days\n2026-03-01,12,0\n", "shop.badDays", "days", '"0"'],
    ["a row of years", "date,revenue,days\n2026-03-01,12,367\n", "shop.badDays", "days", '"367"'],
    ["an unquoted decimal comma", "date,revenue\n2026-03-01,1,5\n", "shop.cellCount", "", "3 cells"],
    ["a missing cell", "date,revenue\n2026-03-01\n", "shop.cellCount", "", "1 cells"],
  ])("refuses %s with its line and column", async (_, text, code, path, found) => {
    expect(await problemsOf(text)).toMatchObject([{ code, file: FILE, line: 2, path, found }]);
  });

  it.each<[string, string, object]>([
    [
      "an unknown column, listing those it knows",
      "date,revenue,profit\n",
      {
        code: "shop.unknownColumn",
        line: 1,
        path: "profit",
        allowed:
          "the columns date, revenue, days, orders, new_customers, new_customer_revenue, sessions, product_cost, fees, refunds, leads, qualified_leads, revenue_from_<source> (a lower-case word: meta, email ...)",
      },
    ],
    [
      "semicolons",
      "date;revenue\n2026-03-01;12\n",
      { code: "shop.unknownColumn", fix: "separate the cells with commas" },
    ],
    ["a column twice", "date,revenue,revenue\n", { code: "shop.repeatedColumn", path: "revenue" }],
    [
      "no revenue column",
      "date,orders\n",
      { code: "shop.missingColumn", path: "revenue", fix: 'add the column "revenue"' },
    ],
    [
      "a column called like a part of every object",
      "date,revenue,constructor\n",
      { code: "shop.unknownColumn" },
    ],
    ["an empty file", "", { code: "shop.empty", line: null }],
    ["an open quotation mark", 'date,revenue\n"2026-03-01,12\n', { code: "shop.notCsv" }],
  ])("refuses %s", async (_, text, problem) => {
    expect(await problemsOf(text)).toMatchObject([{ file: FILE, ...problem }]);
  });

  it("names both lines of a day that stands there twice", async () => {
    expect(await problemsOf("date,revenue\n2026-03-01,1\n2026-03-02,2\n2026-03-01,3\n")).toMatchObject([
      {
        code: "shop.duplicateDay",
        line: 4,
        path: "date",
        allowed: "each day once; it already stands in line 2",
      },
    ]);
  });

  it("names all problems at once, but not without end", async () => {
    const rows = Array.from({ length: 60 }, () => "2026-03-01,x,-1").join("\n");
    expect(await problemsOf("date,revenue,orders\n2026-02-30,x,-1\n")).toHaveLength(3);
    expect(await problemsOf(`date,revenue,orders\n${rows}\n`)).toHaveLength(50);
  });

  it("refuses a file with more days than thirty years have", async () => {
    const rows = Array.from({ length: 11_001 }, () => "2026-03-01,1").join("\n");
    expect(await problemsOf(`date,revenue\n${rows}\n`)).toMatchObject([
      { code: "shop.tooManyRows", found: "11001 rows" },
    ]);
  });

  it.each([
    ["files.missing", "shop.missingFile", "no such file"],
    ["files.other", "shop.unreadableFile", "it is a folder"],
  ] as const)("turns %s into a problem of the shop", async (fileCode, code, found) => {
    const readText = async () => {
      throw new FileError(fileCode, FILE, "it is a folder");
    };
    const failure = createCsvShop({ readText, file: FILE }).fetchDays("2026-03-01", "2026-03-02");
    await expect(failure).rejects.toMatchObject({
      name: "ShopError",
      problems: [{ code, file: FILE, line: null, found }],
    });
  });

  it("lets a fault that is no file's pass unchanged", async () => {
    const readText = async () => {
      throw new TypeError("a fault");
    };
    await expect(
      createCsvShop({ readText, file: FILE }).fetchDays("2026-03-01", "2026-03-02"),
    ).rejects.toThrow(TypeError);
  });

  it("never fails on any text but with problems that say where and what", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        for (const problem of await problemsOf(`date,revenue\n2026-03-01,x${text}`)) {
          expect(problem).toMatchObject({ file: FILE, code: expect.stringMatching(/^shop\./) });
        }
      }),
      { numRuns: 50 },
    );
  });
});
