/** Rule files that nobody writes in good faith, or that a broken tool writes. */
import { aRuleFile } from "./rule.ts";

const WHOLE = JSON.stringify({ ...aRuleFile(), conditions: 0 });
const LEAF = '{"fact":"spend","params":{"window":"7d"},"operator":"greaterThanInclusive","value":1}';

const ruleWith = (conditions: string): string =>
  WHOLE.replace('"conditions":0', `"conditions":${conditions}`);
const allOf = (inner: string): string => ruleWith(`{"all":[${inner}]}`);
const labelled = (value: string): string => `{"fact":"labels","operator":"contains","value":${value}}`;
const ruleAlso = (keys: string): string => allOf(LEAF).replace('"mode"', `${keys},"mode"`);
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(",\n");

/** Each with the code of its first problem. */
export const HOSTILE: readonly (readonly [name: string, text: string, code: string])[] = [
  ["nested 10,000 deep", ruleWith('{"all":['.repeat(10_000) + LEAF + "]}".repeat(10_000)), "json.tooDeep"],
  ["nested deeper than people read", ruleWith('{"not":'.repeat(25) + LEAF + "}".repeat(25)), "rule.tooDeep"],
  ["__proto__", allOf(`{"__proto__":${LEAF}}`), "json.forbiddenKey"],
  ["__proto__ in escapes", allOf(`{"\\u005f\\u005fproto__":${LEAF}}`), "json.forbiddenKey"],
  ["one key 37,000 times", `{${many(37_000, () => '"a":1')}}`, "json.tooManyKeys"],
  ["one key twice, 16,000 times", allOf(many(16_000, () => '{"a":1,"a":1}')), "json.duplicateKey"],
  ["20,000 keys that nobody knows", `{${many(20_000, (index) => `"k${index}":1`)}}`, "json.tooManyKeys"],
  [
    "20,000 of them in a condition",
    allOf(`{${many(20_000, (index) => `"k${index}":1`)}}`),
    "json.tooManyKeys",
  ],
  ["2,500 conditions", allOf(many(2_500, () => LEAF)), "rule.tooMany"],
  ["60,000 empty conditions", allOf(many(60_000, () => "{}")), "rule.tooMany"],
  ["60,000 that are none", allOf(many(60_000, () => "[]")), "rule.tooMany"],
  [
    "a list of 50,000",
    allOf(`{"fact":"status","operator":"in","value":[${many(50_000, () => '"a"')}]}`),
    "rule.wrongType",
  ],
  [
    "60,000 empty names",
    allOf(LEAF).replace('"mode"', `"appliesTo":{"names":[${many(60_000, () => '""')}]},"mode"`),
    "rule.outOfRange",
  ],
  [
    "a glob of 60,000 stars",
    allOf(LEAF).replace('"mode"', `"appliesTo":{"names":["${"*a".repeat(60_000)}"]},"mode"`),
    "rule.outOfRange",
  ],
  ["a number beyond all", allOf(LEAF.replace('"value":1', '"value":1e400')), "json.notFinite"],
  ["a number of 200,000 digits", allOf(LEAF.replace("1}", `${"9".repeat(200_000)}}`)), "json.notFinite"],
  ["a number beyond what rules compare", allOf(LEAF.replace("1}", "1e308}")), "rule.outOfRange"],
  ["a number that no float holds", allOf(LEAF.replace("1}", "9007199254740993}")), "rule.outOfRange"],
  ["half a character in escapes", allOf(LEAF).replace("Pause what", "Pause \\ud800"), "json.halfCharacter"],
  ["half a character as it is", allOf(LEAF).replace("Pause what", "Pause \ud800"), "json.halfCharacter"],
  ["half a character in a key", allOf(LEAF).replace('"mode"', '"\\udc00":1,"mode"'), "json.halfCharacter"],
  [
    "an operator of 200,000 letters",
    allOf(LEAF.replace("greaterThan", "s".repeat(200_000))),
    "rule.unknownOperator",
  ],
  ["a window of 200,000 digits", allOf(LEAF.replace("7d", `${"9".repeat(200_000)}d`)), "rule.unknownWindow"],
  ["a billion days in a row", allOf(LEAF.replace('"7d"', '"7d","daysInARow":1000000000')), "rule.outOfRange"],
  ["half a day in a row", allOf(LEAF.replace('"7d"', '"7d","daysInARow":2.5')), "rule.wrongType"],
  [
    "2,500 conditions on a month of days each",
    allOf(many(2_500, () => LEAF.replace('"7d"', '"7d","daysInARow":31'))),
    "rule.tooMany",
  ],
  ["a label of 200,000 letters", allOf(labelled(JSON.stringify("a".repeat(200_000)))), "rule.outOfRange"],
  ["30,000 labels", allOf(labelled(`[${many(30_000, () => '"a"')}]`)), "rule.wrongType"],
  [
    "20,000 rules that it mutes",
    ruleAlso(`"mutes":{"rules":[${many(20_000, (index) => `"r${index}"`)}],"for":"28d"}`),
    "rule.outOfRange",
  ],
  [
    "20,000 times of day",
    ruleAlso(`"schedule":{"at":[${many(20_000, () => '"09:00"')}]}`),
    "rule.outOfRange",
  ],
  [
    "10,000 groups",
    ruleAlso(
      `"appliesTo":{"level":"budgetHolder","groups":{${many(10_000, (index) => `"g${index}":["a"]`)}}}`,
    ),
    "json.tooManyKeys",
  ],
  [
    "a zone of 200,000 letters",
    ruleAlso(`"schedule":{"at":["09:00"],"zone":"${"a/".repeat(100_000)}"}`),
    "rule.notAllowed",
  ],
  ["200,000 commas", `[${",".repeat(200_000)}]`, "json.syntax"],
];
