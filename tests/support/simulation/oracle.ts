/**
 * What must hold whatever happened, judged from the world's ledger, the calls that were watched and the log as it is stored.
 * Every function answers sentences about what does not hold. Numbers name an invariant, told beside each function.
 */
import type { LedgerEntry } from "../../../lib/sandbox/model.ts";
import { type ChangeStory, changesOf, madeIn, raiseCents, reserves, type Told } from "./log-reader.ts";
import { exposure, foreignHands, raisesUnread, settledInTime } from "./oracle-accounts.ts";
import { deskBroken } from "./oracle-desk.ts";
import type { Setup } from "./setup.ts";
import {
  type AccountFetch,
  type Answered,
  type Outage,
  type StopMark,
  type WriteCall,
  wireValue,
} from "./witness.ts";

export interface Evidence {
  setup: Setup;
  told: readonly Told[];
  ledger: readonly LedgerEntry[];
  writes: readonly WriteCall[];
  fetches: readonly AccountFetch[];
  answered: readonly Answered[];
  outages: readonly Outage[];
  stops: readonly StopMark[];
  startCents: ReadonlyMap<string, number>;
}

const DAY_MS = 86_400_000;
const MAX_SENDS = 2;

export function violations(evidence: Evidence): string[] {
  const changes = changesOf(evidence.told);
  const matched = matchedWrites(evidence);
  const sent = [...changes.values()].map((change) => ({
    change,
    ledger: linesOf(change, matched, evidence),
  }));
  return [
    ...matched.strangers,
    ...nightlyRaises(evidence, changes, sent),
    ...onePerHolder(evidence, sent),
    ...anchors(evidence, [...changes.values()]),
    ...intentsFirst(evidence, changes),
    ...atMostOnce(evidence, sent),
    ...neverAllowed([...changes.values()]),
    ...stopped(evidence),
    ...raisesOnMissing(evidence),
    ...settledInTime([...changes.values()], evidence),
    ...agreement(evidence, sent),
    ...raisesUnread(evidence),
    ...exposure(evidence),
    ...foreignHands(evidence, changes),
    ...deskBroken(evidence),
  ];
}

interface Sent {
  change: ChangeStory;
  /** Lines of the world's ledger that the change's calls left. */
  ledger: readonly LedgerEntry[];
}

interface Matched {
  /** The line that each call left; calls that never arrived left none. */
  lines: ReadonlyMap<WriteCall, LedgerEntry>;
  strangers: string[];
}

/** I-5, first half: each line of the ledger is a call that was watched. */
function matchedWrites({ ledger, writes }: Evidence): Matched {
  const lines = new Map<WriteCall, LedgerEntry>();
  const strangers: string[] = [];
  // Questions whether an edit would be taken change nothing.
  const edits = ledger.filter(({ actor, reason }) => actor === "api" && reason !== "validate_only");
  for (const line of edits) {
    const call = writes.find(
      (one) =>
        !lines.has(one) &&
        one.targetId === line.entityId &&
        wireValue(one.edit, "to") === line.to &&
        one.ledgerBefore < line.seq &&
        (one.ledgerAfter === null || line.seq <= one.ledgerAfter),
    );
    if (call === undefined) strangers.push(`I-5: ledger line ${line.seq} is nobody's call`);
    else if (!call.raced && line.from !== wireValue(call.edit, "from"))
      strangers.push(`I-6: ledger line ${line.seq} changed ${line.from}, which nobody had read`);
    if (call !== undefined) lines.set(call, line);
  }
  return { lines, strangers };
}

function linesOf(change: ChangeStory, { lines }: Matched, { writes }: Evidence): LedgerEntry[] {
  return writes.flatMap((call) => (fenceOf(change, call) === null ? [] : (lines.get(call) ?? [])));
}

/** The fence that allowed the call: the change's last event before it, by the same process, for the same edit. */
function fenceOf(change: ChangeStory, call: WriteCall): Told | null {
  if (change.targetId !== call.targetId) return null;
  const last = change.told.filter(({ position }) => position <= call.position).at(-1);
  return last?.type === "changeSent" && last.writerId === call.writerId ? last : null;
}

/** I-5, second half: each call has an open fence and, before it, an intent that names exactly its from and to. */
function intentsFirst({ writes }: Evidence, changes: ReadonlyMap<string, ChangeStory>): string[] {
  return writes.flatMap((call, index) => {
    const allowed = [...changes.values()].filter((change) => {
      if (fenceOf(change, call) === null) return false;
      const intent = change.told.find(
        ({ type, position }) => type === "changeIntended" && position <= call.position,
      );
      return intent !== undefined && sameEdit(intent.event.change.edit, call.edit);
    });
    return allowed.length === 1
      ? []
      : [`I-5: call ${index} to ${call.targetId} has ${allowed.length} open intents`];
  });
}

function sameEdit(stored: Record<string, unknown>, edit: WriteCall["edit"]): boolean {
  return Object.entries(edit).every(([field, value]) => stored[field] === String(value));
}

/** I-1: raises of a round, reserved or made, never netted, stay under their share; the end of a pause is part of the pause. */
function nightlyRaises(
  { setup, told, startCents }: Evidence,
  changes: ReadonlyMap<string, ChangeStory>,
  sent: readonly Sent[],
): string[] {
  const found: string[] = [];
  for (const [roundId, cents] of startCents) {
    const allowance = (cents * setup.nightlyRaisePercent) / 100;
    const isIn = (change: ChangeStory) => madeIn(change, told) === roundId && !change.endsPause;
    const ofRound = [...changes.values()].filter(isIn);
    for (const { position } of told.filter(({ type }) => type === "changeIntended")) {
      const reserved = ofRound.filter((change) => reserves(change, position));
      const sum = reserved.reduce((total, change) => total + raiseCents(change), 0);
      if (sum > allowance) found.push(`I-1: ${roundId} reserves ${sum} of ${allowance} cents at ${position}`);
    }
    const made = sent.filter(({ change, ledger }) => isIn(change) && ledger.some(({ applied }) => applied));
    const sum = made.reduce((total, { change }) => total + raiseCents(change), 0);
    if (sum > allowance) found.push(`I-1: ${roundId} raised by ${sum} of ${allowance} cents`);
  }
  return found;
}

/** I-2: at most one change of a holder in a round, and no step above the limit. What is taken back is neither. */
function onePerHolder({ setup }: Evidence, sent: readonly Sent[]): string[] {
  const found: string[] = [];
  const seen = new Set<string>();
  for (const { change, ledger } of sent) {
    if (change.kind === "restore" || !ledger.some(({ applied }) => applied)) continue;
    const key = `${change.roundId} ${change.holderKey}`;
    if (seen.has(key)) found.push(`I-2: ${key} was changed twice`);
    seen.add(key);
    if (change.edit.kind !== "dailyBudget") continue;
    const from = Number(change.edit.fromMicros);
    const isAuto = change.told.some(
      ({ type, event }) => type === "changeIntended" && event.allowedBy === "mode:apply",
    );
    const limit = isAuto ? setup.stepPercentApplied : setup.stepPercentProposed;
    // A minor unit on top: amounts are whole cents.
    if (Math.abs(Number(change.edit.toMicros) - from) > (from * limit) / 100 + 10_000)
      found.push(`I-2: ${change.id} steps by more than ${limit} %`);
  }
  return found;
}

/** I-3: a raise ends under a multiple of what the holder had before the log's own changes of the last seven nights. */
function anchors({ setup }: Evidence, changes: readonly ChangeStory[]): string[] {
  return changes.flatMap((change) => {
    const sent = change.told.find(({ type }) => type === "changeSent");
    if (sent === undefined || raiseCents(change) === 0) return [];
    const earlier = changes.filter(
      (other) =>
        other.holderKey === change.holderKey &&
        other.edit.kind === "dailyBudget" &&
        nightOf(other) < nightOf(change) &&
        nightOf(change) - nightOf(other) <= 7 * DAY_MS &&
        other.told.some(({ type }) => type === "changeConfirmed" || type === "changeDiverged"),
    );
    const first = earlier.sort((a, b) => nightOf(a) - nightOf(b))[0] ?? change;
    const anchor = Number(first.edit.fromMicros);
    return Number(change.edit.toMicros) > anchor * setup.anchorMultiple
      ? [`I-3: ${change.id} goes to ${change.edit.toMicros} from an anchor of ${anchor}`]
      : [];
  });
}

function nightOf({ roundId }: ChangeStory): number {
  return Date.parse(`${roundId.split("/")[1]}T00:00:00Z`);
}

/** I-7 and I-8: at most two calls and one effect per change, but for one that a person undid and that no history showed. */
function atMostOnce({ ledger, writes }: Evidence, sent: readonly Sent[]): string[] {
  return sent.flatMap(({ change, ledger: lines }) => {
    const found: string[] = [];
    const calls = writes.filter((call) => fenceOf(change, call) !== null);
    const sends = change.told.filter(({ type }) => type === "changeSent").length;
    if (calls.length > sends || sends > MAX_SENDS)
      found.push(`I-8: ${change.id}: ${sends} fences, ${calls.length} calls`);
    const effects = lines.filter(({ applied }) => applied);
    const undone = ledger.some(
      (line) =>
        line.actor === "person" &&
        line.entityId === change.targetId &&
        line.seq > (effects[0]?.seq ?? 0) &&
        line.seq < (effects[1]?.seq ?? 0),
    );
    const unseen = undone && calls.at(-1)?.blind === true;
    if (effects.length > 1 && !unseen) found.push(`I-7: ${change.id} took effect ${effects.length} times`);
    return found;
  });
}

/** I-9 and I-10: one decision each, and no call after a rejection, an expiry or a supersession. */
function neverAllowed(changes: readonly ChangeStory[]): string[] {
  const ENDS = [
    "proposalRejected",
    "proposalExpired",
    "proposalSuperseded",
    "proposalEdited",
    "changeSuperseded",
    "changeNotApplied",
  ];
  return changes.flatMap(({ id, kind, told }) => {
    // What begins a change may be the end of another.
    const types = told.slice(1).map(({ type }) => type);
    const end = types.findIndex((type) => ENDS.includes(type));
    const decided = types.filter((type) => type === "proposalApproved" || type === "proposalRejected").length;
    const intended = told.find(({ type }) => type === "changeIntended");
    const approved = kind === "auto" || kind === "restore" || types.includes("proposalApproved");
    return [
      ...(end !== -1 && end !== types.length - 1
        ? [`I-9: ${id} went on after ${types[end]}: ${types.join(" ")}`]
        : []),
      ...(decided > 1 ? [`I-10: ${id} was decided ${decided} times`] : []),
      ...(intended !== undefined && !approved ? [`I-9: ${id} was intended without approval`] : []),
    ];
  });
}

/** I-12: while a stop stands only what was under way is still called. */
function stopped({ stops, writes }: Evidence): string[] {
  return stops.flatMap(({ scope, fromWrites, toWrites, underWay }) => {
    const during = writes.slice(fromWrites, toWrites ?? writes.length);
    const calls = during.filter(({ account }) => !scope.includes("/") || account === scope).length;
    return calls > underWay
      ? [`I-12: ${calls} calls while ${scope} was stopped, from call ${fromWrites}`]
      : [];
  });
}

/** I-13: a night with a missing account raises nothing. */
function raisesOnMissing({ told }: Evidence): string[] {
  const blind = new Set(
    told
      .filter(({ type, event }) => type === "snapshotSealed" && event.missing.length > 0)
      .map((t) => t.event.roundId),
  );
  return told
    .filter(({ type, event }) => type === "planned" && blind.has(event.roundId))
    .flatMap(({ event }) =>
      [...event.proposed, ...event.auto]
        .filter((change) => raiseCents(change) > 0)
        .map((change) => `I-13: ${change.id} raises in a night without its account`),
    );
}

/** I-23: the log's last word on a change is what the ledger shows, unless a person had a hand in it. */
function agreement({ ledger }: Evidence, sent: readonly Sent[]): string[] {
  return sent.flatMap(({ change, ledger: lines }) => {
    const word = change.told.at(-1)?.type ?? "";
    const effects = lines.filter(({ applied }) => applied);
    const firstFence = change.told.find(({ type }) => type === "changeSent");
    const byPerson = ledger.some(
      (line) =>
        line.actor === "person" &&
        line.entityId === change.targetId &&
        line.atMs >= (firstFence?.atMs ?? Infinity),
    );
    const stored = effects.at(-1)?.stored === effects.at(-1)?.to;
    const told: Record<string, boolean> = {
      changeConfirmed: effects.length > 0 && stored,
      changeDiverged: effects.length > 0 && !stored,
      changeNotApplied: effects.length === 0,
      changeSuperseded: effects.length === 0,
    };
    if (byPerson || told[word] !== false) return [];
    return [`I-23: the log says ${word} of ${change.id}, the ledger has ${JSON.stringify(lines)}`];
  });
}
