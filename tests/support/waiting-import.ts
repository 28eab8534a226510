/** Loaded before the command: the first row that any kind reads is told, and waited with until something is written to this process. */
import { readSync, writeSync } from "node:fs";
import type { ImportTable } from "../../lib/imports/kind.ts";
import { KINDS } from "../../lib/imports/kinds/index.ts";

const MS_BETWEEN_LOOKS = 5;

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
          waitForInput();
        }
        hasWaited = true;
        reader.row(cells, complain);
      },
    };
  };
}

/** Nothing else runs meanwhile. Standard input may be one that answers at once that there is nothing yet. */
function waitForInput(): void {
  const clock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (;;) {
    try {
      readSync(0, Buffer.alloc(1));
      return;
    } catch (error) {
      if (!(error instanceof Error) || !("code" in error) || error.code !== "EAGAIN") throw error;
      Atomics.wait(clock, 0, 0, MS_BETWEEN_LOOKS);
    }
  }
}
