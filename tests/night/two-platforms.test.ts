import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { directionOf } from "../../lib/domain/change.ts";
import type { Plan, PlannedChange } from "../../lib/domain/plan.ts";
import { rederivePlans } from "../../lib/loop/rederive.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { platformLoader } from "../../lib/runtime/platforms.ts";
import type { Workspace } from "../../lib/runtime/workspace.ts";
import type { LedgerEntry } from "../../lib/sandbox/model.ts";
import { approve } from "../support/answers.ts";
import {
  aNight,
  aPlannedHome,
  aPlannedWorkspace,
  aWorkspace,
  BRAND,
  closeWorkspaces,
  openHome,
  removeHomes,
  type SandboxWorkspace,
} from "../support/home.ts";

const GOOGLE = "google/2000000002";
const SEARCHES = "/customers/2000000002/googleAds:searchStream/*";
const HOUR_MS = 3_600_000;
/** Meta's history names people, Google's their addresses. */
const BY: Readonly<Record<string, string>> = {
  meta: "Ines Caron",
  google: "ines.caron@atelier-lune.example",
};

function raisesOf(plan: Plan | null, outcome: string): PlannedChange[] {
  const changes = plan?.changes ?? [];
  return changes.filter((change) => change.outcome === outcome && directionOf(change.edit) === "raise");
}

function platformsOf(changes: readonly PlannedChange[]): string[] {
  return [...new Set(changes.map(({ target }) => target.platform))].sort();
}

async function approved({ ports, config }: Workspace, changeId: string) {
  await approve(ports, BRAND, changeId);
  return (await runBrand(ports, config, null)).state.intents[changeId];
}

async function applied({ sandbox }: Workspace): Promise<LedgerEntry[]> {
  return ((await sandbox?.client.ledger()) ?? []).filter((entry) => entry.applied);
}

/** The Google account cannot be read all night: every try and retry of its queries fails. */
async function googleDown({ world }: SandboxWorkspace): Promise<void> {
  for (let tries = 0; tries < 12; tries += 1)
    await world.fault({ method: "POST", path: SEARCHES, fault: { kind: "permissionDenied" } });
}

describe("one night over two platforms", () => {
  let workspace: Workspace;
  let plan: Plan;

  beforeAll(async () => {
    workspace = await openHome(await aPlannedHome());
    const night = await aNight(workspace);
    if (night.plan === null) throw new Error("the night was not planned");
    plan = night.plan;
  });

  afterAll(async () => {
    await workspace.close();
    removeHomes();
  });

  it("reads both accounts into one MER, and every share of spend makes 100", () => {
    expect(plan.sources.map(({ account, countedOn }) => `${account} ${countedOn}`)).toEqual([
      "meta/1001 conversion",
      `${GOOGLE} click`,
    ]);
    expect(plan.brandLine.merBand).toBe("healthy");
    const shares = plan.brandLine.stages.map(({ sharePercent }) => Number(sharePercent.value));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 4);
  });

  it("claims more conversion value on both platforms together than the shop earned", () => {
    const { revenue, claimedValue } = plan.brandLine;
    expect(Number(revenue.value)).toBeGreaterThan(0);
    expect(Number(claimedValue.value)).toBeGreaterThan(1.2 * Number(revenue.value));
  });

  it("raises one holder on each platform by one rule, each written once and read back", async () => {
    const raises = raisesOf(plan, "proposed").filter(({ ruleId }) => ruleId === "raise-proven");
    expect(platformsOf(raises)).toEqual(["google", "meta"]);
    const chosen = ["meta", "google"].flatMap(
      (platform) => raises.findLast(({ target }) => target.platform === platform) ?? [],
    );
    for (const { id } of chosen) expect((await approved(workspace, id))?.status).toBe("confirmed");
    const cents = (micros: bigint) => Number(micros / 10_000n);
    expect(await applied(workspace)).toMatchObject(
      chosen.map(({ target, edit }) => ({
        platform: target.platform,
        actor: "api",
        from: edit.kind === "dailyBudget" ? cents(edit.fromMicros) : null,
        to: edit.kind === "dailyBudget" ? cents(edit.toMicros) : null,
      })),
    );
    expect(await workspace.ports.log.verify(BRAND)).toMatchObject({ ok: true });
    expect(await rederivePlans(workspace.ports, BRAND)).toMatchObject([{ result: "same" }]);
  });

  it("does not take its own changes for those of others on the next night", async () => {
    await workspace.sandbox?.client.advance({ to: "nextNight" });
    const next = await aNight(workspace);
    expect(next.plan?.foreignEdits).toEqual([]);
    const blocked = (next.plan?.changes ?? []).flatMap(({ notes }) =>
      notes.map(({ guardrail }) => guardrail),
    );
    expect(blocked).not.toContain("foreignEdit");
    expect(blocked).not.toContain("historyUnknown");
  });
});

describe("a platform that cannot be read", () => {
  afterEach(closeWorkspaces);

  it("leaves the other's pauses alone, raises nothing anywhere and says what is unknown", async () => {
    const workspace = await aWorkspace();
    await workspace.world.advance({ ms: 2 * HOUR_MS });
    await googleDown(workspace);
    const { plan } = await aNight(workspace);
    expect(plan?.missing.map(({ key }) => key)).toEqual(["missing.account", "loop.accountFailed"]);
    expect(plan?.missing.map(({ values }) => values.account?.value)).toEqual([GOOGLE, GOOGLE]);
    expect(plan?.brandLine).toMatchObject({ mer: { value: null }, merBand: "unknown" });
    expect(raisesOf(plan, "proposed")).toEqual([]);
    const pauses = plan?.changes.filter(({ edit }) => directionOf(edit) === "pause") ?? [];
    expect(pauses.map(({ outcome }) => outcome)).toContain("proposed");
  });

  it("leaves the other's pauses alone, too, where its credentials are not there", async () => {
    const workspace = await aWorkspace();
    await workspace.world.advance({ ms: 2 * HOUR_MS });
    const without = platformLoader({}, null);
    const { run, plan } = await aNight({
      ...workspace,
      ports: {
        ...workspace.ports,
        platform: async (id) => await (id === "google" ? without(id) : workspace.ports.platform(id)),
      },
    });
    expect(run.failed[0]?.error).toMatchObject({ code: "credentials.missing" });
    expect(JSON.stringify(plan?.missing)).toContain("set PALIER_GOOGLE_DEVELOPER_TOKEN to");
    expect(raisesOf(plan, "proposed")).toEqual([]);
    expect(plan?.changes.map(({ outcome, edit }) => `${outcome} ${directionOf(edit)}`)).toContain(
      "proposed pause",
    );
  });

  it("is asked again by the next run of the night, and then the night is whole", async () => {
    const workspace = await aWorkspace();
    const quota = { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 3600 } as const;
    await workspace.world.fault({ method: "POST", path: SEARCHES, fault: quota });
    const first = await aNight(workspace);
    expect(first.plan).toBeNull();
    expect(first.run.failed[0]?.error).toMatchObject({ details: { kind: "throttled", platform: "google" } });
    const second = await aNight(workspace);
    expect(second.plan?.missing).toEqual([]);
    expect(platformsOf(raisesOf(second.plan, "proposed"))).toEqual(["google", "meta"]);
  });
});

describe("an approved change that Google has no quota for", () => {
  afterEach(closeWorkspaces);

  it("is not given up: it waits for the next run, and is then made once", async () => {
    const workspace = await aPlannedWorkspace();
    const { plan } = await aNight(workspace);
    const raise = raisesOf(plan, "proposed").find(({ target }) => target.platform === "google");
    const path = "/CampaignBudgetService/MutateCampaignBudgets";
    const quota = { kind: "quota", code: "RESOURCE_EXHAUSTED", retryAfterSeconds: 600 } as const;
    await workspace.world.fault({ method: "GRPC", path, fault: quota });
    const waiting = await approved(workspace, raise?.id ?? "");
    expect(waiting).toMatchObject({ status: "intended", sends: 0 });
    expect(await applied(workspace)).toEqual([]);
    const { state } = await runBrand(workspace.ports, workspace.config, null);
    expect(state.intents[raise?.id ?? ""]).toMatchObject({ status: "confirmed", sends: 1 });
    expect(await applied(workspace)).toHaveLength(1);
  });
});

describe("a budget that somebody else changed", () => {
  afterEach(closeWorkspaces);

  it("is left alone for 72 hours on either platform, with who and when, and is free again after", async () => {
    const workspace = await aPlannedWorkspace();
    const { plan: untouched } = await aNight(workspace);
    const wanted = raisesOf(untouched, "proposed");
    const targets = ["meta", "google"].map((platform) =>
      wanted.find(({ target, edit }) => target.platform === platform && edit.kind === "dailyBudget"),
    );
    const state = await workspace.world.state();
    const budgetOf = new Map(state.google.campaigns.map(({ id, budgetId }) => [id, budgetId]));
    for (const change of targets) {
      if (change?.edit.kind !== "dailyBudget") throw new Error("no raise on one of the platforms");
      const { platform, id } = change.target;
      const cents = Number(change.edit.fromMicros / 10_000n) + 500;
      await workspace.world.edit({
        entityId: platform === "google" ? (budgetOf.get(id) ?? id) : id,
        edit: { field: "daily_budget", cents },
        by: BY[platform] ?? "",
      });
    }
    const keys = targets.map((change) => change?.holderKey ?? "");
    for (const _night of [1, 2]) {
      await workspace.world.advance({ to: "nextNight" });
      const { plan } = await aNight(workspace);
      expect(plan?.foreignEdits.map(({ subject, by }) => `${subject.key} ${by}`).toSorted()).toEqual(
        [`${keys[0]} ${BY.meta}`, `${keys[1]} ${BY.google}`].toSorted(),
      );
      const moved = plan?.changes.filter(
        ({ holderKey, outcome }) => keys.includes(holderKey) && outcome !== "blocked",
      );
      expect(moved).toEqual([]);
    }
    await workspace.world.advance({ to: "nextNight" });
    const { plan } = await aNight(workspace);
    expect(plan?.foreignEdits).toEqual([]);
  });
});
