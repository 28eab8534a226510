/** Log entries as sentences: position, time in the brand's zone, what happened. */
import { accountKey, type TargetRef } from "../domain/ids.ts";
import { formatDay, formatInstant } from "../words/format.ts";
import { plainText } from "../words/plain-text.ts";
import { phrase, say } from "../words/say.ts";
import { changeWords, deskSentence, isDeskEvent } from "./desk-entries.ts";
import { addressLines } from "./links.ts";
import { count, dim, field, type Page, pageFor, paint, paragraph } from "./page.ts";
import type { BrandPageOptions } from "./proposals.ts";
import type { DeskEventView, EntryView, EventView } from "./views.ts";
import { displayWidth } from "./width.ts";

const SHORT_HASH = 12;
const APPROVAL = "approval:";

const URGENT: ReadonlySet<EventView["type"]> = new Set(["changeDiverged", "stopped", "alertEscalated"]);

/** How things were told, not what happened. */
const QUIET: ReadonlySet<EventView["type"]> = new Set([
  "clickUsed",
  "messageAttempted",
  "messagePosted",
  "messageUpdated",
]);

export function renderLogEntries(entries: readonly EntryView[], options: BrandPageOptions): string {
  const page = pageFor(options, options);
  if (entries.length === 0) return phrase("log.none", page.reader);
  const positionWidth = Math.max(...entries.map((entry) => String(entry.position).length));
  const lines = entries.flatMap((entry) => entryLines(page, entry, positionWidth));
  return [...lines, ...quietLines(page, entries)].join("\n");
}

/** How many events are left out, so that nobody takes the page for the whole log. */
function quietLines(page: Page, entries: readonly EntryView[]): string[] {
  const quiet = entries.flatMap(({ events }) => events.filter(({ type }) => QUIET.has(type))).length;
  if (page.verbose || quiet === 0) return [];
  return dim(page, paragraph(page, phrase("log.quiet", page.reader, { count: count(quiet) }), 0));
}

function entryLines(page: Page, entry: EntryView, positionWidth: number): string[] {
  const told = entry.events.filter(({ type }) => page.verbose || !QUIET.has(type));
  return told.flatMap((event, index) => {
    const position = (index === 0 ? String(entry.position) : "").padStart(positionWidth);
    const head = `${position}  ${formatInstant(event.atMs, page.reader)}  `;
    const indent = " ".repeat(displayWidth(head));
    return toldOf(page, event).flatMap(({ sentence, target }, line) => {
      const text = field(page, line === 0 ? head : indent, indent.length, sentence, 0);
      const address = target === null ? [] : addressLines(page, target, indent);
      return [...text.map((one) => styled(page, event, one)), ...address];
    });
  });
}

function styled(page: Page, event: EventView, text: string): string {
  if (QUIET.has(event.type)) return paint(page, "dim", text);
  if (URGENT.has(event.type)) return paint(page, "red", text);
  return event.type === "changeConfirmed" ? paint(page, "green", text) : text;
}

/** A sentence, and what it names on a platform. */
interface Told {
  sentence: string;
  target: TargetRef | null;
}

/** One sentence per event; a plan adds one per change that it proposes or will apply. */
function toldOf(page: Page, event: EventView): Told[] {
  if (event.type === "planned") return plannedSentences(page, event);
  if (event.type === "rulesRemembered") return rememberedSentences(page, event);
  const target = "change" in event ? event.change.target : null;
  return [{ sentence: eventSentence(page, event), target }];
}

function eventSentence(
  page: Page,
  event: Exclude<EventView, { type: "planned" | "rulesRemembered" }>,
): string {
  const { reader } = page;
  switch (event.type) {
    case "roundStarted":
      return phrase("event.roundStarted", reader, {
        day: formatDay(event.day, reader),
        slot: plainText(event.slot),
      });
    case "accountFetched": {
      const values = { account: plainText(accountKey(event.account)), requests: count(event.requests) };
      return phrase("event.accountFetched", reader, values);
    }
    case "accountFailed": {
      const values = { account: plainText(accountKey(event.account)), reason: say(event.reason, reader) };
      return phrase("event.accountFailed", reader, values);
    }
    case "snapshotSealed":
      return sealedSentence(page, event);
    case "changeIntended": {
      const values = { change: changeWords(page, event.change), by: allowedWords(page, event.allowedBy) };
      return phrase("event.changeIntended", reader, values);
    }
    case "stopped":
      return stoppedSentence(page, event);
    case "resumed":
      return phrase("event.resumed", reader, { by: plainText(event.by) });
    case "stepFailed": {
      const values = { step: plainText(event.step), at: formatInstant(event.nextTryAtMs, reader) };
      return event.reason === null
        ? phrase("event.stepWaits", reader, values)
        : phrase("event.stepFailed", reader, { ...values, reason: say(event.reason, reader) });
    }
    case "rulesPublished": {
      const hash = event.sourceHash.slice(0, SHORT_HASH);
      return phrase("event.rulesPublished", reader, { hash, by: plainText(event.by) });
    }
    default:
      return isDeskEvent(event) ? deskSentence(page, event) : changeSentence(page, event);
  }
}

type ChangeEvent = Exclude<Extract<EventView, { changeId: string }>, DeskEventView>;

/** Events that name a change by its id. */
function changeSentence(page: Page, event: ChangeEvent): string {
  const { reader } = page;
  const id = plainText(event.changeId);
  switch (event.type) {
    case "proposalApproved":
      return phrase("event.proposalApproved", reader, { id, by: plainText(event.by) });
    case "proposalRejected": {
      const by = plainText(event.by);
      if (event.reason === null) return phrase("event.proposalRejected", reader, { id, by });
      return phrase("event.proposalRejectedBecause", reader, { id, by, reason: plainText(event.reason) });
    }
    case "proposalExpired":
    case "changeAnswered":
    case "changeConfirmed":
      return phrase(`event.${event.type}`, reader, { id });
    case "changeSent":
      return phrase("event.changeSent", reader, { id, attempt: count(event.attempt) });
    default:
      return phrase(`event.${event.type}`, reader, { id, reason: say(event.reason, reader) });
  }
}

function sealedSentence(page: Page, event: Extract<EventView, { type: "snapshotSealed" }>): string {
  const hash = event.snapshotHash.slice(0, SHORT_HASH);
  if (event.missing.length === 0) return phrase("event.snapshotSealed", page.reader, { hash });
  const accounts = event.missing.map((account) => plainText(accountKey(account))).join(", ");
  return phrase("event.snapshotSealedMissing", page.reader, { hash, accounts });
}

function plannedSentences(page: Page, event: Extract<EventView, { type: "planned" }>): Told[] {
  const { reader } = page;
  const hash = event.planHash.slice(0, SHORT_HASH);
  if (event.refused !== null) {
    const reason = say(event.refused, reader);
    return [{ sentence: phrase("event.plannedRefused", reader, { hash, reason }), target: null }];
  }
  const counts = { proposed: count(event.proposed.length), auto: count(event.auto.length) };
  const told = (key: "event.proposed" | "event.auto", change: (typeof event.proposed)[number]): Told => ({
    sentence: phrase(key, reader, { change: changeWords(page, change) }),
    target: change.target,
  });
  return [
    { sentence: phrase("event.planned", reader, { hash, ...counts }), target: null },
    ...event.proposed.map((change) => told("event.proposed", change)),
    ...event.auto.map((change) => told("event.auto", change)),
  ];
}

/** A pause that was taken over is news; the rest is bookkeeping. */
function rememberedSentences(page: Page, event: Extract<EventView, { type: "rulesRemembered" }>): Told[] {
  const { reader } = page;
  const rules = count(Object.keys(event.scopes).length);
  return [
    { sentence: phrase("event.rulesRemembered", reader, { count: rules }), target: null },
    ...event.pausesOver.map((holder): Told => {
      return { sentence: phrase("event.pauseOver", reader, { holder: plainText(holder) }), target: null };
    }),
  ];
}

function stoppedSentence(page: Page, event: Extract<EventView, { type: "stopped" }>): string {
  const by = plainText(event.by);
  if (event.reason === null) return phrase("event.stopped", page.reader, { by });
  return phrase("event.stoppedBecause", page.reader, { by, reason: plainText(event.reason) });
}

function allowedWords(page: Page, allowedBy: string): string {
  if (!allowedBy.startsWith(APPROVAL)) return phrase("allowed.mode", page.reader);
  return phrase("allowed.approval", page.reader, { by: plainText(allowedBy.slice(APPROVAL.length)) });
}
