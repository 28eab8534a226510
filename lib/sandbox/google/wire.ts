/** The gRPC services' messages, from the part of Google's protos that they reach. */

import type { ServiceDefinition } from "@grpc/grpc-js";
import { fromJSON, type MessageTypeDefinition, type PackageDefinition } from "@grpc/proto-loader";
import type { Problem } from "./google-error.ts";
import generated from "./protos.generated.json" with { type: "json" };

const PACKAGE = "google.ads.googleads.v25";
const FAILURE = `${PACKAGE}.errors.GoogleAdsFailure`;
/** Trailer in which the API sends what went wrong. */
export const FAILURE_KEY = `${PACKAGE}.errors.googleadsfailure-bin`;

const definitions: PackageDefinition = fromJSON(generated.root as Parameters<typeof fromJSON>[0], {
  keepCase: true,
  longs: String,
  enums: String,
  defaults: false,
  oneofs: true,
});

/** The service's definition. An answer that is bytes already is sent as it is, so that a fault can send nonsense. */
export function serviceOf(name: string): ServiceDefinition {
  const service = definitions[`${PACKAGE}.services.${name}`] as ServiceDefinition;
  return Object.fromEntries(
    Object.entries(service).map(([method, definition]) => [
      method,
      {
        ...definition,
        responseSerialize: (answer: unknown) =>
          Buffer.isBuffer(answer) ? answer : definition.responseSerialize(answer),
      },
    ]),
  );
}

export function failureBytes(problems: readonly Problem[], requestId: string): Buffer {
  const message = definitions[FAILURE] as MessageTypeDefinition<object, object>;
  return message.serialize({ errors: problems, request_id: requestId });
}

/** A google.rpc.Status, as answers carry the failures of single operations. */
export function partialFailure(problems: readonly Problem[], requestId: string): object {
  return {
    code: 3,
    message: `Multiple errors in 'details'. First error: ${problems[0]?.message ?? ""}`,
    details: [{ type_url: `type.googleapis.com/${FAILURE}`, value: failureBytes(problems, requestId) }],
  };
}
