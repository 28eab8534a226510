/** What a story is set in: a world, a mode, limits, and rules that find enough to do within a few nights. */
import type { ConfigSource } from "../../../lib/loop/ports.ts";
import { readSource } from "../../../lib/runtime/config.ts";
import { nodeFiles } from "../../../lib/runtime/files.ts";
import { BRAND } from "../home.ts";
import type { Draws } from "./draws.ts";

export interface Setup {
  worldSeed: number;
  mode: "propose" | "apply";
  /** Rules that match often and cool-downs of one night, so that limits bind; else the example's own. */
  eager: boolean;
  /** The eager rules remember: nights in a row, limits over days, mutes, holds that last, pauses that end. */
  remembering: boolean;
  stepPercentProposed: number;
  stepPercentApplied: number;
  nightlyRaisePercent: number;
  anchorMultiple: number;
  /** The embedded database in place of the one in memory. */
  embedded: boolean;
  desk: DeskSetup;
}

/** Who may do what at first, and within what. Money in major units, as in brand files. */
export interface DeskSetup {
  language: "en" | "fr";
  fourEyesAbove: number | null;
  approvalsPerHour: number;
  raiseLimit: number;
  dailyRaiseLimit: number;
  alertAnswerHours: number;
  restoreDays: number;
  noticeBeforeApply: boolean;
}

export const PLACE = { team: "T0ATELIER", app: "A0PALIER", channel: "C0BUDGETS" } as const;

/** The desk's people and somebody who is in the channel alone. */
export const MEMBERS = ["U0LEA", "U0TOM", "U0MARC", "U0INES", "U0NOBODY"] as const;

/** A person as a brand file names them. */
export interface FilePerson {
  name: string;
  slack: string;
  role: "viewer" | "approver" | "owner";
  raiseLimit?: number;
  dailyRaiseLimit?: number;
}

export function peopleOf({ raiseLimit, dailyRaiseLimit }: DeskSetup): FilePerson[] {
  return [
    { name: "lea", slack: "U0LEA", role: "owner" },
    { name: "tom", slack: "U0TOM", role: "approver", raiseLimit, dailyRaiseLimit },
    { name: "marc", slack: "U0MARC", role: "approver" },
    { name: "ines", slack: "U0INES", role: "viewer" },
  ];
}

export function drawSetup(
  draws: Draws,
  { embedded, remembering }: Pick<Setup, "embedded" | "remembering">,
): Setup {
  return {
    worldSeed: draws.whole(1, 5),
    mode: draws.pick(["propose", "apply"]),
    eager: draws.chance(0.8),
    remembering,
    stepPercentProposed: draws.pick([20, 12]),
    stepPercentApplied: draws.pick([10, 7]),
    nightlyRaisePercent: draws.pick([10, 2, 1]),
    anchorMultiple: draws.pick([1.5, 1.5, 1.2]),
    embedded,
    desk: {
      language: draws.pick(["en", "fr"]),
      fourEyesAbove: draws.pick([null, 5, 12]),
      approvalsPerHour: draws.pick([60, 60, 4]),
      raiseLimit: draws.pick([8, 25]),
      dailyRaiseLimit: draws.pick([15, 60]),
      alertAnswerHours: draws.pick([1, 3, 12]),
      restoreDays: draws.pick([7, 1]),
      noticeBeforeApply: draws.chance(0.6),
    },
  };
}

const EAGER_LIMITS = {
  cooldownNightsAfterRaiseProposed: 1,
  cooldownNightsAfterRaiseApplied: 1,
  settledPercent: 50,
  minConversionsProposed: 5,
  minConversionsApplied: 5,
  minCpaOkProbabilityProposed: 0.5,
  minCpaOkProbabilityApplied: 0.5,
  blastRadiusPercent: 60,
  blastRadiusHolders: 12,
};

const SPENT = {
  fact: "spend",
  params: { window: "14d" },
  operator: "greaterThanInclusive",
  value: { fact: "targetCpa", params: { times: 2 } },
};

/** Raises what is probably fine, cuts what is probably not, and looks again every night. */
const EAGER_RULES = {
  "raise-proven": {
    conditions: {
      all: [
        SPENT,
        { fact: "cpaOkProbability", params: { window: "14d" }, operator: "greaterThanInclusive", value: 0.5 },
      ],
    },
    action: { type: "raiseBudget", percent: 20 },
    cooldown: "1d",
  },
  "cut-dear": {
    conditions: {
      all: [SPENT, { fact: "cpaOkProbability", params: { window: "14d" }, operator: "lessThan", value: 0.2 }],
    },
    action: { type: "cutBudget", percent: 15, floor: 5 },
    cooldown: "1d",
  },
};

/** The eager rules with a memory, and others that only have one. */
export const MEMORY_RULES = {
  "raise-proven": {
    ...EAGER_RULES["raise-proven"],
    nightsInARow: 2,
    atMost: { perWeek: 2 },
    rollout: { propose: "1d" },
  },
  "cut-dear": { ...EAGER_RULES["cut-dear"], mutes: { rules: ["raise-proven"], for: "2d" } },
  "stop-tonight": {
    conditions: {
      all: [SPENT, { fact: "cpaOkProbability", params: { window: "14d" }, operator: "lessThan", value: 0.1 }],
    },
    action: { type: "pause", until: "tomorrow" },
    atMost: { perLife: 1 },
    notify: { to: ["#media"] },
  },
  "stop-dear": {
    conditions: {
      all: [
        SPENT,
        { fact: "cpaOkProbability", params: { window: "14d" }, operator: "lessThan", value: 0.15 },
      ],
    },
    action: { type: "pause" },
    cooldown: "3d",
  },
  "wake-up": {
    appliesTo: { level: "budgetHolder", status: ["paused"] },
    conditions: { all: [{ fact: "spend", params: { window: "14d" }, operator: "greaterThan", value: 0 }] },
    action: { type: "resume", pausedBy: ["stop-dear"] },
  },
  "hold-falling": {
    appliesTo: { level: "brand" },
    conditions: {
      all: [
        {
          fact: "mer",
          params: { window: "1d" },
          operator: "lessThan",
          value: { fact: "mer", params: { window: "7d", times: 0.95 } },
        },
      ],
    },
    action: { type: "hold", blocks: ["raise"], forAtLeast: "2d" },
  },
  "tell-media": {
    appliesTo: { level: "brand" },
    conditions: { all: [{ fact: "mer", params: { window: "7d" }, operator: "greaterThan", value: 0 }] },
    action: { type: "notify", to: ["#media"], repeat: "daily" },
  },
  steer: {
    conditions: { all: [SPENT] },
    action: {
      type: "setBudget",
      toward: { metric: "cpa", window: "14d", target: 30, band: [25, 35] },
      ...{ maxPercent: 15, floor: 5, ceiling: 900 },
    },
    cooldown: "2d",
  },
  "stop-account": {
    appliesTo: { level: "account", platforms: ["meta"] },
    conditions: { all: [{ fact: "dayOfMonth", operator: "equal", value: 13 }] },
    action: { type: "pause", until: "tomorrow", what: "campaigns" },
    atMost: { perLife: 1 },
  },
} as const;

/** Of the eager rules with a memory, the first that matches has the budget. */
const LAYERS = [{ firstMatch: ["stop-tonight", "cut-dear", "raise-proven"] }];

export async function sourceOf(setup: Setup): Promise<ConfigSource> {
  const { mode, eager, remembering } = setup;
  const source = await readSource(nodeFiles(), "rules", BRAND);
  const { stepPercentProposed, stepPercentApplied, nightlyRaisePercent, anchorMultiple } = setup;
  const limits = { stepPercentProposed, stepPercentApplied, nightlyRaisePercent, anchorMultiple };
  const { language, noticeBeforeApply, fourEyesAbove } = setup.desk;
  const { approvalsPerHour, alertAnswerHours, restoreDays } = setup.desk;
  const brand = {
    ...JSON.parse(source.brandText),
    ...{ mode, language, people: peopleOf(setup.desk) },
    slack: { ...PLACE, noticeBeforeApply },
    ...(remembering ? { accountStop: ["stop-account"] } : {}),
    limits: {
      ...{ ...limits, approvalsPerHour, alertAnswerHours, restoreDays },
      ...(fourEyesAbove === null ? {} : { fourEyesAbove }),
      ...(eager || remembering ? EAGER_LIMITS : {}),
    },
  };
  const packWords = remembering ? { layers: LAYERS } : {};
  const rules = source.ruleFiles.map((file) => {
    const isOwnPack = file.path.endsWith("roads/pack.json");
    const words = isOwnPack ? packWords : file.path.endsWith("pack.json") ? {} : { mode: "apply" };
    return { ...file, text: JSON.stringify({ ...JSON.parse(file.text), ...words }) };
  });
  return {
    ...source,
    brandText: JSON.stringify(brand),
    ruleFiles: eager || remembering ? withRules(rules, remembering ? MEMORY_RULES : EAGER_RULES) : rules,
  };
}

/** The brand file with other people: what counts from the next run on. */
export function withPeople(source: ConfigSource, people: readonly FilePerson[]): ConfigSource {
  return { ...source, brandText: JSON.stringify({ ...JSON.parse(source.brandText), people }) };
}

function withRules(
  rules: ConfigSource["ruleFiles"],
  eager: Readonly<Record<string, object>>,
): ConfigSource["ruleFiles"] {
  const raise = rules.find(({ path }) => path.endsWith("raise-proven.json"));
  if (raise === undefined) throw new Error("the example has no rule raise-proven");
  const rest = rules.filter((file) => file !== raise && !file.path.endsWith("hold-under-floor.json"));
  const written = Object.entries(eager).map(([id, over]) => {
    // A cool-down is a rule's own: rules that change nothing take none.
    const { cooldown: _, ...common } = JSON.parse(raise.text);
    return {
      path: raise.path.replace("raise-proven", id),
      text: JSON.stringify({ ...common, id, ...over }),
    };
  });
  return [...rest, ...written];
}
