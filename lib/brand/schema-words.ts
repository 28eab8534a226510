import { z } from "zod";

/** Names of parameters, metrics, partitions, their members and conversions: words that JSON, globs and command lines leave alone. */
export const nameSchema = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, {
  error: "expected a name such as targetCpa: letters and digits, a small letter first, at most 40",
});
