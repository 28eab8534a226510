/** The port that gRPC is spoken on. It listens at once; what speaks there is loaded when somebody connects. */
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { SandboxError } from "../errors.ts";
import type { Host } from "../host.ts";
import type { GrpcSide } from "./grpc.ts";

export interface GrpcPort {
  port: number;
  /** Ends every connection, those that hang included. */
  close(): Promise<void>;
}

/** @throws the system's error when the port is taken. */
export async function serveGrpc(host: Host, address: string, port: number): Promise<GrpcPort> {
  const sockets = new Map<string, Socket>();
  let side: Promise<GrpcSide> | undefined;
  const server = createServer((socket) => {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    sockets.set(peer, socket);
    socket.on("close", () => sockets.delete(peer));
    // A connection that dies is its client's affair.
    socket.on("error", () => socket.destroy());
    side ??= load(host, (from) => sockets.get(from)?.destroy());
    side.then(
      ({ take }) => take(socket),
      (error: Error) => socket.destroy(error),
    );
  });
  server.listen(port, address);
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") {
    throw new SandboxError("sandbox.requestRefused", "the sandbox needs a TCP port");
  }
  return {
    port: bound.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets.values()) socket.destroy();
      // What could not be loaded has nothing to close.
      await side?.then(
        (loaded) => loaded.close(),
        () => undefined,
      );
      await closed;
    },
  };
}

async function load(host: Host, hangUp: (peer: string) => void): Promise<GrpcSide> {
  const { grpcSide } = await import("./grpc.ts");
  return grpcSide(host, hangUp);
}
