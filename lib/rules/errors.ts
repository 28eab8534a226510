/** A fault while rules are evaluated: never missing data, which is an ordinary answer. `code` is stable. */
export class RuleError extends Error {
  override name = "RuleError";
  readonly code: "rules.badReading" | "rules.engine";

  constructor(code: "rules.badReading" | "rules.engine", message: string) {
    super(message);
    this.code = code;
  }
}
