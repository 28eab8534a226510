/** What is wrong with a file that a person wrote: all problems at once, each with where, what and how to mend it. */
export interface ConfigProblem {
  /** Stable, such as `rule.unknownKey`. */
  code: string;
  file: string;
  /** 1-based; null where the file could not be read at all. */
  line: number | null;
  /** Path inside the file, such as `conditions.all[2].fact`; empty for the file itself. */
  path: string;
  /** What stands there, shortened. */
  found: string;
  /** What may stand there. */
  allowed: string;
  fix: string;
}

export class ConfigError extends Error {
  override name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => `${problem.file}: ${problem.path}: ${problem.fix}`).join("\n"));
    this.problems = problems;
  }
}
