/** Cuts a query into words, texts, numbers and symbols. */
import { queryError } from "../google-error.ts";

export interface Token {
  kind: "word" | "text" | "number" | "symbol" | "end";
  /** As written; of a text, without its quotes and escapes. */
  text: string;
}

/** A query is as long as the longest body that the API takes, at most. */
const MAX_QUERY_LENGTH = 1_000_000;

const SPACE = /\s+/y;
const WORD = /[a-zA-Z][\w.]*/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const SYMBOL = /!=|<=|>=|[=<>(),*]/y;
const QUOTED = /(["'])((?:\\.|(?!\1)[^\\\n])*)\1/y;

/** @throws GoogleError BAD_SYMBOL, STRING_NOT_TERMINATED. */
export function tokensOf(query: string): Token[] {
  if (query.length > MAX_QUERY_LENGTH) throw queryError("QUERY_ERROR", "the query is too long.");
  const tokens: Token[] = [];
  let at = 0;
  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match !== null) at = pattern.lastIndex;
    return match;
  }
  while (at < query.length) {
    if (take(SPACE) !== null) continue;
    const word = take(WORD);
    const quoted = word === null ? take(QUOTED) : null;
    const number = word === null && quoted === null ? take(NUMBER) : null;
    const symbol = word === null && quoted === null && number === null ? take(SYMBOL) : null;
    if (word !== null) tokens.push({ kind: "word", text: word[0] });
    else if (quoted !== null) tokens.push({ kind: "text", text: unescaped(quoted[2] ?? "") });
    else if (number !== null) tokens.push({ kind: "number", text: number[0] });
    else if (symbol !== null) tokens.push({ kind: "symbol", text: symbol[0] });
    else if (/["']/.test(query.charAt(at)))
      throw queryError("STRING_NOT_TERMINATED", `unterminated string at ${query.slice(at, at + 20)}.`);
    else throw queryError("BAD_SYMBOL", `unexpected symbol '${query.charAt(at)}'.`);
  }
  return [...tokens, { kind: "end", text: "" }];
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => {
    if (!/["'\\]/.test(letter)) throw queryError("BAD_ESCAPE_SEQUENCE", `unknown escape \\${letter}.`);
    return letter;
  });
}
