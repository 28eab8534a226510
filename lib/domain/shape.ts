/**
 * The shape of files that people write: strict zod schemas that also know the words people type instead and the words that
 * are not built yet, and their problems in our form.
 */
import { z } from "zod";
import { closest } from "./closest.ts";
import { type JsonFile, type JsonPath, pathText, shorten, valueAt } from "./json-file.ts";
import type { ConfigProblem } from "./problem.ts";
import { TYPE_WORDS, typeFix } from "./type-fix.ts";

/**
 * `notYet` belongs to the language but is not built; `instead` maps what people type to the word of the language; `example`
 * is a value as JSON text, told where one of the wrong type stands or none at all; `docs` says what each word of a closed list
 * means; `listedBy` says what the known words are and where they stand, for so many that a list hides what is wrong.
 */
export interface Words {
  notYet?: readonly string[];
  instead?: Readonly<Record<string, string>>;
  example?: string;
  docs?: Readonly<Record<string, string>>;
  listedBy?: string;
}

const knownWords = z.registry<Words>();

export function wordsOf(schema: z.core.$ZodType): Words {
  return knownWords.get(schema as z.ZodType) ?? {};
}

export function strictShape<Shape extends z.ZodRawShape>(shape: Shape, words: Words = {}) {
  return z.strictObject(shape).register(knownWords, words);
}

export function oneOf<const Values extends readonly [string, ...string[]]>(
  values: Values,
  words: Words = {},
) {
  return z.enum(values).register(knownWords, words);
}

/** Attaches words to a schema of any other kind; those of a discriminated union are for its discriminator. */
export function withWords<Schema extends z.ZodType>(schema: Schema, words: Words): Schema {
  knownWords.add(schema, words);
  return schema;
}

/** Options of a refinement, so that its problem says what is allowed and how to mend it. */
export function must(
  allowed: string,
  fix: string,
): { error: string; params: { allowed: string; fix: string } } {
  return { error: allowed, params: { allowed, fix } };
}

export type Checked<Value> = { ok: true; value: Value } | { ok: false; problems: ConfigProblem[] };

/**
 * Checks the value at `path` of a file against a schema: the parsed value, or every problem at once. `kind` begins each
 * problem's code ("rule.unknownKey").
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  json: JsonFile,
  path: JsonPath,
  kind: string,
): Checked<z.infer<Schema>> {
  const result = schema.safeParse(valueAt(json.value, path));
  if (result.success) return { ok: true, value: result.data };
  const report = reporter(json, kind);
  const problems = result.error.issues.flatMap((issue) => problemsOf(issue, schema, path, json, report));
  return { ok: false, problems: inFileOrder(problems) };
}

/** Top to bottom, as a person mends a file; within a line in the order found. */
export function inFileOrder(problems: readonly ConfigProblem[]): ConfigProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What a problem says of itself; the reporter adds file, line and path. */
export interface Complaint {
  code: string;
  found?: string;
  allowed: string;
  fix: string;
}

export type Reporter = (path: JsonPath, complaint: Complaint) => ConfigProblem;

export function reporter(json: JsonFile, kind: string): Reporter {
  return (path, { code, found, allowed, fix }) => ({
    code: `${kind}.${code}`,
    file: json.file,
    line: json.lineAt(path),
    path: pathText(path),
    found: found ?? shorten(valueAt(json.value, path)),
    allowed,
    fix,
  });
}

/** The complaint about a word that is not among the known ones: not built yet, another word, a slip, or simply unknown. */
export function unknownWord(
  code: string,
  word: unknown,
  known: readonly string[],
  words: Words = {},
): Complaint {
  const text = typeof word === "string" ? word : "";
  const allowed = words.listedBy ?? known.join(", ");
  if (words.notYet?.includes(text) === true) {
    return {
      code: "notSupportedYet",
      allowed: allowed === "" ? "nothing yet" : allowed,
      fix: `"${text}" is not supported yet: remove it`,
    };
  }
  const better = insteadOf(text, words.instead ?? {});
  if (better !== undefined) return { code, allowed, fix: `write ${better}` };
  const near = closest(text, known);
  if (near !== null) return { code, allowed, fix: `did you mean "${near}"?` };
  if (known.length === 0)
    return { code, allowed: "nothing here", fix: `remove "${text}": there is nothing to name` };
  return { code, allowed, fix: words.listedBy === undefined ? `use one of: ${allowed}` : "use one of those" };
}

/** Other tools' words, however they spell them: "Amount spent", amount_spent and AMOUNT_SPENT are amountSpent. */
export function insteadOf(text: string, instead: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(instead, text)) return instead[text];
  const bare = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, "");
  const same = bare(text) === "" ? undefined : Object.keys(instead).find((word) => bare(word) === bare(text));
  return same === undefined ? undefined : instead[same];
}

type Issue = z.core.$ZodIssue;

function problemsOf(
  issue: Issue,
  schema: z.ZodType,
  base: JsonPath,
  json: JsonFile,
  report: Reporter,
): ConfigProblem[] {
  const inner = issue.path.map((part) => (typeof part === "symbol" ? String(part) : part));
  const path = [...base, ...inner];
  const value = valueAt(json.value, path);
  const found = schemaAt(schema, inner, valueAt(json.value, base));
  if (issue.code === "unrecognized_keys") {
    const known = found instanceof z.ZodObject ? Object.keys(found.shape) : [];
    const words = found === null ? {} : knownWords.get(found);
    return issue.keys.map((key) => {
      const complaint = unknownWord("unknownKey", key, known, words);
      // The key may also be one too many: whoever pauses needs no percent.
      const fix = complaint.fix.replace(/^use one of: /, `remove "${key}", or use one of: `);
      return report([...path, key], { ...complaint, fix, found: shorten(key) });
    });
  }
  if (value === undefined) {
    return [
      report(path, {
        code: "missing",
        allowed: allowedBy(issue, found),
        fix: `add "${String(path.at(-1) ?? "")}"${exampleWords(found)}`,
      }),
    ];
  }
  return [report(path, complaintOf(issue, found, value))];
}

function complaintOf(issue: Issue, schema: z.ZodType | null, value: unknown): Complaint {
  const allowed = allowedBy(issue, schema);
  const words = schema === null ? {} : knownWords.get(schema);
  switch (issue.code) {
    case "invalid_type":
      return { code: "wrongType", allowed, fix: typeFix(issue.expected, value, allowed, words?.example) };
    case "invalid_value":
      return unknownWord("unknownWord", value, issue.values.map(String), words);
    case "invalid_union":
      return unknownWord("unknownWord", value, optionsOf(issue), words);
    case "too_small":
    case "too_big":
      return { code: "outOfRange", allowed, fix: `use ${allowed}` };
    case "custom":
      return {
        code: "notAllowed",
        allowed,
        fix: typeof issue.params?.fix === "string" ? issue.params.fix : `use ${allowed}`,
      };
    default:
      return { code: "notAllowed", allowed, fix: `use ${allowed}` };
  }
}

function allowedBy(issue: Issue, schema: z.ZodType | null): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.map(String).join(", ");
    case "invalid_union":
      return optionsOf(issue).join(", ");
    case "too_small":
    case "too_big":
      return rangeText(issue, schema);
    case "invalid_key":
      return withoutExpected(issue.issues[0]?.message ?? issue.message);
    case "custom":
      return typeof issue.params?.allowed === "string"
        ? issue.params.allowed
        : withoutExpected(issue.message);
    default:
      return withoutExpected(issue.message);
  }
}

function withoutExpected(message: string): string {
  return message.replace(/^expected /, "");
}

function exampleWords(schema: z.ZodType | null): string {
  const example = schema === null ? undefined : knownWords.get(schema)?.example;
  return example === undefined ? "" : `, such as ${example}`;
}

function optionsOf(issue: Extract<Issue, { code: "invalid_union" }>): string[] {
  return (("options" in issue && Array.isArray(issue.options) ? issue.options : []) as unknown[]).map(String);
}

function rangeText(
  issue: Extract<Issue, { code: "too_small" | "too_big" }>,
  schema: z.ZodType | null,
): string {
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    if (minValue !== null && maxValue !== null && Number.isFinite(minValue) && Number.isFinite(maxValue)) {
      return `${minValue} to ${maxValue}`;
    }
  }
  const noun = issue.origin === "string" ? " characters" : issue.origin === "array" ? " entries" : "";
  if (issue.code === "too_big")
    return `${issue.inclusive === false ? "under" : "at most"} ${issue.maximum}${noun}`;
  return `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${noun}`;
}

/** The schema that governs a path, through wrappers and unions; null where none does. */
function schemaAt(schema: z.ZodType, path: JsonPath, value: unknown): z.ZodType | null {
  let here: z.ZodType | null = unwrap(schema);
  for (const [index, key] of path.entries()) {
    if (here instanceof z.ZodDiscriminatedUnion) {
      const tag = here.def.discriminator;
      if (key === tag) return here;
      const chosen = valueAt(value, [...path.slice(0, index), tag]);
      here =
        here.options.map((option) => option as z.ZodType).find((option) => hasTag(option, tag, chosen)) ??
        null;
    }
    const next = here === null ? null : childOf(here, key);
    if (next === null) return null;
    here = unwrap(next);
  }
  return here instanceof z.ZodDiscriminatedUnion ? optionFor(here, valueAt(value, path)) : here;
}

function optionFor(union: z.ZodDiscriminatedUnion, value: unknown): z.ZodType {
  const tag = union.def.discriminator;
  const option = union.options
    .map((one) => one as z.ZodType)
    .find((one) => hasTag(one, tag, valueAt(value, [tag])));
  return option ?? union;
}

function hasTag(option: z.ZodType, tag: string, chosen: unknown): boolean {
  if (!(option instanceof z.ZodObject)) return false;
  const literal = option.shape[tag];
  return literal instanceof z.ZodLiteral && literal.values.has(chosen as never);
}

function childOf(schema: z.ZodType, key: string | number): z.ZodType | null {
  let child: unknown = null;
  if (schema instanceof z.ZodObject) child = schema.shape[key] ?? schema.def.catchall;
  else if (schema instanceof z.ZodRecord) child = schema.valueType;
  else if (schema instanceof z.ZodArray) child = schema.element;
  else if (schema instanceof z.ZodTuple) child = schema.def.items[Number(key)];
  return child instanceof z.ZodType ? child : null;
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}
