/** Every sentence in English. Its keys are the catalogue's keys. */

import { alerts } from "./alerts.ts";
import { answers } from "./answers.ts";
import { dataset } from "./dataset.ts";
import { digest } from "./digest.ts";
import { explain } from "./explain.ts";
import { facts } from "./facts.ts";
import { figures } from "./figures.ts";
import { guardrails } from "./guardrails.ts";
import { lint } from "./lint.ts";
import { log } from "./log.ts";
import { reasons } from "./reasons.ts";
import { report } from "./report.ts";
import { settings } from "./settings.ts";
import { slack } from "./slack.ts";
import { slackInbound } from "./slack-inbound.ts";
import { slackNight } from "./slack-night.ts";
import { slackReview } from "./slack-review.ts";

export const en = {
  ...alerts,
  ...answers,
  ...dataset,
  ...figures,
  ...digest,
  ...explain,
  ...facts,
  ...guardrails,
  ...reasons,
  ...report,
  ...settings,
  ...lint,
  ...log,
  ...slack,
  ...slackInbound,
  ...slackNight,
  ...slackReview,
};
