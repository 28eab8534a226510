// Installs the locked dependencies when they are absent or older than the lock file, so that `npm start`,
// `npm test` and `npm run palier` are each one command on a fresh clone. Runs on the host's own Node (20 or newer).
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

if (modifiedMs("node_modules/.package-lock.json") < modifiedMs("package-lock.json")) {
  process.stderr.write("Installing the locked dependencies (once) ...\n");
  const install = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (install.status !== 0) {
    process.stderr.write("The installation failed. Check the network, then run: npm ci\n");
    process.exit(1);
  }
}
