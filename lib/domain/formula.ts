/** An expression over facts and parameters by name, as a tree: parsed and checked in `lib/formulas`, never run as code. */
export type Formula =
  /** As written, so that it is exact: "0.15". */
  | { kind: "number"; text: string }
  | { kind: "name"; name: string }
  | { kind: "minus"; of: Formula }
  | { kind: "binary"; operator: "+" | "-" | "*" | "/"; left: Formula; right: Formula }
  | { kind: "call"; name: "min" | "max"; of: readonly Formula[] };
