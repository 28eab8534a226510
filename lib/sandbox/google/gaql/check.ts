/** Holds a parsed query against Google's names and the API's rules, before anything is looked up. */
import { isConversionMetric, METRICS, SEGMENTS } from "../figures.ts";
import { notSimulated, queryError } from "../google-error.ts";
import { enumValues, fieldType, isResource, split } from "../names.ts";
import { RESOURCES, type Resource } from "../resources.ts";
import type { Condition, Operator, Query } from "./parse.ts";

const ORDERING: readonly Operator[] = ["<", "<=", ">", ">=", "BETWEEN"];
const TEXTUAL: readonly Operator[] = ["LIKE", "NOT LIKE", "REGEXP_MATCH", "NOT REGEXP_MATCH"];
const LISTWISE: readonly Operator[] = ["CONTAINS ANY", "CONTAINS ALL", "CONTAINS NONE"];
/** The fields that hold a day or a time and so may be filtered by a span. */
const DATED = ["segments.date", "change_event.change_date_time"];
const PARAMETERS = ["include_drafts", "omit_unselected_resource_names"];

type Clause = "SELECT" | "WHERE" | "ORDER BY";

/** @throws GoogleError with a query_error. */
export function checkQuery(query: Query): Resource {
  const resource = resourceOf(query.from);
  const filtered = query.where.map(({ field }) => field);
  for (const field of query.select) checkField(query.from, resource, field, "SELECT");
  for (const field of filtered) checkField(query.from, resource, field, "WHERE");
  for (const { field } of query.orderBy) checkField(query.from, resource, field, "ORDER BY");
  for (const condition of query.where) checkCondition(condition);
  checkReferences(query, filtered);
  checkConversionSegments([...query.select, ...filtered]);
  checkParameters(query.parameters);
  return resource;
}

function resourceOf(name: string): Resource {
  const resource = RESOURCES[name];
  if (resource !== undefined) return resource;
  if (isResource(name)) throw notSimulated(`The resource '${name}'`);
  throw queryError(
    "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE",
    `'${name}' is not a valid resource name in the FROM clause.`,
  );
}

function checkField(from: string, resource: Resource, field: string, clause: Clause): void {
  const { owner, name } = split(field);
  if (fieldType(field) === null) {
    if (RESOURCES[owner] === undefined && isResource(owner)) throw notSimulated(`The resource '${owner}'`);
    throw queryError("UNRECOGNIZED_FIELD", `unrecognized field in the query: '${field}'.`);
  }
  if (owner === "metrics" || owner === "segments") {
    if (resource.unitsOf === null) {
      const kind = owner === "metrics" ? "METRIC" : "SEGMENT";
      throw queryError(
        `PROHIBITED_${kind}_IN_SELECT_OR_WHERE_CLAUSE`,
        `'${field}' cannot be used with the resource '${from}' in the FROM clause.`,
      );
    }
    const simulated = owner === "metrics" ? name in METRICS : SEGMENTS.includes(name);
    if (!simulated) throw notSimulated(`The field '${field}'`);
    return;
  }
  if (owner !== from && !resource.attributed.includes(owner)) {
    throw queryError(
      `PROHIBITED_RESOURCE_TYPE_IN_${clause === "SELECT" ? "SELECT" : "WHERE"}_CLAUSE`,
      `'${owner}' cannot be used with the resource '${from}' in the FROM clause.`,
    );
  }
  if (RESOURCES[owner]?.fields[name] === undefined) throw notSimulated(`The field '${field}'`);
}

function checkCondition({ field, operator, values }: Condition): void {
  const type = fieldType(field) ?? "string";
  const isList = type.endsWith(" list");
  const mismatch =
    LISTWISE.includes(operator) !== isList ||
    (operator === "DURING" && !DATED.includes(field)) ||
    (TEXTUAL.includes(operator) && type !== "string") ||
    (ORDERING.includes(operator) && !isOrdered(field, type));
  if (mismatch && !operator.startsWith("IS ")) {
    throw queryError("OPERATOR_FIELD_MISMATCH", `'${operator}' cannot be used with the field '${field}'.`);
  }
  if (operator.endsWith("REGEXP_MATCH")) throw notSimulated(operator);
  if (type === "message")
    throw queryError("PROHIBITED_FIELD_IN_WHERE_CLAUSE", `cannot filter on '${field}'.`);
  for (const value of values) checkValue(field, type, value);
}

function isOrdered(field: string, type: string): boolean {
  return type === "int64" || type === "double" || DATED.includes(field);
}

function checkValue(field: string, type: string, value: string): void {
  const allowed = enumValues(type);
  if (allowed !== null && !allowed.includes(value)) {
    throw queryError("BAD_ENUM_CONSTANT", `'${value}' is no value of the enum field '${field}'.`);
  }
  const isNumber = type === "int64" ? /^-?\d+$/ : type === "double" ? /^-?\d+(?:\.\d+)?$/ : null;
  if (isNumber?.test(value) === false) throw queryError("BAD_NUMBER", `'${value}' is no ${type}.`);
  if (type === "bool" && !/^(?:true|false)$/i.test(value)) {
    throw queryError("BAD_VALUE", `'${value}' is neither TRUE nor FALSE.`);
  }
}

/** Segments split rows, so filtering or ordering by one asks for it to be selected; only days may be left out. */
function checkReferences({ select, orderBy }: Query, filtered: readonly string[]): void {
  const ordered = orderBy.map(({ field }) => field);
  const missing = [...filtered, ...ordered].find(
    (field) => split(field).owner === "segments" && field !== "segments.date" && !select.includes(field),
  );
  const loose = missing ?? ordered.find((field) => field.startsWith("metrics.") && !select.includes(field));
  if (loose !== undefined) {
    throw queryError(
      "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
      `the field '${loose}' must be present in the SELECT clause.`,
    );
  }
}

/** Google keeps what was paid by click, not by kind of conversion. */
function checkConversionSegments(fields: readonly string[]): void {
  const segment = fields.find((field) => field.startsWith("segments.conversion_action"));
  const metric = fields.find((field) => field.startsWith("metrics.") && !isConversionMetric(field));
  if (segment === undefined || metric === undefined) return;
  throw queryError(
    "PROHIBITED_SEGMENT_WITH_METRIC_IN_SELECT_OR_WHERE_CLAUSE",
    `cannot select or filter on the following segments: '${segment}', since segments are incompatible with the metric: '${metric}'.`,
  );
}

function checkParameters(parameters: Query["parameters"]): void {
  for (const [name, value] of Object.entries(parameters)) {
    if (!PARAMETERS.includes(name)) throw queryError("BAD_PARAMETER_NAME", `'${name}' is no parameter.`);
    if (!/^(?:true|false)$/i.test(value)) {
      throw queryError("BAD_PARAMETER_VALUE", `'${name}' takes true or false.`);
    }
    if (name === "include_drafts" && value.toLowerCase() === "true") throw notSimulated("include_drafts");
  }
}
