/** Each change with what it does, why, what held it back, whose rule it is, and what it may cost. */
import { directionOf } from "../domain/change.ts";
import type { HolderLine, Outcome, Plan, PlannedChange } from "../domain/plan.ts";
import type { Evidence } from "../domain/verdict.ts";
import { describeAllEvidence, describeEvidence, joinWords } from "../words/evidence.ts";
import { formatMoney } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { editWords, pauseEndWords, shortEdit } from "./edit-words.ts";
import { addressLines, type Linked, linkedName } from "./links.ts";
import { levelWord } from "./naming.ts";
import { capped, field, labelled, type Page, type Paint, paint, paragraph, section } from "./page.ts";
import { displayWidth, padEnd } from "./width.ts";

/** A night proposes at most a few dozen changes; more is a list for machines. */
const MOST_CHANGES = 40;
const MOST_BLOCKED = 20;

const PAINTS = { raise: "green", resume: "green", cut: "yellow", pause: "yellow" } as const satisfies Record<
  ReturnType<typeof directionOf>,
  Paint
>;

/** Sections of the changes that are or would be made; each with everything a person needs to answer. */
export function changeLines(page: Page, plan: Plan): string[] {
  return (["proposed", "auto", "shadow"] as const).flatMap((outcome) => {
    const changes = withOutcome(plan, outcome);
    const title = phrase(`report.changes.${outcome}`, page.reader, {
      count: { value: changes.length, unit: "count" },
    });
    return section(
      page,
      title,
      capped(page, changes, MOST_CHANGES, (change) => oneChange(page, plan, change)),
    );
  });
}

export function blockedLines(page: Page, plan: Plan): string[] {
  const { reader } = page;
  const changes = withOutcome(plan, "blocked");
  const title = phrase("report.changes.blocked", reader, { count: { value: changes.length, unit: "count" } });
  return section(
    page,
    title,
    capped(page, changes, MOST_BLOCKED, (change) => [
      ...paragraph(
        page,
        labelled(page, targetWords(page, change, holderOf(plan, change)), shortEdit(wanted(change), reader)),
        1,
        1,
      ),
      ...(change.endsPause === undefined ? [] : paragraph(page, pauseEndWords(change.endsPause, reader), 2)),
      ...change.notes.flatMap((note) => paragraph(page, say(note.reason, reader), 2)),
      ...paragraph(page, ruleWords(page, change), 2).map((line) => paint(page, "dim", line)),
      ...(page.verbose ? evidenceLines(page, change.evidence) : []),
    ]),
  );
}

/** The blocked changes that are shown: the others print their addresses themselves. */
export function namedInBlocked(plan: Plan): Linked[] {
  return withOutcome(plan, "blocked")
    .slice(0, MOST_BLOCKED)
    .map(({ name, target }) => ({ name, ref: target }));
}

/**
 * Why the rule asked for it; the holder's CPA against its target stands second where the rule does not name it. At
 * most `most` conditions.
 */
export function reasonWords(
  page: Page,
  change: PlannedChange,
  line: HolderLine | null,
  most = Number.POSITIVE_INFINITY,
): string {
  if (change.endsPause !== undefined) return pauseEndWords(change.endsPause, page.reader);
  const [first, ...rest] = change.evidence;
  const named = change.evidence.some((leaf) => leaf.fact === "cpa" || leaf.value.value === 0);
  const cpa = named || line === null ? [] : cpaEvidence(line);
  const evidence = first === undefined ? cpa : [first, ...cpa, ...rest];
  return describeAllEvidence(evidence.slice(0, most), page.reader, page.factLabels);
}

function oneChange(page: Page, plan: Plan, change: PlannedChange): string[] {
  const { reader } = page;
  const line = holderOf(plan, change);
  const fields: [string, string][] = [
    [phrase("field.why", reader), reasonWords(page, change, line)],
    ...clampFields(page, change),
    ...beforeFields(page, change),
    [phrase("field.rule", reader), ruleWords(page, change)],
    ...costFields(page, change),
  ];
  const linkLabel = phrase("field.link", reader);
  const labelWidth = Math.max(...fields.map(([label]) => displayWidth(label))) + 2;
  const direction = directionOf(change.edit);
  const head = `${change.id}  ${phrase(`change.${direction}`, reader)}  ${targetWords(page, change, line)}`;
  return [
    ...paragraph(page, head, 1, 1).map((text) => paint(page, PAINTS[direction], text)),
    ...paragraph(page, editWords(change.edit, reader, change.until), 2),
    ...fields.flatMap(([label, text]) => field(page, label, labelWidth, text)),
    ...addressLines(page, change.target, `    ${padEnd(linkLabel, labelWidth)}`),
    ...(page.verbose ? evidenceLines(page, change.evidence) : []),
  ];
}

/** What the rule asked for, where a guardrail left less, and each guardrail's sentence. */
function clampFields(page: Page, change: PlannedChange): [string, string][] {
  const { reader } = page;
  if (change.notes.length === 0) return [];
  const asked =
    change.wantedMicros === null
      ? []
      : [phrase("report.asked", reader, { to: formatMoney(change.wantedMicros, reader) })];
  const sentences = change.notes.map((note) => say(note.reason, reader));
  return [[phrase("field.limits", reader), joinWords([...asked, ...sentences], reader)]];
}

/** Somebody's no to the same change, so that it is not answered as if nobody had thought about it. */
function beforeFields(page: Page, { rejectedBefore }: PlannedChange): [string, string][] {
  const { reader } = page;
  if (rejectedBefore === null) return [];
  const { by, atMs, reason } = rejectedBefore;
  const words = phrase("report.rejectedBefore", reader, {
    by: { value: by, unit: "text" },
    at: { value: atMs, unit: "instant" },
    reason: reason === null ? { value: "noReasonGiven", unit: "state" } : { value: reason, unit: "text" },
  });
  return [[phrase("field.before", reader), words]];
}

function costFields(page: Page, change: PlannedChange): [string, string][] {
  const { reader } = page;
  if (change.worstCaseMicros === 0n) return [];
  const cost = phrase("report.worstCase", reader, { amount: formatMoney(change.worstCaseMicros, reader) });
  return [[phrase("field.worstCase", reader), cost]];
}

function evidenceLines(page: Page, evidence: readonly Evidence[]): string[] {
  return evidence.flatMap((leaf) => {
    const source = leaf.value.source === null ? "" : ` [${plainText(leaf.value.source)}]`;
    const text = `- ${describeEvidence(leaf, page.reader, page.factLabels)}${source}`;
    return paragraph(page, text, 2, 1).map((line) => paint(page, "dim", line));
  });
}

function ruleWords(page: Page, change: PlannedChange): string {
  return phrase("report.rule", page.reader, {
    rule: plainText(change.ruleId),
    pack: plainText(change.pack),
    owner: plainText(change.owner),
  });
}

/** The holder with what it is and, for an ad group, the campaign it is in: ad groups' names repeat, those of budgets do not. */
function targetWords(page: Page, change: PlannedChange, line: HolderLine | null): string {
  const name = linkedName(page, { name: change.name, ref: change.target });
  const level = levelWord(page, change.target);
  if (line === null || line.owner !== "adGroup") return `${name} (${level})`;
  return phrase("report.subjectIn", page.reader, { name, level, campaign: plainText(line.campaignName) });
}

function holderOf(plan: Plan, change: PlannedChange): HolderLine | null {
  return plan.holders.find((holder) => holder.subject.key === change.holderKey) ?? null;
}

/** A blocked change is told as the rule asked for it: what the guardrails left of it happens to nobody. */
function wanted(change: PlannedChange): PlannedChange["edit"] {
  if (change.edit.kind === "status" || change.wantedMicros === null) return change.edit;
  return { ...change.edit, toMicros: change.wantedMicros };
}

function withOutcome(plan: Plan, outcome: Outcome): PlannedChange[] {
  return plan.changes.filter((change) => change.outcome === outcome);
}

/** The holder's CPA as if a rule had compared it with its target; nothing where either is missing. */
function cpaEvidence(line: HolderLine): Evidence[] {
  if (line.cpa.value === null || line.targetCpa.value === null) return [];
  const against = {
    ...{ thresholdFact: "targetCpa", thresholdTimes: null, thresholdPlus: null },
    distancePercent: null,
  } as const;
  return [
    {
      fact: "cpa",
      params: {},
      operator: "lessThanInclusive",
      value: line.cpa,
      threshold: line.targetCpa,
      ...against,
      result: "matched",
    },
  ];
}
