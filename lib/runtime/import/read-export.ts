/** An export as figures to compare, with nothing imported. */
import { createComplaints, fileProblem } from "../../imports/complaints.ts";
import type { ExportedRow } from "../../imports/exported.ts";
import { indexIn } from "../../imports/header.ts";
import type { ImportColumn, ImportKind } from "../../imports/kind.ts";
import { KINDS } from "../../imports/kinds/index.ts";
import { utf8Pieces } from "./bytes.ts";
import type { ImportSettings } from "./index.ts";
import { eachRow, openFile } from "./read-file.ts";

/** `counted` is the conversion that Palier counts on a platform. @throws ConfigError when the file is no export, has nothing to compare, or rows that cannot be read */
export async function readExport(
  path: string,
  settings: ImportSettings,
  counted: (platform: string) => string | null,
): Promise<{ kind: ImportKind; rows: ExportedRow[] }> {
  const { signal } = new AbortController();
  const opened = await openFile(path, KINDS, settings, signal);
  const { kind, table, header, headerLine, preamble } = opened.layout;
  if (table.exported === undefined) throw nothingToCompare(path, kind);
  const complaints = createComplaints();
  const file = {
    ...{ name: path, header, headerLine, preamble, ...opened.written, options: settings },
    indexOf: (column: ImportColumn) => indexIn(header, column),
  };
  const read = table.exported(file, counted);
  const rows: ExportedRow[] = [];
  await eachRow(
    opened,
    utf8Pieces(opened, signal, () => {}),
    complaints,
    (cells, _line, complain) => {
      const row = cells === null ? null : read(cells, complain);
      if (row !== null) rows.push(row);
    },
  );
  complaints.settle();
  if (rows.length === 0) throw nothingToCompare(path, kind);
  return { kind, rows };
}

function nothingToCompare(path: string, kind: ImportKind) {
  const comparable = KINDS.filter(({ tables }) => tables.some(({ exported }) => exported !== undefined));
  return fileProblem(path, {
    ...{ code: "import.nothingToCompare", path: "", found: `${kind.label} without figures to compare` },
    allowed: comparable.map(({ id }) => id).join(", "),
    fix: "export the report of campaigns, ad groups or ads by day, without breakdowns",
  });
}
