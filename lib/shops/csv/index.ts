/** A shop whose figures stand in a CSV file: one row a day, or for several days from its date on; amounts in major units of the brand's currency. */
import { basename } from "node:path";
import { addDays } from "../../domain/day.ts";
import { FileError } from "../../domain/files.ts";
import { ShopError } from "../errors.ts";
import type { Shop } from "../port.ts";
import { parseRevenue } from "./parse.ts";

export interface CsvShopOptions {
  /** @throws FileError */
  readText(path: string): Promise<string>;
  file: string;
}

/** The file is read anew at each call and checked whole, days outside the asked range included. */
export function createCsvShop({ readText, file }: CsvShopOptions): Shop {
  return {
    async fetchDays(from, to) {
      const parsed = parseRevenue(await textOf(readText, file), file);
      if (parsed.kind === "problems") throw new ShopError(parsed.problems);
      const days = parsed.days.filter(
        ({ day, days: covered = 1 }) => addDays(day, covered - 1) >= from && day <= to,
      );
      // The folder differs between machines, and a snapshot's hash must not.
      return { source: `csv ${basename(file)}`, days };
    },
  };
}

async function textOf(readText: CsvShopOptions["readText"], file: string): Promise<string> {
  try {
    return await readText(file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const isMissing = error.code === "files.missing";
    throw new ShopError([
      {
        code: isMissing ? "shop.missingFile" : "shop.unreadableFile",
        file,
        line: null,
        path: "",
        found: isMissing ? "no such file" : error.message,
        allowed: "a CSV file with the shop's revenue per day",
        fix: isMissing
          ? "put the file there, or correct shop.file in the brand file"
          : "make the file readable",
      },
    ]);
  }
}
