/** What the log says of a brand's desk, event after event: read by a stranger, with none of the product's own folding. */
import { localDay } from "../../../lib/domain/day.ts";
import { type ChangeStory, changesOf, type Told } from "./log-reader.ts";

// biome-ignore lint/suspicious/noExplicitAny: the oracle reads bodies as a stranger would.
type Body = any;

const ZONE = "Europe/Paris";

type Status = "open" | "approved" | "intended" | "over";

/** One version of a change as it stands. */
export interface Version {
  story: ChangeStory;
  status: Status;
  expiresAtMs: number;
  /** Who said yes, and when: a second yes of somebody counts as none. */
  yeses: Map<string, number>;
  /** What came of it; null before. */
  end: string | null;
}

export interface Desk {
  /** As it was settled last; null before. */
  settled: Body;
  versions: Map<string, Version>;
  /** By id; null once somebody took it. */
  alerts: Map<string, { raisedAtMs: number; taken: boolean; escalated: boolean }>;
  stopped: boolean;
  /** By holder: the last day. */
  heldOff: Map<string, string>;
  /** By rule and holder. */
  rulesOff: Map<string, number>;
  /** Keys of messages that are in the channel, with Slack's names for them. */
  posted: Map<string, string>;
  attempted: Set<string>;
  questions: Set<string>;
}

/** Calls `look` before each event with the desk as it was until then. */
export function readDesk(told: readonly Told[], look: (one: Told, before: Desk) => void): Desk {
  const stories = changesOf(told);
  const desk: Desk = {
    settled: null,
    versions: new Map(),
    alerts: new Map(),
    stopped: false,
    heldOff: new Map(),
    rulesOff: new Map(),
    posted: new Map(),
    attempted: new Set(),
    questions: new Set(),
  };
  for (const one of told) {
    look(one, desk);
    moveVersions(desk, one, stories);
    moveDesk(desk, one);
    moveMessages(desk, one);
  }
  return desk;
}

/** What happens to the version that an event names. */
const BECOMES: Readonly<Record<string, Status>> = {
  proposalApproved: "approved",
  proposalRejected: "over",
  proposalExpired: "over",
  proposalSuperseded: "over",
  proposalEdited: "over",
  changeSuperseded: "over",
  changeNotApplied: "over",
  changeConfirmed: "over",
  changeDiverged: "over",
};

function moveVersions(desk: Desk, { type, event }: Told, stories: ReadonlyMap<string, ChangeStory>): void {
  const { versions } = desk;
  const begin = (id: string, status: Status, expiresAtMs: number) => {
    const story = stories.get(id);
    if (story !== undefined) versions.set(id, { story, status, expiresAtMs, yeses: new Map(), end: null });
  };
  const known = versions.get(type === "changeIntended" ? event.change.id : event.changeId);
  if (type === "proposalEdited") begin(event.change.id, "open", known?.expiresAtMs ?? 0);
  if (known !== undefined) {
    const status = type === "changeIntended" ? "intended" : BECOMES[type];
    if (status !== undefined) known.status = status;
    if (status === "over") known.end = type;
    const isYes = type === "proposalApproved" || type === "approvalGiven";
    if (isYes && !known.yeses.has(event.by)) known.yeses.set(event.by, event.atMs);
  }
  if (type === "planned") {
    for (const { id } of event.proposed) begin(id, "open", event.expiresAtMs);
    for (const { id } of event.auto) begin(id, "approved", Number.MAX_SAFE_INTEGER);
  }
  if (type === "restoreApproved") {
    begin(event.change.id, "approved", event.expiresAtMs);
    versions.get(event.change.id)?.yeses.set(event.by, event.atMs);
    desk.rulesOff.set(
      `${event.change.pack}/${event.change.ruleId} ${event.change.holderKey}`,
      event.ruleOffUntilMs,
    );
  }
}

function moveDesk(desk: Desk, { type, event }: Told): void {
  const { alerts, heldOff, questions } = desk;
  switch (type) {
    case "deskChanged":
      desk.settled = event.desk;
      return;
    case "stopped":
    case "resumed":
      desk.stopped = type === "stopped";
      return;
    case "handsOffSet":
      heldOff.set(event.holderKey, event.until);
      return;
    case "handsOffLifted":
      heldOff.delete(event.holderKey);
      return;
    case "questionAsked":
      questions.add(event.questionId);
      return;
    case "questionAnswered":
      questions.delete(event.questionId);
      return;
    case "alertRaised":
      alerts.set(`${event.kind}/${event.subject}`, {
        ...{ raisedAtMs: event.atMs, taken: false, escalated: false },
      });
      return;
    case "alertCleared":
      alerts.delete(event.alertId);
      return;
    case "alertTaken":
    case "alertEscalated": {
      const alert = alerts.get(event.alertId);
      if (alert !== undefined) alert[type === "alertTaken" ? "taken" : "escalated"] = true;
    }
  }
}

function moveMessages({ posted, attempted }: Desk, { type, event }: Told): void {
  if (type === "messageAttempted") attempted.add(event.key);
  if (type === "messagePosted") posted.set(event.key, event.ts);
}

export function personOf({ settled }: Desk, name: string): Body {
  return settled?.people.find((person: Body) => person.name === name) ?? null;
}

/** May say yes at all. */
export function mayAllow(desk: Desk, name: string): boolean {
  const role = personOf(desk, name)?.role;
  return role === "approver" || role === "owner";
}

export function dayOf(atMs: number): string {
  return localDay(atMs, ZONE);
}
