/** A fake Slack, and what it knows of Block Kit. */
export { MAX_TEXTS_IN_MESSAGE, messageProblems, textsTooLong, viewProblems } from "./block-kit.ts";
export { textTraps } from "./mrkdwn.ts";
