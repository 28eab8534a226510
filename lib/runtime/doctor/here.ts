/** The check-up of a brand on this machine: real accounts with the environment's credentials, or a sandbox world. */
import type { Environment } from "../../platforms/port.ts";
import { openWorkspace, type WorkspaceOptions } from "../workspace.ts";
import { examine } from "./checkup.ts";
import { judgeFiles } from "./files.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { askSlack, checkSlack, TOKEN_VARIABLE } from "./slack.ts";

export interface HereOptions extends Omit<WorkspaceOptions, "onProgress"> {
  wallMs(): number;
}

/** Never throws for what is wrong with files, accounts, credentials or the log: that is what it finds. */
export async function examineHere(options: HereOptions): Promise<Finding[]> {
  const opened = await openWorkspace({ ...options, onProgress: () => {} }).catch((error: unknown) => {
    return findingsOf("files.opened", options.brand, error);
  });
  if (Array.isArray(opened)) return opened;
  const { config, ports, sandbox, close } = opened;
  // A sandbox brand never sees the environment's credentials.
  const environment: Environment = sandbox === null ? options.env : {};
  try {
    const checkup = {
      config,
      ports,
      credentials: {
        role: "everything",
        environment: async () => environment,
        open: async (id: string) => await ports.platform(id),
      },
      deployed: false,
      wallMs: options.wallMs,
    } as const;
    const token = options.env[TOKEN_VARIABLE] ?? "";
    // A sandbox brand is asked in the stand-in that comes along.
    const slack =
      sandbox === null ? await checkSlack(config.brand, token === "" ? null : askSlack(token)) : [];
    return [...judgeFiles(config), ...(await examine(checkup)), ...slack];
  } finally {
    await close();
  }
}
