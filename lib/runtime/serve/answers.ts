/** Slack's requests answered over the logs of one machine. */
import { setTimeout as sleep } from "node:timers/promises";
import { answerSlack } from "../slack/answer.ts";
import { slackCalls } from "../slack/calls.ts";
import { openDirectory } from "../slack/directory.ts";
import type { SlackParts } from "../slack/parts.ts";
import { blobsAt, logAt, type Place } from "../workspace.ts";
import { type Listening, listen } from "./http.ts";
import type { SlackConnection } from "./slack.ts";

export interface AnswersOptions {
  /** 0: any free one. */
  port: number;
  lanes: SlackParts["lanes"];
  telemetry: SlackParts["telemetry"];
}

/** @throws RuntimeError `serve.portTaken`. */
export async function listenForSlack(
  place: Place,
  { credentials }: Pick<SlackConnection, "credentials">,
  { port, lanes, telemetry }: AnswersOptions,
): Promise<Listening> {
  const { store, clock } = place;
  // Answers fence nothing off, so one writer serves them all, and each reads only what is new in the log.
  const log = logAt(place);
  const parts: SlackParts = {
    credentials: async () => credentials,
    openLog: () => log,
    ...{ store, clock, lanes, telemetry },
    rows: null,
    blobs: blobsAt(place),
    wall: { nowMs: Date.now, wait: async (ms) => await sleep(ms) },
    calls: slackCalls(),
    directory: openDirectory(),
  };
  return await listen(port, async (request) => await answerSlack(parts, request));
}
