import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { actions } from "../../lib/planner/actions/index.ts";
import { guardrails } from "../../lib/planner/guardrails/index.ts";
import { plannerMessageFigures, plannerMessageKeys } from "../../lib/planner/message-figures.ts";

const readme = readFileSync("lib/planner/README.md", "utf8");

describe("lib/planner/messages", () => {
  it("lists every key with its figures in the folder's README", () => {
    const rows = plannerMessageKeys.map((key) => {
      const figures = Object.entries(plannerMessageFigures[key] ?? {}).map(
        ([name, unit]) => `\`${name}\` ${unit}`,
      );
      return `| \`${key}\` | ${figures.length === 0 ? "none" : figures.join(", ")} |`;
    });
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
    const listed = [
      ...readme.matchAll(/^\| `((?:guardrail|refused|recheck|missing|silent|notActed)\.[\w.]+)` \|/gm),
    ].map((match) => match[1]);
    expect(listed.sort()).toEqual(plannerMessageKeys.toSorted());
  });

  it("lists every guardrail in its order, and every action, with what it is for", () => {
    const rows = [
      ...guardrails.map(
        ({ id, scope, atSend, doc }) => `| \`${id}\` | ${scope}${atSend ? ", at send" : ""} | ${doc} |`,
      ),
      ...Object.values(actions).map(({ type, doc }) => `| \`${type}\` | ${doc} |`),
    ];
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
    const order = [...readme.matchAll(/^\| `(\w+)` \| (?:rule|change|plan)\b/gm)].map((match) => match[1]);
    expect(order).toEqual(guardrails.map((guardrail) => guardrail.id));
  });

  it("names each guardrail once, and each action by its own type", () => {
    expect(new Set(guardrails.map((guardrail) => guardrail.id)).size).toBe(guardrails.length);
    expect(Object.entries(actions).filter(([type, action]) => action.type !== type)).toEqual([]);
  });
});
