/** Keys of the sentences that the loop leaves in the log, with the figures each carries. */
export const loopMessageKeys = {
  "loop.accountFailed": ["account", "detail"],
  "loop.accountNotFetched": ["account"],
  "loop.changedMeanwhile": ["status", "budget"],
  "loop.diverged": ["status", "budget"],
  "loop.newerPlan": ["round"],
  "loop.noEffect": ["attempt"],
  "loop.platformRefused": ["code", "detail"],
  "loop.reverted": ["status", "budget"],
  "loop.revertedAfterYes": ["status", "budget"],
  "loop.sendsUsedUp": ["sends"],
  "loop.stepFailed": ["detail"],
  "loop.tooLate": [],
  "loop.tooSlow": [],
  "loop.wouldBeRefused": ["code", "detail"],
} as const satisfies Record<string, readonly string[]>;
