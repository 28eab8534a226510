/** A wake-up that may not have reached its queue. The next tick wakes the brand again; `code` is stable. */
export class LaneError extends Error {
  override name = "LaneError";
  readonly code = "lane.failed";
}
