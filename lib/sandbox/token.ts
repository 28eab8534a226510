/** The one token that the sandbox takes for everything. It opens nothing else, so it may stand here. */
export const SANDBOX_TOKEN = "sandbox-token";
/** A second credential's token, which may read and change nothing. */
export const SANDBOX_READ_TOKEN = "sandbox-read-token";

export function isSandboxToken(text: string | null | undefined): boolean {
  return text === SANDBOX_TOKEN || text === SANDBOX_READ_TOKEN;
}
