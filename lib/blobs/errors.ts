export type BlobErrorCode = "blob.corrupt" | "blob.missing" | "blob.unreachable";

/** A snapshot, plan or evidence that the store cannot give or take. */
export class BlobError extends Error {
  override name = "BlobError";
  readonly code: BlobErrorCode;
  readonly hash: string;

  constructor(code: BlobErrorCode, hash: string, message: string) {
    super(message);
    this.code = code;
    this.hash = hash;
  }
}
