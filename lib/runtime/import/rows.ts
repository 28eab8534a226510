/** A file's rows as they are found, none of them kept. */
import { CsvFault, readCsv } from "../../domain/csv.ts";
import { ConfigError } from "../../domain/problem.ts";
import type { Layout } from "../../imports/layout.ts";

/** The rows below the header. `onRow` answers true when it has seen enough. Lines count from the first one of the file. */
export async function readRows(
  file: string,
  pieces: AsyncIterable<Buffer>,
  { delimiter, headerLine }: Pick<Layout, "delimiter" | "headerLine">,
  onRow: (cells: string[], line: number) => boolean,
): Promise<void> {
  try {
    await readCsv(pieces, {
      delimiter,
      onRow(cells, line) {
        if (line <= headerLine) return false;
        for (let index = 0; index < cells.length; index += 1) cells[index] = (cells[index] as string).trim();
        return onRow(cells, line);
      },
    });
  } catch (error) {
    if (error instanceof CsvFault) throw notCsv(file, error);
    throw error;
  }
}

function notCsv(file: string, { message, line }: CsvFault): ConfigError {
  return new ConfigError([
    {
      ...{ code: "import.notCsv", file, line, path: "", found: message },
      allowed: "cells with quotation marks around all of a cell, or none",
      fix: "export the file again: this line is damaged, or a quotation mark in it was never closed",
    },
  ]);
}
