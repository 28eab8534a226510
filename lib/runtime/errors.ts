/** A service that another process claims and that does not answer. `code` is stable. */
export class OwnerError extends Error {
  override name = "OwnerError";
  readonly code = "owner.silent";
}

/** Something that the machine or its set-up lacks. `code` is stable, the message says what to do. */
export class RuntimeError extends Error {
  override name = "RuntimeError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
