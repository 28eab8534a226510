/** The port to the file system: text files only, and every failure is a FileError with one clear message. */

export type FileErrorCode =
  | "files.missing"
  | "files.notFolder"
  | "files.noSpace"
  | "files.readOnly"
  | "files.other";

/** A file that could not be read or written. `message` names the path and what to do; `code` is stable. */
export class FileError extends Error {
  override name = "FileError";
  readonly code: FileErrorCode;
  readonly path: string;

  constructor(code: FileErrorCode, path: string, message: string) {
    super(message);
    this.code = code;
    this.path = path;
  }
}

/** Every method throws FileError. Paths are absolute, or relative to the working directory. */
export interface Files {
  /**
   * Of a file longer than `mostBytes` about as much as that, enough to tell that it is too long.
   * @throws FileError `files.missing` when there is no such file.
   */
  readText(path: string, mostBytes?: number): Promise<string>;
  /**
   * Replaces the file's whole content, creating folders as needed: a reader sees the old content or the new, never a part,
   * and the new one survives a power cut once this returns.
   */
  writeAtomic(path: string, text: string): Promise<void>;
  /** Names in the folder, sorted by code unit; empty when the folder does not exist. */
  list(folder: string): Promise<string[]>;
  makeFolder(folder: string): Promise<void>;
  /** Removing what is not there is a no-op. */
  remove(path: string): Promise<void>;
  /** With everything in it. */
  removeFolder(folder: string): Promise<void>;
}

/** Files too large for one text. */
export interface StreamingFiles extends Files {
  /** The file's bytes in order, in pieces of no fixed size; failures are thrown while they are read. @throws FileError */
  readBytes(path: string): AsyncIterable<Uint8Array>;
}
