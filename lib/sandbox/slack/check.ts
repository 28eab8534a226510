/** Small checks that together are a schema. They name each fault as Slack does: what is wrong, and a JSON pointer to it. */

export interface Problem {
  /** Such as `/blocks/0/text`. */
  pointer: string;
  message: string;
}

export type Check = (value: unknown, pointer: string, problems: Problem[]) => void;
export type Shape = Readonly<Record<string, Check>>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields that must be there and those that may; any other is refused, as it is by Slack. */
export function object(required: Shape, optional: Shape = {}): Check {
  return (value, pointer, problems) => {
    if (!isObject(value)) {
      problems.push({ pointer, message: "must be an object" });
      return;
    }
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined) problems.push({ pointer, message: `missing required field: ${key}` });
      else check(value[key], `${pointer}/${key}`, problems);
    }
    for (const [key, part] of Object.entries(value)) {
      if (part === undefined || Object.hasOwn(required, key)) continue;
      const check = Object.hasOwn(optional, key) ? optional[key] : undefined;
      if (check === undefined) problems.push({ pointer, message: `no more fields allowed: ${key}` });
      else check(part, `${pointer}/${key}`, problems);
    }
  };
}

/** One of several objects, told apart by `type`. */
export function byType(types: Readonly<Record<string, Check>>): Check {
  return (value, pointer, problems) => {
    const type = isObject(value) ? value.type : undefined;
    const check = typeof type === "string" && Object.hasOwn(types, type) ? types[type] : undefined;
    if (check === undefined) {
      problems.push({ pointer: `${pointer}/type`, message: `unsupported type: ${String(type)}` });
      return;
    }
    check(value, pointer, problems);
  };
}

/** Length in UTF-16 units, the largest of the counts that Slack may mean. */
export function string(most: number, least = 1): Check {
  return (value, pointer, problems) => {
    if (typeof value !== "string") problems.push({ pointer, message: "must be a string" });
    else if (value.length > most) {
      problems.push({ pointer, message: `must be less than ${most + 1} characters` });
    } else if (value.length < least) {
      problems.push({ pointer, message: `must be more than ${least - 1} characters` });
    }
  };
}

export function matching(pattern: RegExp, what: string): Check {
  return (value, pointer, problems) => {
    if (typeof value !== "string" || !pattern.test(value))
      problems.push({ pointer, message: `must be ${what}` });
  };
}

export function among(allowed: readonly string[]): Check {
  return (value, pointer, problems) => {
    if (typeof value === "string" && allowed.includes(value)) return;
    problems.push({ pointer, message: `must be one of: ${allowed.join(", ")}` });
  };
}

export function array(item: Check, most: number, least = 1): Check {
  return (value, pointer, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ pointer, message: "must be an array" });
      return;
    }
    if (value.length > most) problems.push({ pointer, message: `no more than ${most} items allowed` });
    if (value.length < least) problems.push({ pointer, message: `no fewer than ${least} items allowed` });
    for (const [at, part] of value.entries()) item(part, `${pointer}/${at}`, problems);
  };
}

export const boolean: Check = (value, pointer, problems) => {
  if (typeof value !== "boolean") problems.push({ pointer, message: "must be a boolean" });
};

export function whole(least: number, most: number): Check {
  return (value, pointer, problems) => {
    if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) {
      problems.push({ pointer, message: `must be a whole number from ${least} to ${most}` });
    }
  };
}

/** Both, one after the other. */
export function both(first: Check, second: Check): Check {
  return (value, pointer, problems) => {
    first(value, pointer, problems);
    second(value, pointer, problems);
  };
}
