/** Conditions as a JSON Schema for editors: of each fact its parameters, operators and right sides, as the loader has them. */
import { type EditorSchema, enumOf } from "../../domain/generated.ts";
import { USUAL_STAGES } from "../../domain/match.ts";
import type { FactDefinition } from "../../metrics/port.ts";
import { platformIds } from "../../platforms/index.ts";
import { MAX_TEXT_LENGTH, usualRange } from "../files/literal.ts";
import { type Kind, kindOf } from "../judge/kinds.ts";
import { operators, type RightForm } from "../judge/operators.ts";
import { paramBranches, paramDefinitions } from "./editor-params.ts";
import { factIn, idsOf, ref, told, when } from "./editor-words.ts";
import { factEntry, operatorEntries } from "./entries.ts";

const NAME = "^[A-Za-z]\\w{0,59}$";

type Facts = readonly FactDefinition[];

/** The definitions that conditions are made of; their root is `group`. */
export function conditionDefinitions(facts: Facts): Record<string, EditorSchema> {
  const children = { type: "array", minItems: 1, items: ref("condition") };
  return {
    group: {
      type: "object",
      properties: {
        all: { ...children, ...told("Every one of these holds.") },
        any: { ...children, ...told("At least one of these holds.") },
        not: { allOf: [ref("condition")], ...told("This does not hold.") },
      },
      minProperties: 1,
      maxProperties: 1,
      additionalProperties: false,
    },
    condition: { anyOf: [ref("group"), ref("comparison")], defaultSnippets: SNIPPETS },
    comparison: {
      type: "object",
      properties: {
        fact: { allOf: [ref("fact")], ...told("The figure, state or parameter that is looked at.") },
        params: { type: "object", ...told("Which days a figure is of, and what else the fact takes.") },
        operator: { ...enumOf(operatorEntries()), ...told("How the fact is compared with the value.") },
        value: told(
          "A number, text, flag or list as the operator takes it, or another fact of the same unit.",
        ),
      },
      required: ["fact", "operator", "value"],
      additionalProperties: false,
      allOf: [
        ...paramBranches(facts, false),
        ...operatorBranches(facts),
        ...valueBranches(facts),
        ...rangeBranches(facts),
        ...wordBranches(facts),
        ...unitBranches(facts),
      ],
    },
    rightFact: {
      type: "object",
      properties: {
        fact: { allOf: [ref("fact")], ...told("The figure or parameter that is compared with.") },
        params: {
          type: "object",
          ...told("What the fact takes; times and plus change it before it is compared."),
        },
      },
      required: ["fact"],
      additionalProperties: false,
      allOf: paramBranches(facts, true),
    },
    fact: factSchema(facts),
    ...paramDefinitions(),
  };
}

/** A place of a snippet that editors jump to; one that begins with ^ becomes a number. */
const hole = (index: number, text: string, start = "") => `${start}$\{${index}:${text}}`;

const SNIPPETS = [
  {
    label: "figure and number",
    description: "A figure over whole days, compared with a number.",
    body: {
      fact: hole(1, "spend"),
      params: { window: hole(2, "7d") },
      operator: hole(3, "greaterThanInclusive"),
      value: hole(4, "100", "^"),
    },
  },
  {
    label: "figure and fact",
    description: "A figure over whole days, compared with another fact times a factor.",
    body: {
      fact: hole(1, "spend"),
      params: { window: hole(2, "14d") },
      operator: hole(3, "greaterThanInclusive"),
      value: { fact: hole(4, "targetCpa"), params: { times: hole(5, "3", "^") } },
    },
  },
];

/** Any other name may be a parameter of brand or pack, or a metric of the brand. */
function factSchema(facts: Facts): EditorSchema {
  const parameter = { type: "string", pattern: NAME, not: { enum: idsOf(facts) } };
  return {
    anyOf: [
      enumOf(facts.map(factEntry)),
      {
        ...parameter,
        ...told(
          "A parameter of the brand file or of the pack, or a metric of the brand file, by its own name.",
        ),
      },
    ],
  };
}

/** Which operators compare what: parameters are numbers. */
function operatorBranches(facts: Facts): EditorSchema[] {
  return kindsOf(facts).map(([kind, condition]) => {
    const fitting = operators.filter(({ left }) => left.includes(kind)).map(({ id }) => id);
    const others = operators.map(({ id }) => id).filter((id) => !fitting.includes(id));
    const errorMessage = `This fact is a ${kind}; it is compared by ${fitting.join(", ")}.`;
    return when(condition, { properties: { operator: { not: { enum: others }, errorMessage } } });
  });
}

const NUMBER_OR_FACT: EditorSchema = { anyOf: [{ type: "number" }, ref("rightFact")] };
const TEXT: EditorSchema = { type: "string", minLength: 1, maxLength: MAX_TEXT_LENGTH };
/** Labels are never the same as anything: they are asked for one by one. */
const SAME: Readonly<Record<Exclude<Kind, "labels">, EditorSchema>> = {
  number: NUMBER_OR_FACT,
  text: TEXT,
  flag: { type: "boolean" },
};
const RIGHT_SIDES: Readonly<Record<Exclude<RightForm, "same">, EditorSchema>> = {
  number: NUMBER_OR_FACT,
  range: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 2 },
  list: { type: "array", items: TEXT, minItems: 1 },
  glob: TEXT,
  label: TEXT,
  flag: { type: "boolean" },
};

function valueBranches(facts: Facts): EditorSchema[] {
  const formed = (form: RightForm) => ({
    properties: { operator: { enum: operators.filter(({ right }) => right === form).map(({ id }) => id) } },
    required: ["operator"],
  });
  const own = Object.entries(RIGHT_SIDES).map(([form, value]) =>
    when(formed(form as RightForm), { properties: { value } }),
  );
  const same = kindsOf(facts).flatMap(([kind, condition]) =>
    kind === "labels"
      ? []
      : [when({ allOf: [condition, formed("same")] }, { properties: { value: SAME[kind] } })],
  );
  return [...own, ...same];
}

/** Numbers that a fact can have; those of other facts are not looked at. */
function rangeBranches(facts: Facts): EditorSchema[] {
  const numbers = facts.filter(({ unit }) => kindOf(unit) === "number");
  const groups = Map.groupBy(numbers, (fact) => JSON.stringify(fact.range ?? usualRange(fact)));
  return [...groups].map(([range, alike]) => {
    const [minimum, maximum] = JSON.parse(range) as [number, number];
    const bounds = { minimum, maximum };
    return when(factIn(idsOf(alike)), { properties: { value: { ...bounds, items: bounds } } });
  });
}

/** Closed lists of words, and stages, of which a brand may have others. */
function wordBranches(facts: Facts): EditorSchema[] {
  const closed = facts.flatMap(({ id, values }) => {
    const words = id === "platform" ? platformIds : values;
    return words === undefined ? [] : [when(factIn([id]), wordsIn({ enum: words }))];
  });
  return [...closed, when(factIn(["stage"]), wordsIn({ examples: USUAL_STAGES }))];
}

/** `isKnown` takes a flag of any fact, a glob is no word of the list. */
function wordsIn(words: EditorSchema): EditorSchema {
  const taking = (forms: readonly RightForm[], value: EditorSchema) => {
    const ids = operators.filter(({ right }) => forms.includes(right)).map(({ id }) => id);
    return when(
      { properties: { operator: { enum: ids } }, required: ["operator"] },
      { properties: { value } },
    );
  };
  return { allOf: [taking(["same"], words), taking(["list"], { items: words })] };
}

function unitBranches(facts: Facts): EditorSchema[] {
  const numbers = facts.filter(({ unit }) => kindOf(unit) === "number");
  return [...Map.groupBy(numbers, ({ unit }) => unit)].map(([unit, alike]) => {
    const fact = {
      not: { enum: idsOf(facts.filter((one) => one.unit !== unit)) },
      errorMessage: `Another unit: expected a fact in the unit ${unit}.`,
    };
    return when(factIn(idsOf(alike)), { properties: { value: { properties: { fact } } } });
  });
}

/** Each kind with what is true of a comparison of it. What is no fact of the catalogue is a parameter, and a number. */
function kindsOf(facts: Facts): [Kind, EditorSchema][] {
  const ofKind = (kind: Kind) => idsOf(facts.filter(({ unit }) => kindOf(unit) === kind));
  const [texts, flags, labels] = [ofKind("text"), ofKind("flag"), ofKind("labels")];
  const named = [...texts, ...flags, ...labels];
  const number = { properties: { fact: { not: { enum: named } } }, required: ["fact"] };
  return [
    ["number", number],
    ["text", factIn(texts)],
    ["flag", factIn(flags)],
    ["labels", factIn(labels)],
  ];
}
