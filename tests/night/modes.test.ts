import { afterEach, describe, expect, it } from "vitest";
import { directionOf } from "../../lib/domain/change.ts";
import { runBrand } from "../../lib/loop/run.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import { approve, reject } from "../support/answers.ts";
import { aHome, aNight, aPlannedHome, BRAND, effects, openHome, removeHomes } from "../support/home.ts";
import { BRAND_FILE, RAISE_FILE, rulesWith } from "../support/rules-folder.ts";

const open: Workspace[] = [];

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.close();
  removeHomes();
});

async function opened(home: string, rulesFolder = "rules"): Promise<Workspace> {
  const workspace = await openHome(home, { rulesFolder });
  open.push(workspace);
  return workspace;
}

const APPLY = [
  [BRAND_FILE, '"mode": "propose"', '"mode": "apply"'],
  [RAISE_FILE, '"mode": "propose"', '"mode": "apply"'],
  // Nothing posts here, and without a notice that arrived nothing is applied.
  [BRAND_FILE, '"channel"', '"noticeBeforeApply": false, "channel"'],
] as const;

describe("the modes of a night", () => {
  it("applies by itself what brand and rule both allow, in steps of at most 10 %", async () => {
    const workspace = await opened(await aHome(), rulesWith(...APPLY));
    const { plan, run } = await aNight(workspace);
    const auto = plan?.changes.filter(({ outcome }) => outcome === "auto") ?? [];
    expect(auto.length).toBeGreaterThan(0);
    for (const { edit, notes } of auto) {
      if (edit.kind !== "dailyBudget") throw new Error("only raises are set to apply");
      expect(edit.toMicros * 10n).toBeLessThanOrEqual(edit.fromMicros * 11n);
      expect(notes.map(({ guardrail }) => guardrail)).toContain("step");
    }
    expect(auto.map(({ id }) => run.state.intents[id])).toEqual(
      auto.map(() => expect.objectContaining({ status: "confirmed", allowedBy: "mode:apply" })),
    );
    if (workspace.sandbox === null) throw new Error("no sandbox");
    expect(await effects(workspace.sandbox)).toHaveLength(auto.length);
    expect((await aNight(workspace)).run.steps).toEqual([]);
  });

  it("only proposes outside the night window, whatever may be applied", async () => {
    const workspace = await opened(await aHome(), rulesWith(...APPLY));
    await workspace.sandbox?.client.advance({ ms: 6 * 3_600_000 });
    const { plan } = await aNight(workspace);
    expect(plan?.changes.filter(({ outcome }) => outcome === "auto")).toEqual([]);
    const raises = plan?.changes.filter(
      ({ edit, outcome }) => directionOf(edit) === "raise" && outcome === "proposed",
    );
    expect(raises?.length).toBeGreaterThan(0);
  });

  it("shows what it would have done in shadow, and asks nobody", async () => {
    const rules = rulesWith([BRAND_FILE, '"mode": "propose"', '"mode": "shadow"']);
    const { plan, run } = await aNight(await opened(await aHome(), rules));
    expect(plan?.changes.some(({ outcome }) => outcome === "shadow")).toBe(true);
    expect(run.state.proposals).toEqual({});
    expect(run.state.intents).toEqual({});
  });

  it("refuses a plan that touches too much, whole", async () => {
    const rules = rulesWith([
      BRAND_FILE,
      '"limits": {',
      '"limits": { "blastRadiusPercent": 5, "blastRadiusHolders": 1,',
    ]);
    const { plan, run } = await aNight(await opened(await aHome(), rules));
    expect(plan?.refused?.key).toBe("refused.blastRadius");
    expect(plan?.changes.filter(({ outcome }) => outcome !== "blocked")).toEqual([]);
    expect(run.state.proposals).toEqual({});
  });
});

describe("two processes on one brand", () => {
  it("make one plan between them", async () => {
    const home = await aHome();
    const both = [await opened(home), await opened(home)];
    const nights = await Promise.all(both.map((workspace) => aNight(workspace)));
    expect(nights[0]?.plan).toEqual(nights[1]?.plan);
    const [first] = both;
    const entries = (await first?.ports.log.entries(BRAND)) ?? [];
    const types = entries.flatMap(({ events }) => events.map(({ type }) => type));
    expect(types.filter((type) => type === "planned")).toHaveLength(1);
    expect(await first?.ports.log.verify(BRAND)).toMatchObject({ ok: true });
  });

  it("turn two clicks on one proposal into one change", async () => {
    const home = await aPlannedHome();
    const [first, second] = [await opened(home), await opened(home)];
    const { plan } = await aNight(first);
    const changeId = plan?.changes.find(({ outcome }) => outcome === "proposed")?.id ?? "";
    const outcomes = await Promise.all(
      [first, second].map(async ({ ports, config }, index) => {
        const by = index === 0 ? "lea" : "tom";
        const outcome = await approve(ports, BRAND, changeId, by);
        await runBrand(ports, config, null);
        return outcome.kind;
      }),
    );
    expect(outcomes.toSorted()).toEqual(["recorded", "stood"]);
    if (first.sandbox === null) throw new Error("no sandbox");
    expect(await effects(first.sandbox)).toHaveLength(1);
    expect(await second.ports.log.verify(BRAND)).toMatchObject({ ok: true });
  });

  it("let exactly one of an approval and a rejection stand", async () => {
    const home = await aPlannedHome();
    const [first, second] = [await opened(home), await opened(home)];
    const { plan } = await aNight(first);
    const changeId = plan?.changes.find(({ outcome }) => outcome === "proposed")?.id ?? "";
    const kinds = await Promise.all([
      approve(first.ports, BRAND, changeId, "lea"),
      reject(second.ports, BRAND, changeId, "tom"),
    ]);
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(["recorded", "refused"]);
  });
});
