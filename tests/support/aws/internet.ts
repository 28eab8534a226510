/**
 * The platforms' own host names, led to a sandbox: a CONNECT proxy and one TLS port behind it. What runs as it ships then needs
 * no other address and no other code, and whatever it asks of any other host is refused and noted.
 */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { certificatesFor } from "./certificates.ts";

const LOOPBACK = "127.0.0.1";
const HOSTS = ["graph.facebook.com", "googleads.googleapis.com", "oauth2.googleapis.com"];

export interface Internet {
  /** To be added to a process's environment. */
  env: Readonly<Record<string, string>>;
  /** Every `host:port` that was asked for, in order, with `h2` or `http/1.1` for those that are served. */
  asked: string[];
  close(): Promise<void>;
}

export interface InternetOptions {
  /** On loopback: of the HTTP server and of the gRPC server behind all the names. */
  httpPort: number;
  grpcPort: number;
  /** For the file of the authority to trust. */
  folder: string;
}

export async function serveInternet({ httpPort, grpcPort, folder }: InternetOptions): Promise<Internet> {
  const { authorityPem, certificatePem, keyPem } = await certificatesFor(HOSTS);
  const authorityFile = join(folder, "authority.pem");
  writeFileSync(authorityFile, authorityPem);
  const sockets = new Set<Duplex>();
  const asked: string[] = [];
  const tls = createTlsServer(
    { key: keyPem, cert: certificatePem, ALPNProtocols: ["h2", "http/1.1"] },
    (socket) => {
      asked.push(`${socket.servername} ${socket.alpnProtocol || "http/1.1"}`);
      couple(socket, connect(socket.alpnProtocol === "h2" ? grpcPort : httpPort, LOOPBACK), sockets);
    },
  );
  const tlsPort = await listening(tls);
  const proxy = createServer((_, response) => response.writeHead(403).end());
  proxy.on("connect", (request: IncomingMessage, client: Socket) => {
    const [host = "", port] = (request.url ?? "").split(":");
    if (!HOSTS.includes(host) || port !== "443") {
      asked.push(`${request.url} refused`);
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const upstream = connect(tlsPort, LOOPBACK, () =>
      client.write("HTTP/1.1 200 Connection established\r\n\r\n"),
    );
    couple(client, upstream, sockets);
  });
  const address = `http://${LOOPBACK}:${await listening(proxy)}`;
  return {
    env: {
      HTTPS_PROXY: address,
      // gRPC reads the name in lower case alone.
      https_proxy: address,
      // Node's own fetch, by which Slack is asked, looks for a proxy only when it is told to.
      NODE_USE_ENV_PROXY: "1",
      NO_PROXY: LOOPBACK,
      NODE_EXTRA_CA_CERTS: authorityFile,
      // gRPC trusts its own list; without this it would try again for ever and not say why.
      GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: authorityFile,
    },
    asked,
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.closeAllConnections();
      await Promise.all([tls, proxy].map(async (server) => await closed(server)));
    },
  };
}

/** Both ways, until either ends. */
function couple(one: Duplex, other: Duplex, sockets: Set<Duplex>): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    sockets.add(from);
    from.pipe(to);
    from.on("error", () => to.destroy());
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, LOOPBACK);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  const done = once(server, "close");
  server.close();
  await done;
}
