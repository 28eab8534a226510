/** What is wrong with a dataset, collected over all of its files. */
import { shorten } from "../domain/json-file.ts";
import type { ConfigProblem } from "../domain/problem.ts";

/** More would only repeat the same mistake. */
export const MAX_PROBLEMS = 50;

export interface Complaints {
  /** Those after the first 50 are dropped. */
  add(...problems: readonly ConfigProblem[]): void;
  /** In the order found. */
  problems(): readonly ConfigProblem[];
}

export function complaints(): Complaints {
  const found: ConfigProblem[] = [];
  return {
    add: (...problems) => void found.push(...problems.slice(0, MAX_PROBLEMS - found.length)),
    problems: () => found,
  };
}

export function shown(text: string): string {
  return text === "" ? "nothing" : shorten(text);
}
