/** What people say to a brand's desk, wherever they say it, and what becomes of it. */
import type { Day } from "../../domain/day.ts";
import type { Message } from "../../domain/figure.ts";
import type { BrandState, Proposal } from "../../domain/state.ts";

/**
 * Who says it. In Slack by member id, on the command line by the name they give. `clickId` names the interaction, which counts
 * once; null on the command line.
 */
export interface Asker {
  via: "slack" | "terminal";
  /** Member id in Slack, name on the command line. */
  id: string;
  clickId: string | null;
  /** Why nothing counts that is said from where they are (another workspace, app, channel or message); null where it does. */
  outside: Message | null;
}

/** `digest`: of the change that was shown (`changeDigest`); null on the command line, where ids are typed. */
export type Answer =
  | { kind: "approve"; changeId: string; digest: string | null }
  | { kind: "approveSafe"; roundId: string }
  | { kind: "reject"; changeId: string; digest: string | null; reason: string | null }
  | { kind: "edit"; changeId: string; digest: string | null; toMicros: bigint }
  /** `changeId` of the applied change. */
  | { kind: "restore"; changeId: string }
  /** `changeId` of any change of the holder. */
  | { kind: "handsOff"; changeId: string; until: Day; reason: string | null }
  | { kind: "liftHandsOff"; holderKey: string }
  | { kind: "takeAlert"; alertId: string }
  | { kind: "stop"; reason: string | null }
  | { kind: "resume" }
  | { kind: "ask"; question: "why" | "preview"; text: string; userId: string; channel: string };

/**
 * `recorded`: this call decided; `needsSecond` where it was the first yes of two, `left` what one yes to all did not reach, `notes`
 * what is to be known of it. `stood`: the same was decided already. `refused`: it cannot be, and `reason` says why; `proposal` is
 * how it stands, and `fresh` the open one for the same holder that took its place, where there is one. `unknown`: nothing has that
 * id. `tellOutcome` says each in one sentence.
 */
export type AnswerOutcome =
  | {
      kind: "recorded";
      state: BrandState;
      proposals: readonly Proposal[];
      needsSecond: boolean;
      left: readonly Left[];
      notes: readonly Message[];
    }
  | { kind: "stood"; state: BrandState; proposals: readonly Proposal[] }
  | {
      kind: "refused";
      state: BrandState;
      reason: Message;
      proposal: Proposal | null;
      fresh: Proposal | null;
    }
  | { kind: "unknown"; state: BrandState };

/** An open proposal that this person's yes to all cannot approve. */
export interface Left {
  proposal: Proposal;
  reason: Message;
}
