import { describe, expect, it } from "vitest";
import type { Brand } from "../../lib/domain/brand.ts";
import type { ConfigProblem } from "../../lib/domain/problem.ts";
import { loadRuleset, type RuleFile } from "../../lib/rules/files/load.ts";
import { aRuleFile, type Json, packFiles } from "../support/rule.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

function withPack(given: Partial<Brand["packs"][string]>): Brand {
  return aBrand({ packs: { roads: { off: [], modes: {}, parameters: {}, ...given } } });
}

function load(files: readonly RuleFile[], brand: Brand = aBrand()) {
  return loadRuleset(files, brand, ROUND_DAY);
}

describe("lib/rules/packs", () => {
  const few = { unit: "count", default: { value: 1, source: "x" }, values: [] } as const;
  const pack = (content: Json): RuleFile[] => [
    { path: "rules/packs/roads/pack.json", text: JSON.stringify(content) },
  ];
  const roads = { id: "roads", description: "x" };
  const cases: [string, RuleFile[], Brand, Partial<ConfigProblem>][] = [
    [
      "a pack that does not exist",
      packFiles(),
      aBrand({ packs: { raods: { off: [], modes: {}, parameters: {} } } }),
      { code: "brand.unknownPack", path: "packs.raods", fix: 'did you mean "roads"?' },
    ],
    [
      "a folder without pack.json",
      packFiles(aRuleFile()).slice(1),
      aBrand(),
      { code: "brand.noPackFile", path: "packs.roads" },
    ],
    [
      "a layer of a rule that does not exist",
      [...pack({ ...roads, layers: ["stopp"] }), ...packFiles(aRuleFile()).slice(1)],
      aBrand(),
      { code: "pack.unknownRule", path: "layers[0]", fix: 'did you mean "stop"?' },
    ],
    [
      "a rule in two layers",
      [
        ...pack({ ...roads, layers: [{ firstMatch: ["stop", "raise"] }, "raise"] }),
        ...packFiles(aRuleFile(), aRuleFile({ id: "raise" })).slice(1),
      ],
      aBrand(),
      { code: "pack.duplicateRule", path: "layers[1]", fix: 'keep one "raise" and remove the other' },
    ],
    [
      "a group of one",
      [...pack({ ...roads, layers: [{ firstMatch: ["stop"] }] }), ...packFiles(aRuleFile()).slice(1)],
      aBrand(),
      { code: "pack.outOfRange", path: "layers[0].firstMatch" },
    ],
    [
      "a pack that builds on one that does not exist",
      pack({ ...roads, extends: "base" }),
      aBrand(),
      { code: "pack.unknownPack", path: "extends", found: "base" },
    ],
    [
      "a pack that switches off rules of its own",
      [...pack({ ...roads, off: ["stop"] }), ...packFiles(aRuleFile()).slice(1)],
      aBrand(),
      { code: "pack.notAllowed", path: "off[0]" },
    ],
    [
      "an account stopped by a rule that does not exist",
      packFiles(aRuleFile()),
      aBrand({ accountStop: ["stopp"] }),
      { code: "brand.unknownRule", path: "accountStop[0]", fix: 'did you mean "stop"?' },
    ],
    [
      "a pack named unlike its folder",
      pack({ ...roads, id: "rails" }),
      aBrand(),
      { code: "pack.fileName", path: "id" },
    ],
    [
      "money in a pack",
      pack({ ...roads, parameters: { cap: { unit: "money", default: 3 } } }),
      aBrand(),
      { code: "pack.unknownWord", path: "parameters.cap.unit" },
    ],
    [
      "a parameter of brand and pack",
      pack({ ...roads, parameters: { targetCpa: { unit: "ratio", default: 3 } } }),
      aBrand(),
      { code: "pack.duplicateParameter" },
    ],
    [
      "switching off a rule that does not exist",
      packFiles(aRuleFile()),
      withPack({ off: ["stopp"] }),
      { code: "brand.unknownRule", path: "packs.roads.off[0]", found: "stopp", fix: 'did you mean "stop"?' },
    ],
    [
      "a mode for a rule that does not exist",
      packFiles(aRuleFile()),
      withPack({ modes: { go: "apply" } }),
      { code: "brand.unknownRule", path: "packs.roads.modes.go" },
    ],
    [
      "retuning what the pack does not have",
      packFiles(),
      withPack({ parameters: { few } }),
      {
        code: "brand.unknownParameter",
        path: "packs.roads.parameters.few",
        fix: 'remove it, or put it under the brand\'s own "parameters"',
      },
    ],
    [
      "a slip in a parameter that facts look for",
      packFiles(),
      aBrand({ parameters: { targetCPA: few } }),
      { code: "brand.alikeName", path: "parameters.targetCPA", fix: 'did you mean "targetCpa"?' },
    ],
    [
      "retuning in another unit",
      pack({ ...roads, parameters: { few: { unit: "ratio", default: 3 } } }),
      withPack({ parameters: { few } }),
      { code: "brand.unitMismatch", path: "packs.roads.parameters.few", fix: "write the unit ratio" },
    ],
    [
      "a parameter that takes a fact's name",
      packFiles(),
      aBrand({ parameters: { spend: few } }),
      { code: "brand.takenName", path: "parameters.spend" },
    ],
    [
      "a known parameter in another unit",
      packFiles(),
      aBrand({ parameters: { targetCpa: few } }),
      { code: "brand.unitMismatch", path: "parameters.targetCpa.unit", fix: "write the unit money" },
    ],
  ];
  it.each(cases)("refuses %s", (_, files, brand, problem) => {
    const result = load(files, brand);
    expect(result).toEqual({ ok: false, problems: [expect.objectContaining(problem)] });
  });

  it("refuses one rule id in two packs", () => {
    const packs = {
      roads: { off: [], modes: {}, parameters: {} },
      rails: { off: [], modes: {}, parameters: {} },
    };
    const rails = packFiles(aRuleFile()).map(({ path, text }) => ({
      path: path.replace("roads", "rails"),
      text: text.replace("roads", "rails"),
    }));
    expect(load([...packFiles(aRuleFile()), ...rails], aBrand({ packs }))).toMatchObject({
      ok: false,
      problems: [{ code: "rule.duplicateId", file: "rules/packs/roads/stop.json", found: "stop" }],
    });
  });
});
