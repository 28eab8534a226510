/** What is wrong with files, gathered until there is enough of it. */
import { ConfigError, type ConfigProblem } from "../domain/problem.ts";

/** More would only repeat the same mistake. */
const MAX_PROBLEMS = 50;
const MAX_SHOWN_CHARACTERS = 60;

export interface Place {
  file: string;
  /** Null for the file as a whole. */
  line: number | null;
}

export type Complaint = Omit<ConfigProblem, "file" | "line">;

export interface Complaints {
  /** @throws ConfigError with the fiftieth. */
  add(place: Place, complaint: Complaint): void;
  /** @throws ConfigError with all of them, if there are any. */
  settle(): void;
}

export function createComplaints(): Complaints {
  const problems: ConfigProblem[] = [];
  return {
    add({ file, line }, complaint) {
      problems.push({ file, line, ...complaint });
      if (problems.length >= MAX_PROBLEMS) throw new ConfigError(problems);
    },
    settle() {
      if (problems.length > 0) throw new ConfigError(problems);
    },
  };
}

export function shown(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `"${text.slice(0, MAX_SHOWN_CHARACTERS)}..."` : `"${text}"`;
}

/** "report.csv, line 4" */
export function placeText({ file, line }: Place): string {
  return line === null ? file : `${file}, line ${line}`;
}

export function fileProblem(file: string, complaint: Complaint): ConfigError {
  return new ConfigError([{ file, line: null, ...complaint }]);
}
