/** The sandbox on a thread of its own, so that its processor time is not the functions'. */
import { parentPort, workerData } from "node:worker_threads";
import { serveSandbox } from "../../lib/sandbox/index.ts";

const { url, grpcPort } = await serveSandbox({ folder: workerData.folder });
parentPort?.postMessage({ url, grpcPort });
