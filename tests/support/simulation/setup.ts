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

export function drawSetup(draws: Draws, embedded: boolean): Setup {
  return {
    worldSeed: draws.whole(1, 5),
    mode: draws.pick(["propose", "apply"]),
    eager: draws.chance(0.8),
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

export async function sourceOf(setup: Setup): Promise<ConfigSource> {
  const { mode, eager } = setup;
  const source = await readSource(nodeFiles(), "rules", BRAND);
  const { stepPercentProposed, stepPercentApplied, nightlyRaisePercent, anchorMultiple } = setup;
  const limits = { stepPercentProposed, stepPercentApplied, nightlyRaisePercent, anchorMultiple };
  const { language, noticeBeforeApply, fourEyesAbove } = setup.desk;
  const { approvalsPerHour, alertAnswerHours, restoreDays } = setup.desk;
  const brand = {
    ...JSON.parse(source.brandText),
    ...{ mode, language, people: peopleOf(setup.desk) },
    slack: { ...PLACE, noticeBeforeApply },
    limits: {
      ...{ ...limits, approvalsPerHour, alertAnswerHours, restoreDays },
      ...(fourEyesAbove === null ? {} : { fourEyesAbove }),
      ...(eager ? EAGER_LIMITS : {}),
    },
  };
  const rules = source.ruleFiles.map((file) =>
    file.path.endsWith("pack.json")
      ? file
      : { ...file, text: JSON.stringify({ ...JSON.parse(file.text), mode: "apply" }) },
  );
  return {
    ...source,
    brandText: JSON.stringify(brand),
    ruleFiles: eager ? withEagerRules(rules) : rules,
  };
}

/** The brand file with other people: what counts from the next run on. */
export function withPeople(source: ConfigSource, people: readonly FilePerson[]): ConfigSource {
  return { ...source, brandText: JSON.stringify({ ...JSON.parse(source.brandText), people }) };
}

function withEagerRules(rules: ConfigSource["ruleFiles"]): ConfigSource["ruleFiles"] {
  const raise = rules.find(({ path }) => path.endsWith("raise-proven.json"));
  if (raise === undefined) throw new Error("the example has no rule raise-proven");
  const rest = rules.filter((file) => file !== raise && !file.path.endsWith("hold-under-floor.json"));
  const written = Object.entries(EAGER_RULES).map(([id, over]) => ({
    path: raise.path.replace("raise-proven", id),
    text: JSON.stringify({ ...JSON.parse(raise.text), id, ...over }),
  }));
  return [...rest, ...written];
}
