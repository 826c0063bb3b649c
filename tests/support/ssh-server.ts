/** A git server over ssh on loopback: the real sshd with keys, users' keys and port of its own. */
import { join } from "node:path";
import { receivePack } from "./receive-pack.ts";
import { run } from "./repo.ts";

const sshd = ["/usr/sbin/sshd", "/usr/bin/sshd", "/usr/local/sbin/sshd"].find(isFile);

/** Why there can be no server, or null. */
const missing: string | null = (() => {
  if (sshd === undefined) return "no sshd";
  if (Deno.uid() !== 0) return null;
  try {
    // Started by root it wants the folder that the system's own service makes.
    Deno.mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
    return null;
  } catch {
    return "sshd may not make its folder";
  }
})();

/** Options for a test that needs sshd: without it the test is skipped, and its name says why. */
export function needsSshd(name: string): { name: string; ignore: boolean } {
  return missing === null
    ? { name, ignore: false }
    : { name: `${name} (skipped: ${missing})`, ignore: missing !== null };
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Serves git, and nothing else, to whoever has the user's key. */
export class SshServer implements AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  readonly #process: Deno.ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(folder: string, port: number, process: Deno.ChildProcess) {
    this.folder = folder;
    this.port = port;
    this.#process = process;
    this.#ended = process.status;
  }

  /** Starts it in a folder; `env` is what git and the hooks get there. */
  static async start(folder: string, env: Record<string, string>): Promise<SshServer> {
    Deno.mkdirSync(folder, { recursive: true });
    const at = (name: string) => join(folder, name);
    for (const key of ["host", "user", "stranger"]) {
      run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", at(key)]);
    }
    const exports = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`);
    const script = `#!/bin/sh
${exports.join("")}eval "set -- $SSH_ORIGINAL_COMMAND"
case "$1" in
  git-receive-pack) exec '${receivePack(folder)}' "$2" ;;
  git-upload-pack) exec git upload-pack "$2" ;;
esac
`;
    Deno.writeTextFileSync(at("serve"), script, { mode: 0o755 });
    Deno.copyFileSync(at("user.pub"), at("authorized"));
    const port = freePort();
    const settings = {
      Port: port,
      ListenAddress: "127.0.0.1",
      HostKey: at("host"),
      AuthorizedKeysFile: at("authorized"),
      ForceCommand: at("serve"),
      PidFile: "none",
      StrictModes: "no",
      UsePAM: "no",
      PasswordAuthentication: "no",
      KbdInteractiveAuthentication: "no",
      PermitRootLogin: "yes",
      AcceptEnv: "GIT_PROTOCOL",
    };
    Deno.writeTextFileSync(at("sshd_config"), lines(settings));
    const process = new Deno.Command(sshd!, {
      args: ["-D", "-e", "-f", at("sshd_config")],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    await listening(process.stderr);
    const [type, key] = Deno.readTextFileSync(at("host.pub")).split(" ");
    Deno.writeTextFileSync(at("known"), `[127.0.0.1]:${port} ${type} ${key}\n`);
    return new SshServer(folder, port, process);
  }

  /** The variables with which git comes in: as the user, as a stranger, or knowing no host. */
  env(as: "user" | "stranger" | "newcomer" = "user"): Record<string, string> {
    const file = join(this.folder, `client-${as}`);
    const settings = {
      IdentityFile: join(this.folder, as === "stranger" ? "stranger" : "user"),
      IdentitiesOnly: "yes",
      IdentityAgent: "none",
      GlobalKnownHostsFile: "/dev/null",
      UserKnownHostsFile: as === "newcomer" ? "/dev/null" : join(this.folder, "known"),
    };
    Deno.writeTextFileSync(file, lines(settings));
    return { GIT_SSH_COMMAND: `ssh -F '${file}'` };
  }

  url(path: string): string {
    return `ssh://127.0.0.1:${this.port}${path}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#ended;
  }
}

function lines(settings: Record<string, string | number>): string {
  return Object.entries(settings).map(([name, value]) => `${name} ${value}\n`).join("");
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Waits for the server's first words, and reads on so that it never waits for a reader. */
async function listening(errors: ReadableStream<Uint8Array>): Promise<void> {
  const reader = errors.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  while (!said.includes("Server listening")) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`sshd: ${said}`);
    said += value;
  }
  (async () => {
    while (!(await reader.read()).done);
  })();
}
