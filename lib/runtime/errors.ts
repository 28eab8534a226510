/** A service that another process claims and that does not answer. `code` is stable. */
export class OwnerError extends Error {
  override name = "OwnerError";
  readonly code = "owner.silent";
}
