import { describe, expect, it } from "vitest";
import type { BrandState } from "../../lib/domain/state.ts";
import { LogError } from "../../lib/log/errors.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import { anEditedChange, approvalGiven, deskChanged, proposalEdited } from "../support/desk-events.ts";
import { fold, proposed } from "../support/fold.ts";
import {
  aChange,
  aDesk,
  changeIntended,
  EXPIRES_AT_MS,
  proposalApproved,
  proposalExpired,
  proposalRejected,
  proposalSuperseded,
} from "../support/log.ts";

/** Lengths of all orders that are tried. What is refused changes nothing, so nothing is tried behind it. */
const LONGEST = 5;
const VERSIONS = [1, 2, 3];

type Person = "lea" | "eva";
type Act = "firstYes" | "approve" | "approveLate" | "reject" | "edit" | "expire" | "supersede" | "intend";

interface Move {
  act: Act;
  /** Whom it is by where it is somebody's. */
  by: Person;
  /** Number of the version that it is about. */
  version: number;
}

const ACTS_OF_PEOPLE = ["firstYes", "approve", "approveLate", "reject", "edit", "intend"] as const;
const MOVES: readonly Move[] = VERSIONS.flatMap((version) => [
  ...ACTS_OF_PEOPLE.flatMap((act) => (["lea", "eva"] as const).map((by): Move => ({ act, by, version }))),
  { act: "expire", by: "lea", version },
  { act: "supersede", by: "lea", version },
]);

/** What must become of a proposal, told as plainly as it can be, beside the fold and without any of its code. */
interface Version {
  status: string;
  yeses: readonly Person[];
  approvedBy: Person | null;
  intended: boolean;
}
type Model = readonly Version[];

const OPEN: Version = { status: "open", yeses: [], approvedBy: null, intended: false };
const ENDS: Partial<Record<Act, string>> = { reject: "rejected", expire: "expired", supersede: "superseded" };

/** The model after the move; null where it must be refused. */
function expected(model: Model, { act, by, version }: Move, eyes: 2 | 4): Model | null {
  const one = model[version - 1];
  if (one === undefined) return null;
  const becomes = (next: Version, ...more: Version[]) => [...model.with(version - 1, next), ...more];
  if (one.status === "approved") {
    if (act === "supersede" && !one.intended) return becomes({ ...one, status: "superseded" });
    const mayIntend = act === "intend" && !one.intended && one.approvedBy === by;
    return mayIntend ? becomes({ ...one, intended: true }) : null;
  }
  if (one.status !== "open") return null;
  const end = ENDS[act];
  if (end !== undefined) return becomes({ ...one, status: end });
  if (act === "edit") return becomes({ ...one, status: "edited" }, OPEN);
  if (act === "firstYes")
    return one.yeses.includes(by) ? null : becomes({ ...one, yeses: [...one.yeses, by] });
  const isEnough = eyes === 2 || one.yeses.some((other) => other !== by);
  return act === "approve" && isEnough ? becomes({ ...one, status: "approved", approvedBy: by }) : null;
}

function idOf(version: number): string {
  return `atelier-lune-20260311-${version}`;
}

function eventOf({ act, by, version }: Move, versions: number): LogEvent {
  const changeId = idOf(version);
  switch (act) {
    case "firstYes":
      return approvalGiven({ changeId, by });
    case "approve":
      return proposalApproved({ changeId, by });
    case "approveLate":
      return proposalApproved({ changeId, by, atMs: EXPIRES_AT_MS });
    case "reject":
      return proposalRejected({ changeId, by });
    case "edit":
      return proposalEdited({ changeId, by, change: anEditedChange({ id: idOf(versions + 1) }) });
    case "expire":
      return proposalExpired({ changeId });
    case "supersede":
      return proposalSuperseded({ changeId });
    case "intend": {
      const change = version === 1 ? aChange() : anEditedChange({ id: changeId });
      return changeIntended({ change, allowedBy: `approval:${by}` });
    }
  }
}

/** The state after the event; null where the log refuses it. */
function folded(state: BrandState, event: LogEvent): BrandState | null {
  try {
    return fold([event], state);
  } catch (error) {
    if (error instanceof LogError && error.code === "log.illegal") return null;
    throw error;
  }
}

/** Tries every move in every order, and says how many orders ended in which statuses. */
function tryAll(eyes: 2 | 4): { tried: number; endings: Set<string> } {
  const seen = { tried: 0, endings: new Set<string>() };
  const follow = (state: BrandState, model: Model, path: readonly Move[]): void => {
    const statuses = Object.values(state.proposals).map(({ status }) => status);
    const told = JSON.stringify(path.map(({ act, by, version }) => `${act} ${version} ${by}`));
    expect(statuses, told).toEqual(model.map(({ status }) => status));
    expect(statuses.filter((status) => status === "open" || status === "approved").length, told).toBeLessThan(
      2,
    );
    expect(Object.keys(state.intents), told).toEqual(
      model.flatMap(({ intended }, index) => (intended ? [idOf(index + 1)] : [])),
    );
    expect(Object.keys(state.intents).length, told).toBeLessThan(2);
    seen.endings.add(statuses.join(" "));
    if (path.length === LONGEST) return;
    for (const move of MOVES) {
      seen.tried += 1;
      const after = expected(model, move, eyes);
      const next = folded(state, eventOf(move, model.length));
      if (after === null || next === null) {
        expect(next === null, `${told} then ${JSON.stringify(move)}`).toBe(after === null);
      } else follow(next, after, [...path, move]);
    }
  };
  const limits = { fourEyesAboveMicros: eyes === 4 ? 1_000_000n : null };
  follow(fold([...proposed, deskChanged({ desk: aDesk(limits) })]), [OPEN], []);
  return seen;
}

describe("lib/log/fold, all orders of two people's answers", () => {
  it.each([[2], [4]] as const)(
    "gives every version one end and never two that live, with %i eyes",
    (eyes) => {
      const { tried, endings } = tryAll(eyes);
      expect(tried).toBeGreaterThan(5000);
      for (const ending of ["rejected", "expired", "superseded", "edited approved", "edited edited rejected"])
        expect(endings).toContain(ending);
    },
  );
});
