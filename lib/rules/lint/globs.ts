/** A text that several globs fit at once. */

/** Steps tried at most; globs that need more are told apart by nobody either. */
const MAX_STEPS = 20_000;

/** Null where no text fits all of them, or none was found in time. Letter case does not matter, as in scopes. */
export function commonText(globs: readonly string[]): string | null {
  const patterns = globs.map((glob) => [...glob.normalize("NFC")]);
  const seen = new Set<string>();
  const search = (at: readonly number[]): string | null => {
    if (at.every((position, index) => position === patterns[index]?.length)) return "";
    if (seen.has(at.join()) || seen.size > MAX_STEPS) return null;
    seen.add(at.join());
    for (const [index, position] of at.entries()) {
      if (patterns[index]?.[position] !== "*") continue;
      const found = search(at.with(index, position + 1));
      if (found !== null) return found;
    }
    const letters = at.map((position, index) => patterns[index]?.[position]);
    const exact = letters.filter((letter) => letter !== "*" && letter !== "?");
    if (letters.every((letter) => letter === "*") || letters.includes(undefined)) return null;
    if (new Set(exact.map((letter) => letter?.toLowerCase())).size > 1) return null;
    const rest = search(at.map((position, index) => (letters[index] === "*" ? position : position + 1)));
    return rest === null ? null : (exact[0] ?? "x") + rest;
  };
  return search(patterns.map(() => 0));
}
