/** Which days the files of an account cover, and whether they leave days between them. */
import type { Complaints, Place } from "./complaints.ts";
import { dayText } from "./keys.ts";

/** From the first day to the last, both inclusive, since 1970-01-01. */
export interface Span {
  from: number;
  to: number;
}

export interface Spans {
  add(account: string, file: number, from: number, to: number): void;
  /** Of all files together; null where none has a row of the account. */
  of(account: string): Span | null;
  /** Days between two files would be read as days without delivery, which nobody said. */
  complainOfGaps(placeOf: (file: number) => Place, complaints: Complaints): void;
}

export function createSpans(): Spans {
  const accounts = new Map<string, Map<number, Span>>();
  return {
    add(account, file, from, to) {
      const files = accounts.get(account) ?? new Map<number, Span>();
      accounts.set(account, files);
      const span = files.get(file);
      if (span === undefined) files.set(file, { from, to });
      else [span.from, span.to] = [Math.min(span.from, from), Math.max(span.to, to)];
    },
    of(account) {
      const files = [...(accounts.get(account)?.values() ?? [])];
      if (files.length === 0) return null;
      return {
        from: Math.min(...files.map(({ from }) => from)),
        to: Math.max(...files.map(({ to }) => to)),
      };
    },
    complainOfGaps(placeOf, complaints) {
      for (const [account, files] of accounts) {
        const ordered = [...files].sort(([, a], [, b]) => a.from - b.from);
        let end = ordered[0]?.[1].to ?? 0;
        for (const [file, { from, to }] of ordered) {
          if (from > end + 1) complaints.add(placeOf(file), gapComplaint(account, end + 1, from - 1));
          end = Math.max(end, to);
        }
      }
    },
  };
}

function gapComplaint(account: string, from: number, to: number) {
  return {
    code: "import.gap",
    path: "",
    found: `no file has ${dayText(from)} to ${dayText(to)} of ${account}`,
    allowed: "days that follow each other: those between would count as days without delivery",
    fix: "export those days too, or say with --gaps-are-zero that nothing was delivered then",
  };
}
