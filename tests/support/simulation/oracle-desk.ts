/** What must hold at the desk, judged from the log as a stranger reads it. */
import { type Desk, dayOf, mayAllow, personOf, readDesk, type Version } from "./desk-reader.ts";
import { raiseCents, type Told } from "./log-reader.ts";
import type { Evidence } from "./oracle.ts";

const HOUR_MS = 3_600_000;
/** Attempts at what people may not, that the log keeps of an hour. */
const MAX_REFUSALS = 20;

const YESES = ["approvalGiven", "proposalApproved", "restoreApproved"];
const ANSWERS = [...YESES, "proposalRejected", "proposalEdited", "handsOffSet", "alertTaken"];

export function deskBroken({ setup, told, answered }: Evidence): string[] {
  const found: string[] = [];
  const { noticeBeforeApply } = setup.desk;
  readDesk(told, (one, before) => {
    found.push(
      ...answerBroken(one, before),
      ...yesBroken(one, before),
      ...intentBroken(one, before, noticeBeforeApply),
      ...planBroken(one, before, noticeBeforeApply),
      ...restoreBroken(one, before),
      ...twoLive(one, before),
    );
  });
  return [
    ...found,
    ...clicksBroken(told),
    ...answered
      .filter(({ outcome, by, position }) => outcome === "recorded" && !isBy(told, by, position))
      .map(({ by, kind, position }) => `F-73: ${by} was told of ${kind} at ${position}, which is not there`),
  ];
}

function isBy(told: readonly Told[], by: string, position: number): boolean {
  return told.some((one) => one.position === position && one.event.by === by);
}

/** I-10 and I-11: whoever answers may, and what they answer is open and in time. */
function answerBroken({ type, event }: Told, before: Desk): string[] {
  if (!ANSWERS.includes(type)) return [];
  const version = before.versions.get(event.changeId);
  const late = event.atMs >= (version?.expiresAtMs ?? Number.MAX_SAFE_INTEGER);
  return [
    ...(mayAllow(before, event.by) ? [] : [`I-11: ${event.by} may not say ${type}`]),
    ...(version !== undefined && version.status !== "open"
      ? [`I-10: ${type} of ${event.changeId}, which is ${version.status}`]
      : []),
    ...(version !== undefined && late ? [`F-61: ${type} of ${event.changeId} came after its time`] : []),
  ];
}

/** I-11: nobody says yes to more than they may, and what takes two people had two. */
function yesBroken({ type, event }: Told, before: Desk): string[] {
  if (!YESES.includes(type)) return [];
  const { by, atMs } = event;
  const id = event.changeId ?? event.change.id;
  const version = before.versions.get(id);
  const raise = raiseCents(event.change ?? version?.story ?? { edit: { kind: "dailyBudget" } });
  const person = personOf(before, by);
  const others = [...before.versions.values()].filter((other) => other !== version);
  const today = others.filter(
    ({ yeses, status, end }) =>
      yeses.has(by) && dayOf(yeses.get(by) ?? 0) === dayOf(atMs) && (status !== "over" || wasSent(end)),
  );
  const spent = today.reduce((sum, { story }) => sum + raiseCents(story), raise);
  const lately = others.filter(({ yeses }) => (yeses.get(by) ?? 0) > atMs - HOUR_MS);
  const fourEyes = cents(before.settled?.fourEyesAboveMicros);
  const second = [...(version?.yeses.keys() ?? [])].some((name) => name !== by && mayAllow(before, name));
  return [
    ...(raise > cents(person?.raiseLimitMicros) ? [`I-11: ${by} raises by ${raise} in ${id}`] : []),
    ...(raise > 0 && spent > cents(person?.dailyRaiseLimitMicros)
      ? [`I-11: ${by} raises by ${spent} on one day`]
      : []),
    ...(lately.length >= (before.settled?.approvalsPerHour ?? 0) && version?.yeses.has(by) !== true
      ? [`F-99: ${by} said yes ${lately.length + 1} times within an hour`]
      : []),
    ...(raise > fourEyes && type !== "approvalGiven" && !second
      ? [`F-66: ${id} takes two people, and ${by} is one`]
      : []),
  ];
}

function cents(micros: string | null | undefined): number {
  return micros == null ? Number.MAX_SAFE_INTEGER : Number(micros) / 10_000;
}

/** Overtaken before it was sent it counts for nothing; whatever came after counts as allowed. */
function wasSent(end: string | null): boolean {
  return end?.startsWith("change") === true;
}

/** I-9, I-11, I-12: what becomes an intent was allowed by whom it says, and nothing forbids it. */
function intentBroken({ type, event }: Told, before: Desk, notice: boolean): string[] {
  if (type !== "changeIntended") return [];
  const { change, allowedBy, atMs, roundId } = event;
  const version = before.versions.get(change.id);
  const { id, holderKey } = change;
  const isAuto = version?.story.kind === "auto";
  const named = isAuto
    ? allowedBy === "mode:apply"
    : [...(version?.yeses.keys() ?? [])].some((by) => allowedBy === `approval:${by}`);
  const free = version?.story.kind === "restore";
  const untilDay = before.heldOff.get(holderKey) ?? "";
  const offMs = before.rulesOff.get(`${change.pack}/${change.ruleId} ${holderKey}`) ?? 0;
  return [
    ...(version?.status === "approved" && named ? [] : [`I-9: ${id} is intended, allowed by ${allowedBy}`]),
    ...(before.stopped ? [`I-12: ${id} is intended under a stop`] : []),
    ...(!free && untilDay >= dayOf(atMs) ? [`${id} touches what is held off until ${untilDay}`] : []),
    ...(!free && offMs > atMs ? [`${id} is asked for by a rule that is off its holder`] : []),
    ...(isAuto && isUnwatched(before) ? [`F-106: ${id} is made while nobody answers an alert`] : []),
    ...(isAuto && notice && !before.posted.has(`notice/${roundId}`)
      ? [`F-67: ${id} is made without notice`]
      : []),
  ];
}

function isUnwatched({ alerts }: Desk): boolean {
  return [...alerts.values()].some(({ taken, escalated }) => escalated && !taken);
}

/** The same of plans: what may not be made is not planned either. */
function planBroken({ type, event }: Told, before: Desk, notice: boolean): string[] {
  if (type !== "planned") return [];
  const { atMs, roundId, auto, proposed } = event;
  const found: string[] = [];
  if (auto.length > 0 && isUnwatched(before)) found.push(`F-106: ${roundId} plans while nobody answers`);
  if (auto.length > 0 && notice && !before.posted.has(`notice/${roundId}`))
    found.push(`F-67: ${roundId} has automatic changes without notice`);
  for (const { id, holderKey, pack, ruleId } of [...auto, ...proposed]) {
    if ((before.rulesOff.get(`${pack}/${ruleId} ${holderKey}`) ?? 0) > atMs)
      found.push(`${id} is planned by a rule that is off its holder`);
    if ((before.heldOff.get(holderKey) ?? "") >= dayOf(atMs)) found.push(`${id} is planned, and held off`);
  }
  return found;
}

/** What took effect is taken back once, exactly, and not after its days. */
function restoreBroken({ type, event }: Told, before: Desk): string[] {
  if (type !== "restoreApproved") return [];
  const { of, change, atMs } = event;
  const version = before.versions.get(of);
  const others = restoresOf(before, of).filter(mayHaveEffect);
  const settled = version?.story.told.find((one) => one.type === "changeConfirmed");
  const days = before.settled?.restoreDays ?? 0;
  const { edit } = version?.story ?? { edit: {} };
  const isReverse =
    edit.kind === "status"
      ? change.edit.to === edit.from
      : change.edit.toMicros === edit.fromMicros && change.edit.fromMicros === edit.toMicros;
  return [
    ...(version?.end === "changeConfirmed" && version.story.kind !== "restore" && isReverse
      ? []
      : [`${change.id} takes back ${of}, which is ${version?.end}`]),
    ...(others.length > 0 ? [`${of} is taken back by ${others[0]?.story.id} and ${change.id}`] : []),
    ...(atMs >= (settled?.atMs ?? 0) + days * 24 * HOUR_MS ? [`${change.id} comes after ${days} days`] : []),
  ];
}

function restoresOf({ versions }: Desk, of: string): Version[] {
  return [...versions.values()].filter(({ story }) => story.kind === "restore" && story.origin === of);
}

export function mayHaveEffect({ status, end }: Version): boolean {
  return status !== "over" || end === "changeConfirmed" || end === "changeDiverged";
}

/** I-7: of all versions of a change one is alive at most. */
function twoLive({ type, event }: Told, { versions }: Desk): string[] {
  if (type !== "changeIntended" && type !== "proposalApproved") return [];
  const version = versions.get(event.changeId ?? event.change.id);
  const live = [...versions.values()].filter(
    ({ story, status, end }) =>
      story.kind !== "restore" &&
      version?.story.kind !== "restore" &&
      story.origin === version?.story.origin &&
      (status !== "over" || wasSent(end)),
  );
  return live.length > 1 ? [`I-7: ${live.map(({ story }) => story.id).join(" and ")} live at once`] : [];
}

/** F-59: an interaction counts once, for whoever it was; and no flood of attempts fills the log. */
function clicksBroken(told: readonly Told[]): string[] {
  const clicks = told.filter(({ type }) => type === "clickUsed");
  const ids = clicks.map(({ event }) => event.clickId);
  const refused = told.filter(({ type }) => type === "answerRefused");
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `F-59: ${id} counted twice`),
    ...clicks.flatMap(({ event, position }) => {
      const others = told.filter((one) => one.position === position && one.event.by !== event.by);
      return others.map((one) => `I-11: ${event.by} clicked, and ${one.event.by} did ${one.type}`);
    }),
    ...refused
      .filter(
        ({ atMs }, at) => atMs - (refused[at - MAX_REFUSALS]?.atMs ?? Number.NEGATIVE_INFINITY) < HOUR_MS,
      )
      .map(({ position }) => `F-64: more than ${MAX_REFUSALS} refusals an hour at ${position}`),
  ];
}
