/** Runs a built function in a process of its own, with nothing in its environment but what is given. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const CHILD = join(import.meta.dirname, "lambda-child.ts");
/** As the function's own limit on AWS. */
const INVOCATION_MS = 300_000;

export interface Lambda {
  /** @throws Error with the function's stack when it throws. */
  invoke(event: unknown, given?: { remainingMs?: number }): Promise<unknown>;
  /** Everything the function has written, metrics included. */
  output(): string;
  close(): Promise<void>;
}

export interface LambdaOptions {
  /** The built file. */
  file: string;
  env: Readonly<Record<string, string>>;
  /** What the process's clock shows when it starts; the real time otherwise. */
  nowMs?: number;
  /** Time limits of the process end a hundred times sooner. */
  hurried?: boolean;
}

type Answer = { id: number; returned?: unknown; threw?: string };

/** Closed when the test is over, at the latest. */
export async function startLambda({ file, env, nowMs, hurried = false }: LambdaOptions): Promise<Lambda> {
  const child = fork(CHILD, [file, String(nowMs ?? ""), hurried ? "hurried" : ""], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    execArgv: [],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  async function close(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  onTestFinished(close);
  const [first] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (first !== "loaded") throw new Error(`${file} cannot be loaded: ${text}`);
  let invocations = 0;
  return {
    async invoke(event, { remainingMs = INVOCATION_MS } = {}) {
      invocations += 1;
      const answered = answerTo(child, invocations);
      child.send({ id: invocations, event, remainingMs });
      const { returned, threw } = await answered;
      if (threw !== undefined) throw new Error(threw);
      return returned;
    },
    output: () => text,
    close,
  };
}

function answerTo(child: ChildProcess, id: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = () => {
      child.off("message", take);
      child.off("exit", died);
    };
    const take = (answer: Answer) => {
      if (answer.id !== id) return;
      done();
      resolve(answer);
    };
    const died = () => {
      done();
      reject(new Error("the function's process ended"));
    };
    child.on("message", take);
    child.on("exit", died);
  });
}
