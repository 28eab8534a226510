/** What a click in Slack is answered with, in English. */
export const slack = {
  "slack.approved":
    "{id} is approved. Palier checks every limit again, reads the budget live, then makes the change once.",
  "slack.rejected": "{id} is rejected. Nothing is changed.",
  "slack.approvedAlready": "{id} was approved already by {by}, {at}. This click changed nothing.",
  "slack.rejectedAlready": "{id} was rejected already by {by}, {at}. This click changed nothing.",
  "slack.expired": "{id} expired, {at}: silence is a no. Nothing was changed.",
  "slack.superseded": "{id} was overtaken by a newer plan, or a limit forbids it now. Nothing was changed.",
  "slack.stopped": "{id} is not approved: {reason}",
  "slack.unknown": "There is no proposal {id}. Nothing was changed.",
  "slack.notAllowed": "You may not answer Palier's proposals. Nothing was recorded.",
  "slack.notRecorded":
    "It is NOT certain that your answer to {id} was recorded. Please click again in a minute: an answer counts once.",
} as const;
