/** A fake Slack, and what it knows of Block Kit. */
export { messageProblems, textsTooLong, viewProblems } from "./block-kit.ts";
export {
  deliver,
  prepareClick,
  prepareCommand,
  prepareHomeOpened,
  prepareSubmit,
  signatureOf,
  verifyUrl,
} from "./deliver.ts";
export { drawBlocks, drawMessage, drawPage } from "./draw.ts";
export { textTraps } from "./mrkdwn.ts";
export { pageCss } from "./page.ts";
export { type RunningSlack, type SlackOptions, serveSlack } from "./server.ts";
export type { Person } from "./store.ts";
