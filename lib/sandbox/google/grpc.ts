/** Google Ads over gRPC, where edits go and the list of accounts is asked for; faults included. Loaded with the first connection, since the library is slow to load. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { takeFault } from "../faults.ts";
import type { Host } from "../host.ts";
import type { FaultKind } from "../model.ts";
import { type Credentials, checkAccess, checkCaller, checkMayWrite } from "./access.ts";
import type { Kind } from "./edits.ts";
import { faultRefusal } from "./fault-refusals.ts";
import { GoogleError, internalFailure, STATUSES } from "./google-error.ts";
import { mutate, mutateSchema } from "./mutate.ts";
import { FAILURE_KEY, failureBytes, partialFailure, serviceOf } from "./wire.ts";

/** `kind` is what the method changes; null for one that only tells. */
const SERVICES: readonly { service: string; method: string; kind: Kind | null }[] = [
  { service: "CampaignBudgetService", method: "MutateCampaignBudgets", kind: "campaign_budget" },
  { service: "CampaignService", method: "MutateCampaigns", kind: "campaign" },
  { service: "CustomerService", method: "ListAccessibleCustomers", kind: null },
];
/** Bytes that begin a field and then end. */
const NONSENSE = Buffer.from([0xff, 0xff]);

type Call = ServerUnaryCall<unknown, object>;

export interface GrpcSide {
  take(socket: Socket): void;
  close(): void;
}

/** `hangUp` breaks the connection that a call came by. */
export function grpcSide(host: Host, hangUp: (peer: string) => void): GrpcSide {
  const server = new Server();
  let calls = 0;
  for (const { service, method, kind } of SERVICES) {
    const handler: handleUnaryCall<unknown, object> = (call, callback) => {
      calls += 1;
      const place = { host, kind, call, path: `/${service}/${method}`, requestId: `sandbox-grpc-${calls}` };
      handle(place, () => hangUp(call.getPeer()), callback).catch((error: Error) =>
        callback({ code: status.INTERNAL, details: `the sandbox failed: ${error.message}` }),
      );
    };
    server.addService(serviceOf(service), { [method]: handler });
  }
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    take: (socket) => injector.injectConnection(socket),
    close: () => server.forceShutdown(),
  };
}

interface Place {
  host: Host;
  kind: Kind | null;
  call: Call;
  /** For faults. */
  path: string;
  requestId: string;
}

async function handle(place: Place, hangUp: () => void, callback: sendUnaryData<object>): Promise<void> {
  const { host, path, requestId } = place;
  const { fault, world } = takeFault(host.current(), "GRPC", path);
  if (fault !== null) host.replace(world);
  switch (fault?.kind) {
    case "hang":
      return;
    case "dropBefore":
      return hangUp();
    case "html502":
      callback({ code: status.UNAVAILABLE, details: "Received HTTP status code 502" });
      return;
    case "delay":
      await sleep(fault.delayMs);
      break;
  }
  const answer = answered(place, fault);
  if (fault?.kind === "dropAfter") return hangUp();
  send(fault?.kind === "errorAfter" ? internalFailure() : answer, requestId, callback);
}

/** The answer, or the refusal. Whatever changed is stored by then. */
function answered({ host, kind, call, requestId }: Place, fault: FaultKind | null): object | GoogleError {
  try {
    const refusal = faultRefusal(fault);
    if (refusal !== null) throw refusal;
    const credentials = credentialsOf(call.metadata);
    if (kind !== null) return mutated({ host, kind, call, requestId }, credentials, fault);
    checkCaller(credentials);
    return disturbedList([`customers/${host.current().google.account.id}`], fault);
  } catch (error) {
    if (error instanceof GoogleError) return error;
    throw error;
  }
}

function mutated(
  { host, kind, call, requestId }: Pick<Place, "host" | "call" | "requestId"> & { kind: Kind },
  credentials: Credentials,
  fault: FaultKind | null,
): object | GoogleError {
  const request = mutateSchema.parse(call.request);
  checkAccess(host.current(), credentials, request.customer_id);
  checkMayWrite(credentials);
  const before = host.current();
  const { world, results, problems } = mutate(
    before,
    kind,
    request,
    fault?.kind === "clamp" ? fault.cents : null,
  );
  if (world !== before) host.replace(world);
  if (problems.length > 0 && !request.partial_failure) return new GoogleError("INVALID_ARGUMENT", problems);
  return disturbed(
    {
      results,
      ...(problems.length === 0 ? {} : { partial_failure_error: partialFailure(problems, requestId) }),
    },
    fault,
  );
}

function disturbedList(resource_names: string[], fault: FaultKind | null): object {
  switch (fault?.kind) {
    case "malformed":
      return NONSENSE;
    case "emptyData":
      return { resource_names: [] };
    case "wrongAccount":
      return { resource_names: ["customers/9999999999"] };
    default:
      return { resource_names };
  }
}

function disturbed(answer: { results: object[] }, fault: FaultKind | null): object {
  switch (fault?.kind) {
    case "malformed":
      return NONSENSE;
    case "emptyData":
      return { results: [] };
    case "wrongAccount":
      return { results: [{ resource_name: "customers/9999999999/campaignBudgets/1" }] };
    default:
      return answer;
  }
}

/** Without TLS a client cannot attach its access token; one that comes all the same must be right. */
function credentialsOf(metadata: Metadata): Credentials {
  const first = (key: string) => metadata.get(key)[0]?.toString();
  return {
    authorization: first("authorization") ?? null,
    developerToken: first("developer-token"),
    loginCustomerId: first("login-customer-id"),
  };
}

function send(answer: object | GoogleError, requestId: string, callback: sendUnaryData<object>): void {
  const metadata = new Metadata();
  metadata.set("request-id", requestId);
  if (!(answer instanceof GoogleError)) {
    callback(null, answer, metadata);
    return;
  }
  if (answer.problems.length > 0) metadata.set(FAILURE_KEY, failureBytes(answer.problems, requestId));
  callback({ code: STATUSES[answer.status].grpc, details: STATUSES[answer.status].message, metadata });
}
