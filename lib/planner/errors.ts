/** A plan that cannot be made from what was given. `code` is stable. */
export class PlannerError extends Error {
  override name = "PlannerError";
  readonly code: "planner.unknownPlatform" | "planner.unknownAccount" | "planner.unknownRule";

  constructor(code: PlannerError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
