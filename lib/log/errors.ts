/** Failures of the log and of the table behind it. Messages name brand and position; codes are stable. */

export type LogErrorCode =
  | "log.contended"
  | "log.illegal"
  | "log.malformed"
  | "log.tampered"
  | "log.tooLarge"
  | "log.truncated"
  | "log.unknownEvent";

/** The log cannot be followed or extended; whoever gets this acts on nothing. */
export class LogError extends Error {
  override name = "LogError";
  readonly code: LogErrorCode;
  readonly brand: string;
  readonly position: number;

  constructor(code: LogErrorCode, brand: string, position: number, detail: string) {
    super(`log of ${brand}, position ${position}: ${detail}`);
    this.code = code;
    this.brand = brand;
    this.position = position;
  }
}

export type StoreErrorCode = "store.failed" | "store.malformed" | "store.missingTable" | "store.unreachable";

/** The table did not do what was asked. After `store.unreachable` the outcome of a write is unknown. */
export class StoreError extends Error {
  override name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
