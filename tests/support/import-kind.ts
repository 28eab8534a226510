/** A small kind of export for tests of the engine: what real kinds do, and nothing more. */

import { microsFromMajor } from "../../lib/domain/money.ts";
import { dayOf, plainNumber } from "../../lib/imports/cells.ts";
import type { Complain, ImportColumn, ImportKind, ImportTable } from "../../lib/imports/kind.ts";

const DAY: ImportColumn = { names: ["day", "jour"], required: true };
const CAMPAIGN: ImportColumn = { names: ["campaign"], required: true };
const SPEND: ImportColumn = { names: ["spend (*)", "spend"], required: true };
const CLICKS: ImportColumn = { names: ["clicks"], required: false };
const DEVICE: ImportColumn = { names: ["device"], required: true };
const DAYS: ImportColumn = { names: ["days"], required: false };

function table(id: string, rows: "once" | "sum", extra: Partial<ImportTable>): ImportTable {
  return {
    ...{ id, rows, columns: [DAY, CAMPAIGN, SPEND, CLICKS, DAYS] },
    ...extra,
    open({ mark, order, sink, header, options, indexOf }) {
      const at = Object.fromEntries(
        Object.entries({ DAY, CAMPAIGN, SPEND, CLICKS, DAYS }).map(([name, column]) => [
          name,
          indexOf(column),
        ]),
      );
      const currency = /\((\w+)\)/.exec(header[at.SPEND ?? -1] ?? "")?.[1];
      const ref = { platform: "meta", accountId: options.account ?? "1" };
      return {
        row(cells, complain) {
          const cell = (name: string) => cells[at[name] ?? -1] ?? "";
          const day = dayOf(cell("DAY"), order);
          const spend = plainNumber(cell("SPEND"), mark);
          if (day === null) return bad(complain, at.DAY ?? null, "a day");
          if (spend === null) return bad(complain, at.SPEND ?? null, "an amount");
          sink.account({ ...ref, ...(currency !== undefined && { currency, zone: "Europe/Paris" }) });
          const id = cell("CAMPAIGN");
          sink.entity({ ...ref, level: "campaign", id, name: `Campaign ${id}` }, day);
          sink.insight({
            ...{ ...ref, level: "campaign", entityId: id, day, spendMicros: microsFromMajor(spend) },
            ...{ impressions: null, conversions: null, conversionValueMicros: null },
            clicks: at.CLICKS === null ? null : Number(cell("CLICKS")),
            ...(cell("DAYS") !== "" && { days: Number(cell("DAYS")) }),
          });
        },
      };
    },
  };
}

function bad(complain: Complain, column: number | null, allowed: string): void {
  complain(column, { code: "test.badCell", allowed, fix: "correct the cell" });
}

export const TEST_KIND: ImportKind = {
  id: "test-report",
  label: "A report for tests",
  where: "Nowhere.",
  tables: [
    table("report", "once", { unlike: ["device"] }),
    table("by-device", "sum", { columns: [DAY, CAMPAIGN, SPEND, CLICKS, DAYS, DEVICE] }),
  ],
};
