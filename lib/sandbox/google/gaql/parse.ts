/** Google Ads Query Language, as its published grammar has it. Fields are not yet looked up: see `check.ts`. */
import { queryError } from "../google-error.ts";
import { type Token, tokensOf } from "./tokens.ts";

const OPERATORS = [
  "=",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "IN",
  "NOT IN",
  "LIKE",
  "NOT LIKE",
  "CONTAINS ANY",
  "CONTAINS ALL",
  "CONTAINS NONE",
  "IS NULL",
  "IS NOT NULL",
  "DURING",
  "BETWEEN",
  "REGEXP_MATCH",
  "NOT REGEXP_MATCH",
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Condition {
  field: string;
  operator: Operator;
  /** None for `IS NULL`, two for `BETWEEN`, the list's for `IN` and `CONTAINS`. */
  values: readonly string[];
}

export interface Query {
  select: readonly string[];
  from: string;
  where: readonly Condition[];
  orderBy: readonly { field: string; descending: boolean }[];
  limit: number | null;
  parameters: Readonly<Record<string, string>>;
}

/** @throws GoogleError with a query_error. */
export function parseQuery(text: string): Query {
  const cursor = new Cursor(tokensOf(text));
  if (!cursor.takeWord("SELECT")) throw cursor.unexpected("EXPECTED_SELECT", "SELECT");
  const select = fieldList(cursor);
  if (!cursor.takeWord("FROM")) throw cursor.unexpected("EXPECTED_FROM", "FROM");
  const from = cursor.word("BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", "a resource");
  const where: Condition[] = [];
  if (cursor.takeWord("WHERE")) {
    do where.push(condition(cursor));
    while (cursor.takeWord("AND"));
  }
  const orderBy = cursor.takeWord("ORDER") ? orderings(cursor) : [];
  const limit = cursor.takeWord("LIMIT") ? limitOf(cursor) : null;
  const parameters = cursor.takeWord("PARAMETERS") ? parameterList(cursor) : {};
  if (!cursor.atEnd()) throw cursor.unexpected("UNEXPECTED_INPUT", "the end of the query");
  return { select, from, where, orderBy, limit, parameters };
}

class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: "end", text: "" };
  }

  atEnd(): boolean {
    return this.#token.kind === "end";
  }

  /** Keywords may be written in any case. */
  takeWord(keyword: string): boolean {
    return this.#takeIf(this.#token.kind === "word" && this.#token.text.toUpperCase() === keyword);
  }

  takeSymbol(symbol: string): boolean {
    return this.#takeIf(this.#token.kind === "symbol" && this.#token.text === symbol);
  }

  word(code: string, wanted: string): string {
    return this.#take(code, wanted, ["word"]);
  }

  /** A text, a number or, as for enums, a bare word. */
  value(): string {
    return this.#take("BAD_VALUE", "a value", ["word", "text", "number"]);
  }

  symbol(): string {
    return this.#take("BAD_OPERATOR", "an operator", ["symbol"]);
  }

  unexpected(code: string, wanted: string): Error {
    const at = this.atEnd() ? "the end of the query" : `'${this.#token.text}'`;
    const known = this.atEnd() && !code.startsWith("EXPECTED_") ? "UNEXPECTED_END_OF_QUERY" : code;
    return queryError(known, `unexpected ${at}, expected ${wanted}.`);
  }

  #takeIf(fits: boolean): boolean {
    if (fits) this.#at += 1;
    return fits;
  }

  #take(code: string, wanted: string, kinds: readonly Token["kind"][]): string {
    const { kind, text } = this.#token;
    if (!kinds.includes(kind)) throw this.unexpected(code, wanted);
    this.#at += 1;
    return text;
  }
}

function fieldList(cursor: Cursor): string[] {
  const fields: string[] = [];
  do fields.push(cursor.word("BAD_FIELD_NAME", "a field"));
  while (cursor.takeSymbol(","));
  return fields;
}

function condition(cursor: Cursor): Condition {
  const field = cursor.word("BAD_FIELD_NAME", "a field");
  const operator = operatorOf(cursor);
  switch (operator) {
    case "IS NULL":
    case "IS NOT NULL":
      return { field, operator, values: [] };
    case "BETWEEN": {
      const from = cursor.value();
      if (!cursor.takeWord("AND")) throw cursor.unexpected("EXPECTED_AND", "AND");
      return { field, operator, values: [from, cursor.value()] };
    }
    case "IN":
    case "NOT IN":
    case "CONTAINS ANY":
    case "CONTAINS ALL":
    case "CONTAINS NONE":
      return { field, operator, values: valueList(cursor) };
    default:
      return { field, operator, values: [cursor.value()] };
  }
}

function operatorOf(cursor: Cursor): Operator {
  const not = cursor.takeWord("NOT");
  for (const word of ["IN", "LIKE", "REGEXP_MATCH"] as const) {
    if (cursor.takeWord(word)) return not ? `NOT ${word}` : word;
  }
  if (not) throw cursor.unexpected("BAD_OPERATOR", "IN, LIKE or REGEXP_MATCH");
  for (const word of ["DURING", "BETWEEN"] as const) if (cursor.takeWord(word)) return word;
  if (cursor.takeWord("IS")) {
    const negated = cursor.takeWord("NOT");
    if (!cursor.takeWord("NULL")) throw cursor.unexpected("BAD_OPERATOR", "NULL");
    return negated ? "IS NOT NULL" : "IS NULL";
  }
  if (cursor.takeWord("CONTAINS")) {
    for (const word of ["ANY", "ALL", "NONE"] as const) if (cursor.takeWord(word)) return `CONTAINS ${word}`;
    throw cursor.unexpected("BAD_OPERATOR", "ANY, ALL or NONE");
  }
  const symbol = cursor.symbol();
  const operator = OPERATORS.find((known) => known === symbol);
  if (operator === undefined) throw queryError("BAD_OPERATOR", `'${symbol}' is no operator.`);
  return operator;
}

function valueList(cursor: Cursor): string[] {
  if (!cursor.takeSymbol("(")) throw cursor.unexpected("EXPECTED_LIST", "a list");
  if (cursor.takeSymbol(")")) throw queryError("PROHIBITED_EMPTY_LIST_IN_CONDITION", "the list is empty.");
  const values: string[] = [];
  do values.push(cursor.value());
  while (cursor.takeSymbol(","));
  if (!cursor.takeSymbol(")")) throw cursor.unexpected("EXPECTED_LIST", "')'");
  return values;
}

function orderings(cursor: Cursor): { field: string; descending: boolean }[] {
  if (!cursor.takeWord("BY")) throw cursor.unexpected("EXPECTED_BY", "BY");
  const orders: { field: string; descending: boolean }[] = [];
  do {
    const field = cursor.word("BAD_FIELD_NAME", "a field");
    const descending = cursor.takeWord("DESC");
    if (!descending) cursor.takeWord("ASC");
    orders.push({ field, descending });
  } while (cursor.takeSymbol(","));
  return orders;
}

function limitOf(cursor: Cursor): number {
  const text = cursor.value();
  const limit = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(limit)) throw queryError("BAD_LIMIT_VALUE", `'${text}' is no limit.`);
  if (limit < 1) throw queryError("LIMIT_VALUE_TOO_LOW", "the limit must be positive.");
  return limit;
}

function parameterList(cursor: Cursor): Record<string, string> {
  const parameters: Record<string, string> = {};
  do {
    const name = cursor.word("BAD_PARAMETER_NAME", "a parameter");
    if (!cursor.takeSymbol("=")) throw cursor.unexpected("BAD_PARAMETER_VALUE", "'='");
    parameters[name] = cursor.value();
  } while (cursor.takeSymbol(","));
  return parameters;
}
