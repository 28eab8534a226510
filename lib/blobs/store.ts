/** The port for snapshots, plans and evidence, stored by the hash of their canonical JSON. */
export interface BlobStore {
  /** Stores `text` under its SHA-256, durably before returning; storing twice is a no-op. Returns the hash. */
  put(text: string): Promise<string>;
  /** The text whose hash is `hash`. @throws BlobError `blob.missing`, or `blob.corrupt` when the content does not match. */
  get(hash: string): Promise<string>;
}
