/** What must hold among the people of a brand file and the place where they are asked. */
import type { ConfigProblem } from "../domain/problem.ts";
import type { Reporter } from "../domain/shape.ts";
import type { BrandFile } from "./schema.ts";

export function checkDesk({ people, slack, limits }: BrandFile, report: Reporter): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const [index, person] of people.entries()) {
    for (const key of ["name", "slack"] as const) {
      const own = person[key];
      if (own === undefined || people.findIndex((other) => other[key] === own) === index) continue;
      // Two entries of one person would be the four eyes of one head.
      problems.push(
        report(["people", index, key], {
          code: "duplicatePerson",
          allowed: "each person once",
          fix: "remove one of the two",
        }),
      );
    }
  }
  if (slack !== undefined && !people.some((one) => one.slack !== undefined && one.role !== "viewer")) {
    problems.push(
      report(["people"], {
        code: "nobodyAnswers",
        allowed: "at least one approver or owner with a slack id, because the brand has slack",
        fix: 'add such as { "name": "lea", "slack": "U0123ABCD", "role": "owner" }',
      }),
    );
  }
  const heads = people.filter(({ role }) => role !== "viewer").length;
  if (limits.fourEyesAbove !== undefined && people.length > 0 && heads < 2) {
    problems.push(
      report(["limits", "fourEyesAbove"], {
        code: "oneHead",
        allowed: "a limit only where at least two people may approve",
        fix: "add a second approver or owner to people, or remove the limit",
      }),
    );
  }
  return problems;
}
