/** v1 → v2 of a module of 5 000 files: the plan alone, and the whole of it committed and tagged. */
import { Folder, gitEnvironment, run } from "../../tests/support/repo.ts";
import type { Comparison, Program } from "../harness.ts";
import { gorel, peer } from "../programs.ts";

const path = "example.com/big";
const packages = 100, filesEach = 50;

interface At {
  Cwd: string;
  Home: string;
}

export function major(folder: Folder): Comparison[] {
  const at = makeModule(folder);
  const git = (...args: string[]) =>
    run("git", args, { cwd: at.Cwd, env: gitEnvironment(at.Home) });
  const clean = () => {
    git("reset", "-q", "--hard", "begin");
    if (git("tag", "--list", "v2.0.0") !== "") git("tag", "-d", "v2.0.0");
    run("rm", ["-rf", ".git/gorel"], { cwd: at.Cwd });
    git("status", "--porcelain");
  };
  const after = (program: Program | string): Program | string =>
    typeof program === "string" ? program : { ...program, before: clean };
  const words = ["major", "--yes", "--offline", "--no-build"];
  const then = "git commit -qam v2 && git tag -am v2.0.0 v2.0.0";
  return [
    ...[["mod", "upgrade"], ["gomajor", "path", "-next"]].flatMap(([name, ...args]) => {
      const tool = peer(name!, args, at);
      const both = typeof tool === "string" ? tool : {
        ...tool,
        Label: `${tool.Label}, committed and tagged`,
        Name: "sh",
        Args: ["-c", `${name} ${args.join(" ")} && ${then}`],
      };
      return [{
        Work: "v1 → v2 of 5 000 files, dry run",
        Ours: { ...gorel([...words, "--dry-run"], at), before: clean },
        Peer: after(tool),
        Target: { Times: 0.2 },
      }, {
        Work: "the same, committed and tagged",
        Ours: { ...gorel(words, at), before: clean },
        Peer: after(both),
        Target: { Times: 0.6 },
      }];
    }),
  ];
}

/** The module at v1.0.0 with one commit more; every file imports packages of its own module. */
function makeModule(folder: Folder): At {
  const [home, dir] = [folder.join("home"), folder.join("major")];
  const env = gitEnvironment(home);
  Deno.mkdirSync(home);
  Deno.writeTextFileSync(
    env.GIT_CONFIG_GLOBAL!,
    "[user]\n\tname = Ada\n\temail = ada@example.com\n",
  );
  run("git", ["init", "-q", "-b", "main", dir], { env });
  run("git", ["fast-import", "--quiet", "--done"], { cwd: dir, env, stdin: stream() });
  run("git", ["tag", "begin", "main"], { cwd: dir, env });
  run("git", ["reset", "-q", "--hard", "main"], { cwd: dir, env });
  return { Cwd: dir, Home: home };
}

function stream(): string {
  const data = (text: string) => `data ${text.length}\n${text}\n`;
  const commit = (n: number, message: string) =>
    `commit refs/heads/main\nmark :${n}\ncommitter Ada <ada@example.com> ${
      1_600_000_000 + n
    } +0000\n${data(message)}`;
  const out = [commit(1, "begin"), `M 100644 inline go.mod\n`];
  out.push(data(`module ${path}\n\ngo 1.21\n`));
  for (let p = 0; p < packages; p++) {
    for (let f = 0; f < filesEach; f++) {
      // Only packages behind it, so that none import each other.
      const imports = [p + 1, p + 2].filter((to) => to < packages);
      const text = [
        `package p${p}\n\nimport (\n\t"fmt"\n`,
        ...imports.map((to) => `\n\t"${path}/p${to}"`),
        `\n)\n\nfunc F${f}() {\n\tfmt.Println(${
          imports.map((to) => `p${to}.N${f}`).join(", ")
        })\n}\n`,
        `\n// N${f} is a number.\nconst N${f} = ${f}\n`,
        `\n// Line of a file.\n`.repeat(30),
      ];
      out.push(`M 100644 inline p${p}/f${f}.go\n`, data(text.join("")));
    }
  }
  out.push(
    `tag v1.0.0\nfrom :1\ntagger Ada <ada@example.com> 1600000001 +0000\n`,
    data("v1.0.0\n"),
  );
  out.push(commit(2, "fix: one"), `M 100644 inline fix.go\n`, data("package big\n"));
  return out.join("") + "done\n";
}
