/** Repositories of any size, made with `git fast-import`: commits that change one file, tags between them. */
import { Folder, gitEnvironment, run } from "../tests/support/repo.ts";

export const modulePath = "example.com/big";

/**
 * Makes a repository with a go.mod, `commits` commits and `tags` annotated version tags,
 * the last of them a little before HEAD, packed as a fresh clone would be.
 */
export function makeRepository(
  folder: Folder,
  name: string,
  size: { commits: number; tags: number; files?: number },
): { Cwd: string; Home: string } {
  const home = folder.join("home");
  const dir = folder.join(name);
  const env = gitEnvironment(home);
  Deno.mkdirSync(home, { recursive: true });
  Deno.writeTextFileSync(
    env.GIT_CONFIG_GLOBAL!,
    "[user]\n\tname = Ada\n\temail = ada@example.com\n",
  );
  run("git", ["init", "-q", "-b", "main", dir], { env });
  run("git", ["fast-import", "--quiet", "--done"], { cwd: dir, env, stdin: stream(size) });
  run("git", ["pack-refs", "--all"], { cwd: dir, env });
  run("git", ["reset", "-q", "--hard", "main"], { cwd: dir, env });
  return { Cwd: dir, Home: home };
}

function stream(size: { commits: number; tags: number; files?: number }): string {
  const out: string[] = [];
  const data = (text: string) => `data ${text.length}\n${text}\n`;
  const every = Math.max(1, Math.floor((size.commits - 3) / size.tags));
  let tags = 0;
  for (let n = 1; n <= size.commits; n++) {
    const who = `Ada <ada@example.com> ${1_600_000_000 + n * 60} +0000`;
    const kind = n % 10 === 0 ? "feat" : "fix";
    out.push(
      `commit refs/heads/main\nmark :${n}\nauthor ${who}\ncommitter ${who}\n`,
      data(`${kind}: change number ${n}\n`),
    );
    if (n === 1) {
      out.push(`M 100644 inline go.mod\n${data(`module ${modulePath}\n\ngo 1.21\n`)}`);
      for (let file = 0; file < (size.files ?? 0); file++) {
        const folder = `p${file % 100}`;
        const text = `package ${folder}\n\n${`// Line ${file} of a file.\n`.repeat(40)}`;
        out.push(`M 100644 inline ${folder}/f${file}.go\n${data(text)}`);
      }
    }
    out.push(`M 100644 inline file.go\n${data(`package big\n\nconst N = ${n}\n`)}`);
    if (n % every === 0 && tags < size.tags) {
      const version = `v0.${Math.floor(tags / 100)}.${tags % 100}`;
      tags++;
      out.push(`tag ${version}\nfrom :${n}\ntagger ${who}\n`, data(`${version}\n`));
    }
  }
  return out.join("") + "done\n";
}
