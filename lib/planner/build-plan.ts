import { localDay } from "../domain/day.ts";
import type { Message } from "../domain/figure.ts";
import { accountKey } from "../domain/ids.ts";
import { membersOf } from "../domain/match.ts";
import type { Plan } from "../domain/plan.ts";
import type { Subject, Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { isNightOf } from "../rules/acting.ts";
import { inScope } from "../rules/judge/scope.ts";
import { actions } from "./actions/index.ts";
import { brandLine } from "./brand-line.ts";
import type { BuildInput } from "./build-input.ts";
import { settleConflicts } from "./conflicts.ts";
import { comparePlanOrder, compareText, type Draft, ruleKey } from "./draft.ts";
import { foreignEdits, unknownHistory } from "./foreign-edits.ts";
import { judgeAll, judgeRule, type Round } from "./guardrails/apply.ts";
import { holderLines } from "./holder-lines.ts";
import { plannerMessage, refusalMessage } from "./messages.ts";
import { nearMissesOf } from "./near-misses.ts";
import { newcomersOf } from "./newcomers.ts";
import { notActedOn, standsAside } from "./not-acted.ts";
import { noticesOfActs } from "./notices.ts";
import { pauseEnds } from "./pause-ends.ts";
import { plannedChanges } from "./planned-changes.ts";
import { protectionsOf } from "./protections.ts";
import { roundOf } from "./round.ts";
import { settingLines } from "./settings.ts";
import { uncoveredSpend } from "./uncovered.ts";

/**
 * Pure: the same arguments make the same plan, byte for byte, in whatever order rules and verdicts come.
 * @throws PlannerError when verdicts, holders and snapshot do not belong together.
 */
export function buildPlan(input: BuildInput, facts: Facts, unordered: readonly Verdict[]): Plan {
  const { brand, snapshot, nowMs } = input;
  const verdicts = [...unordered].sort(compareVerdicts);
  const lines = holderLines(brand, facts);
  const { asked, round } = roundOf(input, facts, verdicts, lines);
  const ends = pauseEnds({ ...input, facts }, round.ownPauses);
  const { drafts, refusal } = judged([...asked.drafts, ...ends.drafts], round);
  const money = asked.heard.filter(({ rule }) => actions[rule.action.type].money);
  const looked = [...money.map(({ verdict }) => verdict.subject), ...lookedAtOtherNights(input, facts)];
  const line = brandLine(brand, facts);
  const edits = foreignEdits(input, facts);
  return {
    v: 1,
    brand: brand.id,
    brandName: brand.name,
    language: brand.language,
    currency: brand.currency,
    zone: brand.zone,
    roundId: snapshot.roundId,
    day: snapshot.day,
    decidedAtMs: nowMs,
    engineVersion: input.engineVersion,
    inputs: input.inputs,
    mode: brand.mode,
    stops: [...input.stops],
    refused: refusal === null ? null : refusalMessage(refusal.guardrail, refusal.values),
    brandLine: line,
    holders: lines,
    changes: plannedChanges(input, drafts, round),
    notices: [...asked.notices, ...noticesOfActs(drafts, round.holds, asked.heard)],
    holds: [...round.holds],
    ...nearMissesOf({
      ...{ brand, snapshot, facts },
      verdicts: money.filter(({ verdict }) => !isHeldOff(input, verdict.subject.key)),
    }),
    uncovered: uncoveredSpend(brand, facts, looked),
    newcomers: newcomersOf(
      input,
      facts,
      money.map(({ verdict }) => verdict),
    ),
    scopes: [...round.scopes],
    notActed: notActedOn(asked.notActed),
    silent: asked.silent,
    missing: [...missingMessages(input), ...ends.missing],
    foreignEdits: edits,
    protections: protectionsOf({ ...round, foreignEdits: edits, drafts }),
    verdicts,
    settings: settingLines(brand, line),
    sources: snapshot.accounts.map((account) => ({
      account: accountKey(account),
      zone: account.zone,
      conversion: account.conversion,
      attribution: account.attribution,
      countedOn: account.countedOn,
    })),
  };
}

function judged(asked: readonly Draft[], round: Round): ReturnType<typeof judgeAll> {
  const allowed = asked.map((draft) => judgeRule(draft, round));
  const settled = settleConflicts(allowed).sort(comparePlanOrder);
  return judgeAll(settled, round);
}

/** However near a rule came, it would not have been heard: a person keeps hands off the holder. */
function isHeldOff({ brand, state, nowMs }: BuildInput, holderKey: string): boolean {
  const held = state.heldOff[holderKey];
  return held !== undefined && localDay(nowMs, brand.zone) <= held.until;
}

/** Whom money rules look at in nights of other weekdays: their spend is steered all the same. */
function lookedAtOtherNights({ ruleset, snapshot }: BuildInput, facts: Facts): Subject[] {
  const waiting = ruleset.rules.filter(
    (rule) => actions[rule.action.type].money && standsAside(rule) === null && !isNightOf(rule, snapshot.day),
  );
  return waiting.flatMap(({ appliesTo }) =>
    facts.subjects(appliesTo.level).filter((subject) => inScope(appliesTo, subject, facts)),
  );
}

/**
 * Each account that could not be read with why, the shop when it gave nothing, accounts without a history of edits, and
 * campaigns whose stage is not clear.
 */
function missingMessages(input: BuildInput): Message[] {
  const { brand, snapshot } = input;
  const accounts = snapshot.missing.flatMap((account) => [
    plannerMessage("missing.account", { account: accountKey(account) }),
    account.reason,
  ]);
  const shop = brand.shop !== null && snapshot.shop === null ? [plannerMessage("missing.shop")] : [];
  const histories = snapshot.accounts.flatMap((account) => {
    const why = unknownHistory(account, input);
    return why === null ? [] : [plannerMessage("missing.history", { account: accountKey(account), why })];
  });
  const campaigns = snapshot.accounts.flatMap(({ entities }) =>
    entities.filter((one) => one.level === "campaign"),
  );
  const unclear = campaigns.flatMap((campaign) => {
    const stages = membersOf(brand.stages, campaign);
    const inGroups = Object.entries(brand.groups).flatMap(([group, partition]) => {
      const members = membersOf(partition, campaign);
      if (members.length < 2) return [];
      const values = { campaign: campaign.name, group, members: members.join(", ") };
      return [plannerMessage("missing.memberUnclear", values)];
    });
    if (stages.length < 2) return inGroups;
    const values = { campaign: campaign.name, stages: stages.join(", ") };
    return [plannerMessage("missing.stageUnclear", values), ...inGroups];
  });
  return [...accounts, ...shop, ...histories, ...unclear];
}

function compareVerdicts(a: Verdict, b: Verdict): number {
  return (
    compareText(ruleKey({ pack: a.pack, id: a.ruleId }), ruleKey({ pack: b.pack, id: b.ruleId })) ||
    compareText(a.subject.level, b.subject.level) ||
    compareText(a.subject.key, b.subject.key)
  );
}
