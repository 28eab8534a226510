/** The one token that the sandbox takes. It opens nothing else, so it may stand here. */
export const SANDBOX_TOKEN = "sandbox-token";
