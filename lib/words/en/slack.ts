/** What somebody is answered in Slack, the dialogs they fill in, and their home, in English. */
export const slack = {
  "slack.change": "{name}: {edit}",
  "slack.button.approve": "Approve",
  "slack.button.approveTo": "Approve {to}",
  "slack.button.edit": "Edit",
  "slack.button.reject": "Reject",
  "slack.button.handsOff": "Hands off",
  "slack.button.restore": "Restore {from}",
  "slack.button.restoreStatus": "Restore",
  "slack.button.takeAlert": "I am on it",
  "slack.button.approveSafe": "Approve all safe ({count})",
  "slack.button.cancel": "Cancel",
  "slack.button.send": "Send",

  "slack.reply.left": "Left as it is: {change} ({reason})",
  "slack.reply.fresh": "Open now instead: {change}. Its card is in the channel.",
  "slack.reply.notAllowed": "You may not answer Palier's proposals. Nothing was changed.",
  "slack.reply.notRecorded":
    "It is NOT certain that your answer was recorded. Please try again in a minute: an answer counts once.",

  "slack.dialog.edit": "Edit the amount",
  "slack.dialog.reject": "Reject",
  "slack.dialog.handsOff": "Hands off",
  "slack.dialog.restore": "Restore",
  "slack.dialog.now": "Now: {from} a day",
  "slack.dialog.proposed": "Proposed: {to} a day ({percent})",
  "slack.dialog.range": "Allowed: {least} to {most}, in steps of {unit}.",
  "slack.dialog.editWhat":
    "Your amount becomes a new version that waits for a yes; the proposed one is dead then. Every limit is checked again.",
  "slack.dialog.amount": "New daily budget, in {currency}",
  "slack.dialog.amountHint": "An amount such as {amount}, or a change such as {percent}.",
  "slack.dialog.reason": "Why",
  "slack.dialog.rejectHint":
    "Shown when the same change comes up again, and counted in the review of the rule.",
  "slack.dialog.until": "Until and including",
  "slack.dialog.handsOffWhat":
    "No rule changes it up to and including that day. What is open for it expires unanswered.",
  "slack.dialog.restoreTo": "It goes back: {edit}.",
  "slack.dialog.restoreRule": "Rule {rule} stays off it for {days}.",
  "slack.dialog.restoreLimits":
    "Ceiling, floor, the night's total of raises and stops bind it like every change.",
  "slack.dialog.restoreLost":
    "What cannot be undone: money spent since, results missed since, and the learning phase, which may begin again.",

  "slack.home.title": "Waiting for an answer",
  "slack.home.none": "Nothing waits for an answer.",
  "slack.home.nobody": "You are on no brand's list of people. An owner adds you to the brand file.",
  "slack.home.role": "You are {role} here.",
  "slack.role.viewer": "viewer",
  "slack.role.approver": "approver",
  "slack.role.owner": "owner",
  "slack.home.until": "until {until}, rule {rule}",
  "slack.more": "and {count} more",
  "slack.home.more": "and {count} more in the channel",
  "slack.stopped": "STOPPED by {by}, {at}",
  "slack.because": "{what}: {reason}",
  "slack.running": "Running: no stop is set.",
  "slack.alert.merAlarm": "MER ALARM",
  "slack.alert.trackingSuspect": "TRACKING SUSPECT",
  "slack.alert.diverged": "LOOK NOW: a budget is not what was asked for",
  "slack.alert.disputed": "RULES JUDGED IN TWO WAYS",
  "slack.alert.missedNight": "NIGHT MISSED",
  "slack.alert.takenBy": "{by} is on it since {at}.",
  "slack.alert.escalated":
    "Nobody took it in time: automatic changes are off, and only proposed, until somebody does.",
  "slack.alert.cleared": "Over since {at}.",
  "slack.alert.open": "Nobody is on it yet.",
  "slack.alert.raised": "Raised {at}.",
  "slack.help":
    "What I know: `status`, `proposals`, `why` and a name, `preview`, `stop` and a reason, `resume`. With several brands in one channel, the brand's id comes first.",
} as const;
