/** What answering Slack needs, on AWS and on one machine alike. */
import type { BlobStore } from "../../blobs/store.ts";
import type { Lanes } from "../../lanes/port.ts";
import type { Log } from "../../log/log.ts";
import type { LogStore } from "../../log/store.ts";
import type { AnswerPorts } from "../../loop/answers/desk.ts";
import type { Telemetry } from "../aws/telemetry.ts";
import type { SlackCalls } from "./calls.ts";
import type { Directory } from "./directory.ts";

/** What speaks to Slack as the app's bot. */
export interface SlackBot {
  botToken: string;
  /** Of a stand-in's Web API on this machine, with a slash at its end; null: Slack's own. */
  apiUrl: string | null;
}

export interface SlackCredentials extends SlackBot {
  signingSecret: string;
}

export interface SlackParts {
  /** @throws RuntimeError `secret.*`. */
  credentials(): Promise<SlackCredentials>;
  /** A log for one request, with a writer of its own. */
  openLog(): Log;
  store: Pick<LogStore, "controlStops" | "summaries">;
  /** What the tick finds due brands by; null where each is looked after every minute, whatever its row says. */
  rows: Pick<LogStore, "summary" | "putSummary"> | null;
  blobs: Pick<BlobStore, "get">;
  /** The clock of logs: the machine's, or the sandbox world's. */
  clock: AnswerPorts["clock"];
  /** The world's own time, by which requests are signed and people wait. */
  wall: { nowMs(): number; wait(ms: number): Promise<void> };
  lanes: Pick<Lanes, "wake">;
  calls: SlackCalls;
  directory: Directory;
  telemetry: Pick<Telemetry, "info" | "warn" | "error">;
}

/** One request, its signature checked. */
export interface Exchange {
  parts: SlackParts;
  bot: SlackBot;
  log: Log;
}

export function answerPorts({ parts, log }: Exchange): AnswerPorts {
  const { blobs, clock, store } = parts;
  return { log, blobs, clock, stops: async () => await store.controlStops() };
}
