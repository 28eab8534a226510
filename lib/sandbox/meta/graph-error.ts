/** Graph errors in the shape Meta sends. Codes and subcodes: Meta Marketing API, error reference. */

interface GraphErrorDetails {
  status: number;
  code: number;
  subcode?: number;
  /** Meta's word for the kind of error; `OAuthException` unless told. */
  type?: string;
  userMessage?: string;
  transient?: boolean;
}

/** A refusal that travels up to whoever answers the request. */
export class GraphError extends Error {
  override name = "GraphError";
  readonly details: GraphErrorDetails;

  constructor(message: string, details: GraphErrorDetails) {
    super(message);
    this.details = details;
  }

  /** `613/1487632`, or the code alone. */
  get reason(): string {
    const { code, subcode } = this.details;
    return subcode === undefined ? String(code) : `${code}/${subcode}`;
  }
}

/** The body of an error answer; `traceId` is what people quote to Meta's support. */
export function graphErrorBody({ message, details }: GraphError, traceId: string): object {
  const { code, subcode, userMessage, type = "OAuthException", transient = false } = details;
  return {
    error: {
      message,
      type,
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      is_transient: transient,
      ...(userMessage === undefined ? {} : { error_user_title: "Sandbox", error_user_msg: userMessage }),
      fbtrace_id: traceId,
    },
  };
}

export function badParameter(message: string): GraphError {
  return new GraphError(`(#100) ${message}`, { status: 400, code: 100 });
}

/** A name Meta has, but whose behaviour the sandbox does not know: refused rather than ignored, so nobody relies on a guess. */
export function notSimulated(what: string): GraphError {
  return badParameter(`${what} is not simulated by the sandbox`);
}

export function unknownObject(id: string): GraphError {
  return new GraphError(
    `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    { status: 400, code: 100, subcode: 33, type: "GraphMethodException" },
  );
}

export function expiredToken(): GraphError {
  return new GraphError("Error validating access token: Session has expired", {
    status: 401,
    code: 190,
    subcode: 463,
  });
}

/** The token's person lost the role that this account needs. */
export function permissionDenied(): GraphError {
  return new GraphError("(#200) Ad account owner has NOT grant ads_management or ads_read permission", {
    status: 403,
    code: 200,
  });
}

/** The token reads and was never given the permission to write. */
export function requiresManagement(): GraphError {
  const message = "(#200) Requires ads_management permission to manage the object";
  return new GraphError(message, { status: 403, code: 200 });
}

export function throttled(code: number, subcode: number | null): GraphError {
  const details = { status: 400, code, transient: true, userMessage: "There have been too many calls." };
  return new GraphError(
    `(#${code}) Request limit reached`,
    subcode === null ? details : { ...details, subcode },
  );
}

export function unknownFailure(): GraphError {
  return new GraphError("An unknown error occurred", { status: 500, code: 1, transient: true });
}
