/** The review of a period, and answers to questions, in English. */
export const slackReview = {
  "review.title": "{brand}, review of {from} to {to}",
  "review.nights": "{planned} {planned:night|nights} decided, {missed} missed.",
  "review.cac": "Cost of a new customer",
  "review.rules": "Rules",
  "review.rule":
    "{rule} ({pack}), owner {owner}: {proposed} proposed, {approved} approved, {edited} edited, {rejected} rejected, {expired} expired, {applied} applied, {restored} taken back",
  "review.worth": "{paid} paid, {cost} cost",
  "review.reason": "rejected because: {reason}",
  "review.noRules": "No rule asked for anything.",

  "slack.outcome.proposed": "proposed",
  "slack.outcome.auto": "without asking",
  "slack.outcome.shadow": "only watched",
  "slack.outcome.blocked": "blocked",
  "why.title": "Why {asked}",
  "why.nothing": "Nothing in the last plan is called that. A part of the name is enough.",
  "why.noPlan": "No night has been planned yet.",
  "why.of": "As of the night of {day}:",
  "why.matched": "{rule}: applies. {conditions}",
  "why.notMatched": "{rule}: does not apply. {conditions}",
  "why.noData": "{rule}: not known. {conditions}",
  "why.noRule": "No rule looks at it.",
  "why.more": "and {count} more {count:thing|things} of that name",
  "preview.title": "Preview: {title}",
  "preview.nothing": "Nothing was logged, nothing is asked, nothing is changed.",
} as const;
