/** The scripts of `gorel completion` in the real shells, with a real Tab. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment, permissions } from "../../../support/gorel.ts";
import { Pty } from "../../../support/pty.ts";
import { Repo } from "../../../support/repo.ts";
import { needs, type Tool, tool } from "../../../support/tools.ts";

const tab = "\t", left = "\x1b[D", begin = "\x01", clear = "\x15\x0b\x0c", enter = "\r";

/** A changed file and a tag that would leave a file behind if any part of them ran. */
const oddFile = 'odd it\'s "$(touch ran)" `touch ran`; touch ran.txt';
const oddTag = "$(touch${IFS}ran);`touch${IFS}ran`";

/** A repository with versions, a module in a folder, and names that are not to be run. */
function repository(): Repo {
  const repo = new Repo();
  repo.commit("one", {
    "go.mod": "module example.com/m\n\ngo 1.21\n",
    "sub/go.mod": "module example.com/m/sub\n",
  });
  for (const tag of ["v1.2.0", "v1.10.0", "v1.10.0-rc.1", "sub/v0.3.0", oddTag]) {
    repo.git("tag", tag);
  }
  repo.write(oddFile, "new\n");
  repo.write("saved plan.json", "{}\n");
  Deno.mkdirSync(join(repo.dir, "empty folder"));
  return repo;
}

/** Puts `gorel` on PATH, as an installed one is, and files into the home folder. */
function provide(repo: Repo, files: Record<string, string>): Record<string, string> {
  const at = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
  const bin = repo.folder.join("bin");
  Deno.mkdirSync(bin);
  const words = ["run", "--quiet", "--config", at("deno.json"), ...permissions, at("main.ts")];
  const script = [Deno.execPath(), ...words].map((word) => `'${word}'`).join(" ");
  Deno.writeTextFileSync(join(bin, "gorel"), `#!/bin/sh\nexec ${script} "$@"\n`, { mode: 0o755 });
  for (const [path, text] of Object.entries(files)) {
    Deno.mkdirSync(join(repo.home, path, ".."), { recursive: true });
    Deno.writeTextFileSync(join(repo.home, path), text);
  }
  return {
    ...repo.env,
    PATH: `${bin}:${environment().PATH}`,
    ZDOTDIR: repo.home,
    XDG_CONFIG_HOME: join(repo.home, ".config"),
    XDG_DATA_HOME: join(repo.home, ".local"),
    XDG_CACHE_HOME: join(repo.home, ".cache"),
  };
}

interface Shell {
  /** Starts it as somebody's own shell, with the files that set it up. */
  command: string[];
  files: Record<string, string>;
  /** Bash lists what there is to choose from at the second Tab only. */
  list: string;
}

/** Types keys into an empty line, and waits for what is then to be seen. */
type Line = (keys: string, wanted: string | RegExp) => Promise<void>;

/** What is completed, and how it is shown. */
async function completes(line: Line, pty: Pty, list: string): Promise<void> {
  await line(`gorel un${list}`, /unretract .*takes a retraction back/);
  assert.match(pty.screen(), /undo .*Take back the local steps/);
  await line(`gorel verify v1.${list}`, /v1\.10\.0\s+v1\.10\.0-rc\.1\s+v1\.2\.0/);
  await line(`gorel -C sub retract ${tab}`, "> gorel -C sub retract v0.3.0");
  await line(
    `gorel plan patch --accept repl${tab}x`,
    "> gorel plan patch --accept replace-local=x",
  );
  await line(`gorel -C emp${tab}`, /> gorel -C empty\\ folder\//);
  await line(`gorel veri 1${left}${left}${tab}`, /> gorel verify +1/);
}

/** What each shell cuts and quotes in its own way; it says itself what the completed words are to it. */
async function keepsWords(line: Line, pty: Pty): Promise<void> {
  await line(`gorel pa${tab}`, /> gorel patch $/m);
  await line(`gorel major --layout=r${tab}x`, "> gorel major --layout=root x");
  await line(`gorel query example.com/m@l${tab}x`, "> gorel query example.com/m@latest x");
  await line(`gorel apply sav${tab}x`, /> gorel apply saved\\ plan\.json x/);
  for (const begun of ["o", "'o", '"odd it']) {
    await line(`gorel patch --include ${begun}${tab}`, "ran.txt");
    await pty.type(`${begin}printf 'is <%s>\\n' ${enter}`);
    await pty.until(`is <${oddFile}>`);
  }
  await line(`gorel hash '$${tab}`, "ran`");
  await pty.type(`${begin}printf 'is <%s>\\n' ${enter}`);
  await pty.until(`is <${oddTag}>`);
}

function test(name: string, found: Tool, { command, files, list }: Shell, all = true): void {
  Deno.test({
    ...needs(found, `${name} completes what gorel has, and runs none of it`),
    async fn() {
      using repo = repository();
      const env = provide(repo, files);
      await using pty = new Pty(command, { cwd: repo.dir, env, size: { columns: 100, rows: 50 } });
      const line: Line = async (keys, wanted) => {
        await pty.type(clear + keys);
        await pty.until(wanted);
      };
      await pty.until("ready> ");
      await keepsWords(line, pty);
      if (all) await completes(line, pty, list);
      const ran = [...Deno.readDirSync(repo.dir)].filter(({ name }) => name === "ran");
      assert.deepEqual(ran, []);
    },
  });
}

const bash = (before: string): Shell => ({
  command: ["bash", "-i"],
  files: {
    ".bashrc": `PS1='ready> '\n${before}\neval "$(gorel completion bash)"\n`,
    ".inputrc":
      "set bell-style none\nset completion-query-items 0\nset enable-bracketed-paste off\n",
  },
  list: tab + tab,
});

test("bash", tool("bash"), bash("complete -r"));

const bashCompletion = "/usr/share/bash-completion/bash_completion";
test(
  "bash with bash-completion",
  existsSync(bashCompletion) ? tool("bash") : tool("bash-completion"),
  bash(`. ${bashCompletion}`),
  false,
);

test("zsh", tool("zsh"), {
  command: ["zsh", "-i"],
  files: {
    ".zshrc": "PS1='ready> '\nbindkey -e\nautoload -Uz compinit\ncompinit -u -D\n" +
      'eval "$(gorel completion zsh)"\n',
  },
  list: tab,
});

test("fish", tool("fish"), {
  command: ["fish", "-i"],
  files: {
    ".config/fish/config.fish": "function fish_prompt; printf 'ready> '; end\n" +
      "set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\ngorel completion fish | source\n",
  },
  list: tab,
});
