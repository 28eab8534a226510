/** A sentence that cannot be made: an unknown key or a figure the sentence needs and was not given. `code` is stable. */
export class WordsError extends Error {
  override name = "WordsError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
