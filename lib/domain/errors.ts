/** A value that cannot exist in the domain (malformed amount, impossible day). `code` is stable. */
export class DomainError extends Error {
  override name = "DomainError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
