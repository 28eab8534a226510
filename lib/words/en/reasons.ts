/** Sentences that metrics, planner and loop leave as keys, in English. They stand alone and without a full stop. */
export const reasons = {
  "noData.accountMissing": "account {account} could not be fetched",
  "noData.levelNotFetched": "account {account} was not fetched at the level {level}",
  "noData.campaignUnclear": "campaign {campaign} of the shared budget is out of sight or has two",
  "noData.outsideCoverage": "{from} to {to} leaves the days fetched ({coveredFrom} to {coveredTo})",
  "noData.notTiled": "a row of several days reaches over an end of {from} to {to}",
  "noData.notDaily": "its rows cover several days each, and this looks at single days",
  "noData.notAdditive": "{figure} of several rows must not be added: only a window that is one row has it",
  "noData.figureMissing": "the source does not report {figure} on {day}",
  "noData.countedOtherwise": "account {account} does not count conversions {countedOn}",
  "noData.noConversions": "no conversion in these days",
  "noData.noSpend": "nothing spent in these days",
  "noData.noImpressions": "no impression in these days",
  "noData.noReach": "nobody reached in these days",
  "noData.noClicks": "no click in these days",
  "noData.noLinkClicks": "no link click in these days",
  "noData.noShop": "the brand has no shop figures",
  "noData.noShopDays": "the shop lacks {missing}, the first is {firstMissing}",
  "noData.shopFigureMissing": "the shop does not report {figure} on {day}",
  "noData.sourceMissing": "the shop does not say what {channel} brought on {day}",
  "noData.channelUnknown": "the brand has no account on {channel}",
  "noData.sumTooLarge": "the sum is too large to be exact ({figure})",
  "noData.noRevenue": "no revenue in these days",
  "noData.noOrders": "no order in these days",
  "noData.noNewCustomers": "no new customer in these days",
  "noData.noSessions": "no session in these days",
  "noData.noQualifiedLeads": "no qualified lead in these days",
  "noData.marginUnknown":
    "the shop does not report product cost and fees, and the brand file sets no contributionMargin",
  "noData.spendNotRaised": "daily spend changed by {rise}, a rise of {need} needed",
  "noData.tooFewDays": "{have} of the {need} it takes",
  "noData.tooFewConversions": "{have} of the {need} conversions it takes",
  "noData.parameterUnset": "the brand file sets no {name} for it",
  "noData.parameterDiffers": "the campaigns it feeds differ in {name}",
  "noData.marginOutOfRange":
    "margin {contributionMargin} and wanted profit {wantedProfit} leave nothing to pay for advertising",
  "noData.stageUnknown": "the brand has no stage {stage}",
  "noData.bandUnset": "the brand sets no band for stage {stage}",
  "noData.noStage": "it is in no stage",
  "noData.notReported": "the platform does not report {fact}",
  "noData.noDailyBudget": "it has no daily budget",
  "noData.noBudget": "it owns no budget",
  "noData.noKnownChange": "no change is known",
  "noData.notAtThisLevel": "{fact} does not exist at the level {level}",
  "stable.overDispersed": "days scatter too much: phi {phi}, at most {limit}",
  "stable.halvesDiffer": "the halves differ: z {zSplit}, within {limit}",
  "stable.worsening": "results are worsening: CUSUM {cusum}, alarm at {limit}",

  "guardrail.conflict.blocked": "rule {rule} decides for this holder tonight",
  "guardrail.stop.blocked": "stopped for {scope} by {by} since {since}",
  "guardrail.newRule.degraded": "only watched: the rule has been watched for {nights} of {needed}",
  "guardrail.mode.degraded": "the brand's mode is {mode}",
  "guardrail.nightWindow.degraded": "asked for instead of applied: it is not between {from} and {to}",
  "guardrail.missingAccount.blocked":
    "account {account} could not be fetched: MER and shares are unknown, so nothing is raised",
  "guardrail.partialData.blocked":
    "account {account} covers days up to {coveredTo} only, so nothing is raised",
  "guardrail.hold.blocked": "on hold by rule {rule}",
  "guardrail.inactive.blocked": "not delivering ({status})",
  "guardrail.lifetimeBudget.blocked": "it has a lifetime budget, which is never changed",
  "guardrail.specialBudget.blocked": "its budget is of a special kind ({kind}), which is never changed",
  "guardrail.foreignEdit.blocked":
    "{by} ({via}) changed it on {at}; it is left alone for {hours}, until {until}",
  "guardrail.historyUnknown.blocked": "account {account}: {why}, so nothing is raised",
  "guardrail.historyUnknown.degraded": "asked for instead of applied: account {account}: {why}",
  "guardrail.budgetSchedule.blocked": "a scheduled budget is running on the platform",
  "guardrail.learning.blocked": "still in the learning phase",
  "guardrail.unknownLearning.blocked":
    "its learning phase is unknown; since its last edit: {days}, {needed} needed",
  "guardrail.unknownLearning.degraded": "asked for instead of applied: its learning phase is unknown",
  "guardrail.stageBand.blocked": "stage {stage} takes {share} of spend, above its band of {limit}",
  "guardrail.unsettled.blocked": "{settled} of the conversions of {window} have arrived, {limit} needed",
  "guardrail.evidence.blocked":
    "{conversions} conversions and a probability of {probability}; {minConversions} and {minProbability} needed",
  "guardrail.evidence.degraded":
    "asked for instead of applied: {conversions} conversions and a probability of {probability}; {minConversions} and {minProbability} needed",
  "guardrail.cooldown.blocked": "changed {nights} ago, rests for {needed}",
  "guardrail.ruleCooldown.blocked": "changed by this rule {nights} ago, which waits {needed}",
  "guardrail.heldOff.blocked": "{by} keeps hands off it, up to and including {until}",
  "guardrail.ruleOff.blocked":
    "{by} took this rule's last change of it back; the rule stays off it until {until}",
  "guardrail.rejected.blocked":
    "{by} rejected this on {at} ({reason}); it is not asked again before {until}, unless its evidence moves by {limit}",
  "guardrail.rejected.degraded":
    "asked for instead of applied: {by} rejected this on {at}, and its evidence has moved since",
  "guardrail.trackingSuspect.blocked":
    "the tracking of {account} has been suspect since {since}: nothing is raised, and nothing else is done there",
  "guardrail.unansweredAlert.degraded":
    "asked for instead of applied: nobody has answered the alert since {since} ({alert})",
  "guardrail.noticeMissing.degraded":
    "asked for instead of applied: the notice of this night did not reach the channel",
  "guardrail.disputed.blocked":
    "the two executors of rules disagree about this rule tonight, so nothing is done by it",
  "guardrail.sharedBudget.blocked": "a shared budget cannot be paused, only its campaigns can",
  "guardrail.onePerHolder.blocked": "already changed tonight by rule {rule}",
  "guardrail.step.clamped": "one step is at most {limit}: {value} becomes {to}",
  "guardrail.step.blocked": "one step is at most {limit}",
  "guardrail.anchor.clamped":
    "at most {multiple} x the budget of {nights} ago ({anchor}): {value} becomes {to}",
  "guardrail.anchor.blocked": "already at {multiple} x the budget of {nights} ago ({anchor})",
  "guardrail.floor.clamped": "not under the lowest budget {limit}: {value} becomes {to}",
  "guardrail.floor.blocked": "already at the lowest budget {limit}",
  "guardrail.ceiling.clamped": "not over the highest budget {limit}: {value} becomes {to}",
  "guardrail.ceiling.blocked": "already at the highest budget {limit}",
  "guardrail.rounding.clamped": "the platform stores steps of {unit}: {value} becomes {to}",
  "guardrail.tolerance.blocked": "only {percent} would be left, changes under {limit} are not made",
  "guardrail.nightlyRaises.clamped":
    "raises of one night are at most {limit} of all budgets ({allowance}, {used} used): {value} becomes {to}",
  "guardrail.nightlyRaises.blocked":
    "raises of one night are at most {limit} of all budgets ({allowance}, {used} used)",
  "guardrail.pausesPerNight.blocked": "{pauses} {pauses:pause|pauses} tonight already, at most {limit}",
  "guardrail.writesPerRun.blocked": "{writes} {writes:change|changes} tonight already, at most {limit}",
  "guardrail.changesPerHour.blocked":
    "{changes} {changes:change|changes} of it within the hour, at most {limit}",
  "guardrail.blastRadius.blocked":
    "the whole plan is refused, it touches too many holders ({holders} of {active})",
  "refused.blastRadius":
    "it would touch {holders} of {active} active budget holders, over {limit} and over {limitHolders}; look at rules and data",
  "recheck.notInPlan": "it is not in its plan as it stands",
  "recheck.expired": "the proposal expired {expired}",
  "recheck.tooMuch": "limit {guardrail} now allows {to} instead of {value}",
  "recheck.modeStricter": "limit {guardrail} no longer lets it be made without asking",
  "recheck.notBound": "account {account} is not the brand's any more",
  "recheck.otherCurrency": "its amounts are in {currency}, which is not the brand's currency any more",
  "recheck.handsOff": "the brand file keeps hands off it, by {by}",
  "recheck.ruleWithdrawn": "rule {rule} is not in force any more",
  "recheck.ruleStricter": "rule {rule} only has the mode {mode} now",
  "recheck.notApplied": "what was to be taken back does not stand as it was applied",
  "missing.account": "Account {account} could not be fetched: whatever needs it is unknown",
  "missing.history":
    "Account {account}: {why}. Whether others changed its budgets is unknown, so nothing in it is raised",
  "missing.stageUnclear":
    "Campaign {campaign} fits more than one stage ({stages}) and counts as in none: make the stages' patterns exclude each other",
  "missing.shop": "No shop figures: revenue, MER and whatever needs them are unknown",

  "loop.accountFailed": "account {account}: {detail}",
  "loop.accountNotFetched": "account {account} was not fetched before the night's end",
  "loop.changedMeanwhile": "somebody changed it meanwhile: now {status}, budget {budget}",
  "loop.diverged": "the platform holds {status}, budget {budget}",
  "loop.newerPlan": "the plan of round {round} replaces it",
  "loop.noEffect": "attempt {attempt} had no effect on the platform",
  "loop.platformRefused": "the platform refused: {detail} ({code})",
  "loop.reverted":
    "the platform's history shows the new value, and the old one stands again: {status}, {budget} a day; somebody set it back",
  "loop.revertedAfterYes":
    "the platform said yes, and the old value stands again: {status}, {budget} a day; somebody must have set it back",
  "loop.sendsUsedUp": "sent {sends} times without effect, which is the most",
  "loop.stepFailed": "it could not be done now: {detail}",
  "loop.tooLate": "what allowed the change has run out; it was not sent",
  "loop.tooSlow": "too much time passed between the log and the call, so the call was not made",
  "loop.wouldBeRefused": "asked beforehand, the platform would refuse: {detail} ({code})",
} as const;
