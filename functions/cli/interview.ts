/** Questions one after the other, and answers typed at a terminal. */
import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { type Answers, type Guess, type Guesses, readAnswer } from "../../lib/init/index.ts";
import { plainText } from "../../lib/words/plain-text.ts";
import { UsageError } from "./errors.ts";

/** Somebody who answers. */
export interface Asker {
  /** What was typed, without its line break. @throws UsageError when nobody answers any more */
  ask(question: string): Promise<string>;
  close(): void;
}

/** The person at the terminal; null where there is none. */
export function terminalAsker(): Asker | null {
  if (process.stdin.isTTY !== true || process.stdout.isTTY !== true) return null;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = once(lines, "close");
  // The terminal is in raw mode while it asks, so Ctrl-C arrives here and not as a signal.
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  return {
    async ask(question) {
      // Ctrl-D is an error of the question, a terminal that goes away an end of its lines.
      const typed = await Promise.race([lines.question(question), ended]).catch(() => null);
      if (typeof typed === "string") return typed;
      throw new UsageError("the questions were broken off; nothing was written");
    },
    close: () => lines.close(),
  };
}

export interface Interview {
  /** Puts the questions, or takes what is proposed where nobody is asked. */
  put(guesses: Guesses): Promise<void>;
  readonly asked: readonly Guess[];
  readonly answers: Answers;
}

/** `print` takes whole lines. */
export function interviewOf(asker: Asker | null, print: (text: string) => void): Interview {
  const asked: Guess[] = [];
  const answers: Record<string, Answers[string]> = {};
  return {
    asked,
    answers,
    async put({ guesses, notes }) {
      for (const note of notes) print(`\n! ${plainText(note)}`);
      for (const guess of guesses) {
        asked.push(guess);
        print(["", guess.question, ...guess.evidence.map((line) => `    ${line}`)].map(plainText).join("\n"));
        answers[guess.key] = asker === null ? guess.proposed : await answerTo(guess, asker, print);
      }
    },
  };
}

async function answerTo(guess: Guess, asker: Asker, print: (text: string) => void): Promise<Answers[string]> {
  if (await isYes(asker, print)) return guess.proposed;
  if (guess.kind === "yesNo") return false;
  for (;;) {
    const read = readAnswer(guess, await asker.ask(`  ${insteadOf(guess)}: `));
    if (read.ok) return read.answer;
    print(`  Expected ${read.expected}.`);
  }
}

async function isYes(asker: Asker, print: (text: string) => void): Promise<boolean> {
  for (;;) {
    const typed = (await asker.ask("  [Y/n] ")).trim().toLowerCase();
    if (["", "y", "yes", "o", "oui"].includes(typed)) return true;
    if (["n", "no", "non"].includes(typed)) return false;
    print("  Expected y or n.");
  }
}

function insteadOf(guess: Guess): string {
  switch (guess.kind) {
    case "choice":
      return `Then which (${guess.options.join(", ")}; nothing leaves it out)`;
    case "money":
      return `Then how much in ${guess.currency} (nothing leaves it out)`;
    default:
      return "Then what";
  }
}
