/** One import at a time into a folder. The system takes the lock away from a process that dies. */
import { rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileProblem } from "../../imports/complaints.ts";

const LOCK_FILE = ".import-lock";

/** Gives the folder back. @throws ConfigError while another process has it */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  for (;;) {
    const file = fileAt(path);
    const database = locked(path, folder);
    // Whoever had it before may have removed the file between these two steps: the lock of a file without a name keeps nobody out.
    if (file !== fileAt(path)) {
      database.close();
      continue;
    }
    return () => {
      rmSync(path, { force: true });
      database.close();
    };
  }
}

function locked(path: string, folder: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database.close();
    if (!(error instanceof Error) || !error.message.includes("locked")) throw error;
    throw fileProblem(folder, {
      ...{ code: "import.running", path: "", found: "another import into this folder that is still running" },
      ...{ allowed: "one import at a time", fix: "wait until it has ended" },
    });
  }
}

/** Which file has the name, made if none has. Not opened where there is one: closing it again would give up this process's locks. */
function fileAt(path: string): bigint {
  const there = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (there !== undefined) return there.ino;
  try {
    writeFileSync(path, "", { flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
  }
  return fileAt(path);
}
