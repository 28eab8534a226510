/** The sandbox itself cannot do what was asked (no world in the folder, an edit that makes no sense). `code` is stable. */
export class SandboxError extends Error {
  override name = "SandboxError";
  readonly code:
    | "sandbox.worldMissing"
    | "sandbox.worldMalformed"
    | "sandbox.requestRefused"
    | "sandbox.unreachable"
    | "sandbox.entityUnknown"
    | "sandbox.editImpossible"
    | "sandbox.clockBackwards";

  constructor(code: SandboxError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
