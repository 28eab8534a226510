/** Why somebody must look, in English. */
export const alerts = {
  "loop.alert.disputed":
    "The two executors of rules judged these rules differently: {rules}. Their changes are blocked and their holds hold. Put the rules into shadow and report the plan.",
  "loop.alert.diverged":
    "{name}: the platform ended up with something else than what was asked for. Look at it in the ads manager.",
  "loop.alert.merAlarm": "MER is {mer}, below its alarm of {alarm}",
  "loop.alert.missedNight":
    "The night of {day} passed without a decision. Nothing was proposed and nothing was changed.",
  "loop.alert.revenue": "Revenue of the last 7 days",
  "loop.alert.spend": "Spend of the last 7 days",
  "loop.alert.unknownOutcome":
    "{name}: a change was sent, and nobody could read what became of it. Look at it in the ads manager.",
} as const;
