/** The command line, run in this process or in one of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "commander";
import { vi } from "vitest";
import { rootCommand } from "../../functions/cli/main.ts";
import { runProgram } from "../../functions/cli/program.ts";

export interface Ended {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

/** No credentials of the machine's: a test reaches no real account, whatever is set there. */
const ENVIRONMENT = { PATH: process.env.PATH, HOME: process.env.HOME };

/** Runs `palier` here, which spares half a second of loading. One at a time: the process has one standard output. */
export async function palier(args: readonly string[]): Promise<Ended> {
  return await runHere(rootCommand, args);
}

/** The same for any program, made once the environment is the test's. */
export async function runHere(program: () => Command, args: readonly string[]): Promise<Ended> {
  const [stdout, stderr] = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const before = { exitCode: process.exitCode, env: process.env };
  process.exitCode = 0;
  process.env = ENVIRONMENT;
  try {
    await runProgram(program(), args);
    const [told = "", failed = ""] = [stdout, stderr].map((spy) =>
      spy?.mock.calls.map(([text]) => text).join(""),
    );
    return { code: process.exitCode, stdout: told, stderr: failed };
  } finally {
    process.exitCode = before.exitCode;
    process.env = before.env;
    stdout?.mockRestore();
    stderr?.mockRestore();
  }
}

/** Runs `palier` as people do: a process that loads everything itself and shares nothing but files. */
export async function palierProcess(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ["functions/cli.ts", ...args], {
    env: { ...ENVIRONMENT, ...env },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const [code] = await once(child, "close");
  return { code, ...output };
}
