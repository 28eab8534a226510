import { describe, expect, it } from "vitest";
import { type Kind, marked, offered, told } from "../support/editor.ts";

const comparison = (params: string): string =>
  `{ "conditions": { "all": [ { "fact": "roas", "params": { ${params} }, "operator": "lessThan", "value": 3 } ] } }`;

describe("rules/schema in an editor, keys that limit and compare", () => {
  it.each<[string, Kind, string, string[]]>([
    ["whose figure", "rule", comparison('"window": "7d", "of": ▮'), ["campaign", "siblings", "brand"]],
    ["steps of a rollout", "rule", '{ "rollout": { ▮ } }', ["shadow", "propose"]],
    ["counts", "rule", '{ "atMost": { ▮ } }', ["perDay", "perWeek", "perLife"]],
    ["what a mute says", "rule", '{ "mutes": { ▮ } }', ["rules", "for"]],
    ["what no data means", "rule", '{ "onNoData": ▮ }', ["skip", "notify", "hold"]],
    [
      "when a rule is looked at",
      "rule",
      '{ "schedule": { ▮ } }',
      ["at", "every", "from", "to", "days", "zone"],
    ],
    ["keys of a pack", "pack", "{ ▮ }", ["extends", "off", "modes", "layers"]],
    ["a group of a pack", "pack", '{ "layers": [ { ▮ } ] }', ["firstMatch"]],
  ])("offers %s", async (_, kind, text, words) => {
    expect([...(await offered(kind, text)).keys()]).toEqual(expect.arrayContaining(words));
  });

  it.each<[Kind, string, string]>([
    ["rule", comparison('"window": "7d", "daysIn▮ARow": 3'), "on each of so many days"],
    ["rule", '{ "nightsIn▮ARow": 3 }', "The whole rule must match on so many nights"],
    ["rule", '{ "mu▮tes": { "rules": ["a"], "for": "28d" } }', "these rules leave that entity alone"],
    ["rule", '{ "atMost": { "per▮Life": 5 } }', "Ever."],
    ["pack", '{ "lay▮ers": ["a"] }', "of a firstMatch group the first that matches takes the entity"],
  ])("explains in a %s file: %s", async (kind, text, said) => {
    expect(await told(kind, text)).toContain(said);
  });

  it("marks a count that is none, and a step that does not exist", async () => {
    const wrong = await marked("rule", '{ "nightsInARow": 1, "rollout": { "apply": "7d" } }');
    expect(wrong.map(([place]) => place)).toEqual(expect.arrayContaining(["1", '"apply"']));
  });
});
