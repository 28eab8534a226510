import { globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { loadRuleset, type RuleFile, readEveryRule } from "../../lib/rules/files/load.ts";
import { lintRules } from "../../lib/rules/lint/run.ts";
import type { Rule } from "../../lib/rules/types.ts";
import { roads } from "../support/roads.ts";
import { aBrand, ROUND_DAY } from "../support/snapshot.ts";

const PACKS = "rules/packs";

/** All packs, each of which may name rules of others or build on them. */
const files: RuleFile[] = globSync(`${PACKS}/*/*.json`)
  .filter((file) => !file.endsWith(".test.json"))
  .map((file) => ({ path: file, text: readFileSync(file, "utf8") }));

/** The pack as a brand loads it that has nothing but a floor for its cuts. */
function rulesOf(pack: string): readonly Rule[] {
  const { limits } = aBrand();
  const brand = aBrand({
    parameters: {},
    limits: { ...limits, dailyFloorMicros: 20_000_000n },
    packs: { [pack]: { off: [], modes: {}, parameters: {} } },
  });
  const result = loadRuleset(files, brand, ROUND_DAY);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.ruleset.rules;
}

describe("rules/packs", () => {
  const packs = readdirSync(PACKS);

  it.each(packs)("%s asks at most, is the media team's, and says where its numbers come from", (pack) => {
    for (const { file, mode } of rulesOf(pack)) {
      expect([file, mode]).not.toEqual([file, "apply"]);
      const { owner, source } = JSON.parse(files.find((one) => one.path === file)?.text ?? "{}");
      expect([file, owner, typeof source]).toEqual([file, "media team", "string"]);
    }
  });

  it.each(packs)("%s never raises brand search", (pack) => {
    for (const { id, appliesTo, action } of rulesOf(pack)) {
      if (action.type !== "raiseBudget" && action.type !== "setBudget") continue;
      // A rule of no stage would mean what no stage of the brand file fits, too, where brand search may hide.
      expect([id, appliesTo.stages?.length]).not.toEqual([id, undefined]);
      expect([id, appliesTo.stages]).toEqual([id, expect.not.arrayContaining(["brandSearch"])]);
    }
  });

  it("has no rule of one id in two packs that a brand may name together", () => {
    const extending = files.filter(({ text }) => Object.hasOwn(JSON.parse(text), "extends"));
    const bases = extending.map(({ path: file }) => path.basename(path.dirname(file)));
    const ids = packs
      .filter((pack) => !bases.includes(pack))
      .flatMap((pack) => rulesOf(pack).map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

describe("rules/packs of one brand", () => {
  it.each([[["scale"]], [["starter"]], [["roads", "scale", "fatigue", "funnel", "revive", "pacing"]]])(
    "have nothing that pulls one budget both ways, nor another warning: %j",
    (names) => {
      const { limits } = roads().brand;
      const { brand } = roads({
        limits: { ...limits, dailyFloorMicros: 20_000_000n },
      });
      const none = { off: [], modes: {}, parameters: {} };
      const packs = Object.fromEntries(names.map((name) => [name, none]));
      const loaded = readEveryRule(files, { ...brand, packs });
      if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
      const found = lintRules(loaded, { day: ROUND_DAY, latest: null });
      expect(found.filter(({ severity }) => severity !== "info")).toEqual([]);
    },
  );
});

describe("rules/packs/starter", () => {
  it("only watches what moves money or speaks, walks three rules up, and holds raises from the first night", () => {
    expect(rulesOf("starter").map(({ id, mode, rollout }) => [id, mode, rollout?.shadowNights ?? 0])).toEqual(
      [
        ["alarm-mer", "propose", 3],
        ["channel-dependency", "shadow", 0],
        ["few-new-ads", "shadow", 0],
        ["hold-after-event", "propose", 0],
        ["hold-loss-making-orders", "propose", 0],
        ["hold-under-floor", "propose", 0],
        ["ltv-to-cac-low", "shadow", 0],
        ["ltv-to-cac-room", "shadow", 0],
        ["month-by-day-20", "shadow", 0],
        ["pause-no-conversion", "propose", 7],
        ["raise-proven", "propose", 14],
        ["site-converts-worse", "shadow", 0],
        ["stage-outside-band", "shadow", 0],
      ],
    );
  });

  it("asks for the stop before the raise", () => {
    const layers = rulesOf("starter").flatMap(({ id, layer }) => (layer === null ? [] : [[id, layer.place]]));
    expect(layers).toEqual([
      ["pause-no-conversion", 0],
      ["raise-proven", 1],
    ]);
  });
});
