/** What must hold among partitions, the wanted shares of their members, and events. */
import type { ConfigProblem } from "../domain/problem.ts";
import { type Reporter, unknownWord } from "../domain/shape.ts";
import type { BrandFile } from "./schema.ts";

const STAGE = "stage";

/** Any name makes a partition, so `stages` would leave every rule without its stage and nobody told. */
export function checkPartitions({ groups, bands }: BrandFile, report: Reporter): ConfigProblem[] {
  const isSlip = (name: string) => name !== STAGE && name.toLowerCase().replace(/s$/, "") === STAGE;
  const slips = Object.entries({ groups, bands }).flatMap(([key, table]) =>
    Object.keys(table)
      .filter(isSlip)
      .map((name) =>
        report([key, name], {
          code: "alikeName",
          found: name,
          allowed: STAGE,
          fix: `did you mean "${STAGE}"?`,
        }),
      ),
  );
  return slips;
}

export function checkBands({ groups, bands }: BrandFile, report: Reporter): ConfigProblem[] {
  return Object.entries(bands).flatMap(([group, wanted]) => {
    const members = Object.keys(groups[group] ?? {});
    if (groups[group] === undefined) {
      return [report(["bands", group], unknownWord("unknownGroup", group, Object.keys(groups)))];
    }
    return checkShares(group, Object.entries(wanted), members, report);
  });
}

function checkShares(
  group: string,
  wanted: readonly (readonly [member: string, band: readonly [number, number]])[],
  members: readonly string[],
  report: Reporter,
): ConfigProblem[] {
  const unknown = group === STAGE ? "unknownStage" : "unknownMember";
  const problems = wanted.flatMap(([member, [low, high]]) => {
    const path = ["bands", group, member];
    if (!members.includes(member)) return [report(path, unknownWord(unknown, member, members))];
    if (high > 0 && high < 1) {
      const fix = `write percent as 0 to 100: [${percentOf(low)}, ${percentOf(high)}]`;
      return [report(path, { code: "outOfRange", allowed: "percent, 0 to 100", fix })];
    }
    if (low <= high) return [];
    return [
      report(path, { code: "outOfRange", allowed: "the lower end first", fix: `write [${high}, ${low}]` }),
    ];
  });
  const least = wanted.reduce((sum, [, [low]]) => sum + low, 0);
  if (least <= 100) return problems;
  const fix = "lower the lower ends until they fit into 100 together";
  return [
    ...problems,
    report(["bands", group], {
      code: "outOfRange",
      found: `${least} % at least`,
      allowed: "lower ends of at most 100 together",
      fix,
    }),
  ];
}

/** Of a share written as 0 to 1, without the dust of a binary fraction: 0.07 is 7. */
function percentOf(share: number): number {
  return Number((share * 100).toFixed(6));
}

/** Two occurrences on one day would leave open which of them a window means. */
export function checkCalendar({ calendar }: BrandFile, report: Reporter): ConfigProblem[] {
  return Object.entries(calendar).flatMap(([event, occurrences]) =>
    occurrences.flatMap(({ from, to }, index) => {
      const path = ["calendar", event, index];
      if (to < from) {
        const fix = `write { "from": "${to}", "to": "${from}" }`;
        return [
          report(path, {
            code: "outOfRange",
            found: `${from} to ${to}`,
            allowed: "the first day first",
            fix,
          }),
        ];
      }
      const other = occurrences.slice(0, index).find((one) => one.from <= to && from <= one.to);
      if (other === undefined) return [];
      const complaint = {
        code: "overlap",
        found: `${from} to ${to}`,
        allowed: "occurrences that share no day",
        fix: `${other.from} to ${other.to} is on some of these days already: keep one, or name two events`,
      };
      return [report(path, complaint)];
    }),
  );
}
