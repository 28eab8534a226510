/** A file's rows as they are found, none of them kept. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { ConfigError } from "../../domain/problem.ts";
import { shown } from "../../imports/complaints.ts";
import type { Layout } from "../../imports/layout.ts";

/** A quote that stays open would take the rest of the file for one cell. */
const MAX_ROW_CHARACTERS = 1_000_000;

class Enough extends Error {
  override name = "Enough";
}

/** The rows below the header. `onRow` answers true when it has seen enough. Lines count from the first one of the file. */
export async function readRows(
  file: string,
  pieces: AsyncIterable<Buffer>,
  { delimiter, headerLine }: Pick<Layout, "delimiter" | "headerLine">,
  onRow: (cells: string[], line: number) => boolean,
): Promise<void> {
  const parser = parse({
    ...{ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true },
    // Rows that are longer than the first cost an error each, even where that is allowed: titles above the header are short.
    from_line: headerLine + 1,
    max_record_size: MAX_ROW_CHARACTERS,
    on_record: (values: string[], { lines }) => {
      for (const [index, cell] of values.entries()) values[index] = cell.trim();
      if (onRow(values, lines)) throw new Enough();
      return null;
    },
  });
  try {
    await pipeline(Readable.from(pieces), parser.resume());
  } catch (error) {
    if (error instanceof CsvError) throw notCsv(file, error);
    if (!(error instanceof Enough)) throw error;
  }
}

function notCsv(file: string, error: CsvError): ConfigError {
  return new ConfigError([
    {
      code: "import.notCsv",
      file,
      line: typeof error.lines === "number" ? error.lines : null,
      path: "",
      found: shown(error.message),
      allowed: "cells with quotation marks around all of a cell, or none",
      fix: "export the file again: this line is damaged, or a quotation mark in it was never closed",
    },
  ]);
}
