/** One import at a time into a folder. The system takes the lock away from a process that dies. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileProblem } from "../../imports/complaints.ts";

const LOCK_FILE = ".import-lock";

/** Gives the folder back. @throws ConfigError while another process has it */
export function lockFolder(folder: string): () => void {
  const path = join(folder, LOCK_FILE);
  const database = new DatabaseSync(path);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!(error instanceof Error) || !error.message.includes("locked")) throw error;
    throw fileProblem(folder, {
      ...{ code: "import.running", path: "", found: "another import into this folder that is still running" },
      ...{ allowed: "one import at a time", fix: "wait until it has ended" },
    });
  }
  return () => {
    rmSync(path, { force: true });
    database.close();
  };
}
