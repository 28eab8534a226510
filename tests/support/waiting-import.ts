/** Loaded before the command: the first row that any kind reads is told, and waited with until something is written to this process. */
import { readSync, writeSync } from "node:fs";
import type { ImportTable } from "../../lib/imports/kind.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";

for (const table of KINDS.flatMap(({ tables }) => tables)) waitIn(table);

function waitIn(table: ImportTable): void {
  const open = table.open;
  table.open = (file) => {
    const reader = open(file);
    let hasWaited = false;
    return {
      ...reader,
      row(cells, complain) {
        if (!hasWaited) {
          writeSync(1, "reading\n");
          readSync(0, Buffer.alloc(1));
        }
        hasWaited = true;
        reader.row(cells, complain);
      },
    };
  };
}
