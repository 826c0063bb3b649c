/** Random modules whose packages import each other in every form that Go knows. */
import type { Random } from "../../../support/random.ts";

export interface RandomModule {
  Path: string;
  /** The path of its next major. */
  Next: string;
  /** Its last release. */
  Base: string;
  Files: Record<string, string>;
  /** Folders of modules; "" is the module's own. */
  Modules: string[];
}

const paths: readonly [path: string, next: string, base: string][] = [
  ["example.com/acme/wire", "example.com/acme/wire/v2", "v1.4.2"],
  ["example.com/acme/wire/v2", "example.com/acme/wire/v3", "v2.0.1"],
  ["example.com/a-b/c.d", "example.com/a-b/c.d/v2", "v1.0.0"],
  ["gopkg.in/yaml.v3", "gopkg.in/yaml.v4", "v3.0.1"],
  ["example.com/m/v9", "example.com/m/v10", "v9.0.0"],
  ["example.com/v1x", "example.com/v1x/v2", "v1.0.0"],
];

/** Folders of packages, the last part of which is the package's name but for odd signs. */
const folders = [
  "codec",
  "codec/json",
  "internal/pool",
  "internal/deep/er",
  "v2",
  "api/v1",
  "dots.go",
  "da-sh",
  "wire",
  "x",
];

const nameOf = (folder: string) => `p${folder.replace(/[^a-z0-9]/g, "")}`;

/** A module of three packages or more, now and then with another module inside. */
export function randomModule(r: Random): RandomModule {
  const [Path, Next, Base] = r.pick(paths);
  const files: Record<string, string> = {};
  const chosen = r.shuffle(folders).slice(0, r.int(3, 7));
  const own = (folder: string) => `${Path}/${folder}`;
  for (const [i, folder] of chosen.entries()) {
    // Only what comes later, so that none import each other.
    const later = chosen.slice(i + 1);
    for (let f = 0; f < r.int(1, 3); f++) {
      const uses = r.shuffle(later).slice(0, r.int(0, later.length));
      const tag = f === 0
        ? ""
        : r.pick(["", "", "//go:build windows\n\n", "//go:build !linux\n\n"]);
      const ignored = r.chance(0.1) ? "//go:build ignore\n\n" : tag;
      files[`${folder}/f${f}.go`] = goFile(
        r,
        f === 0 ? "" : ignored,
        nameOf(folder),
        f,
        uses.map(own),
      );
    }
    if (r.chance(0.4)) {
      files[`${folder}/a_test.go`] = goFile(r, "", `${nameOf(folder)}_test`, 9, [own(folder)]);
    }
  }
  files["root.go"] = goFile(r, "", "root", 0, chosen.filter(() => r.chance(0.6)).map(own)).replace(
    /^(package root)$/m,
    () => r.chance(0.5) ? `package root // import "${Path}"` : "package root",
  );
  files["cmd/tool/main.go"] = `package main\n\nimport _ "${Path}"\n\nvar version = "dev"\n\n` +
    `//go:generate go run ${Path}/cmd/tool -x\nfunc main() { println(version) }\n`;
  const ends = r.pick(["\n", "\n", "\r\n"]);
  files["go.mod"] = [
    r.chance(0.3) ? "// Package wire has a comment.\n" : "",
    r.pick([`module ${Path}`, `module "${Path}"`, `module ${Path} // here`]),
    "\n\ngo 1.21\n",
    r.chance(0.4) ? `\nretract ${Base.split(".")[0]}.0.0-rc.1 // too early\n` : "",
  ].join("").replaceAll("\n", ends);
  if (r.chance(0.7)) Object.assign(files, others(r, Path, chosen[0]!));
  const Modules = [""];
  if (r.chance(0.6)) {
    Modules.push("nested");
    Object.assign(files, nested(r, Path, Base, chosen.filter((f) => !f.startsWith("internal"))));
  }
  return { Path, Next, Base, Files: files, Modules };
}

/** A Go file that imports packages, each in a form of its own. */
function goFile(r: Random, head: string, name: string, n: number, uses: readonly string[]): string {
  const sorted = r.chance(0.5);
  const specs = uses.map((path, i) => {
    const quoted = r.chance(0.2) ? `\`${path}\`` : `"${path}"`;
    const alias = r.pick(["_ ", "_ ", `q${i} `, "_\t", `q${i} /* so */ `]);
    return { path, text: alias + quoted + r.pick(["", "", " // why", " /* b */"]), alias };
  });
  if (sorted) specs.sort((a, b) => a.path < b.path ? -1 : 1);
  const used = specs.flatMap(({ alias, path }) =>
    /^q/.test(alias) ? [[alias.split(" ")[0]!, path]] : []
  );
  const form = r.int(0, 3);
  const imports = form === 0
    ? specs.map((s) => `import ${s.text}\n`).join("")
    : form === 1
    ? `import (\n${specs.map((s) => `\t${s.text}\n`).join("")})\n`
    : form === 2
    ? `import (\n\t"strings"\n\n${
      specs.map((s) => `\t// ${s.alias.trim()} is needed.\n\t${s.text}\n`).join("")
    })\n\nvar _${n} = strings.ToUpper\n`
    : `import ( ${specs.map((s) => s.text.replace(/ \/\/.*/, "")).join("; ")} )\n`;
  const bodies = used.map(([alias, path]) => `var _ = ${alias}.N0 // of ${path}\n`);
  const text =
    `${head}// Package ${name} is random.\npackage ${name}\n\n${imports}\n${bodies.join("")}` +
    `\n// N${n} is a number.\nconst N${n} = ${n}\n` +
    (r.chance(0.3) ? `\nconst text${n} = "see ${uses[0] ?? "nothing"} there"\n` : "");
  return r.chance(0.2) ? text.replaceAll("\n", "\r\n") : text;
}

/** What is no Go source and names the path. */
function others(r: Random, path: string, folder: string): Record<string, string> {
  const files: Record<string, string> = {
    "README.md":
      `# wire\n\n[![doc](https://pkg.go.dev/badge/${path}.svg)](https://pkg.go.dev/${path})\n\n` +
      `\`\`\`sh\ngo get ${path}\ngo install ${path}/cmd/tool@latest\n\`\`\`\n\n` +
      `\`\`\`go\nimport "${path}/${folder}"\n\`\`\`\n\nIssues: https://${path}/issues. We like ${path} a lot.\n`,
    "Makefile": `build:\n\tgo build -ldflags "-X ${path}/cmd/tool.version=1" ${path}/cmd/tool\n`,
    "api.proto": `syntax = "proto3";\noption go_package = "${path}/api/v1;api";\n`,
    ".goreleaser.yml":
      `builds:\n  - main: ./cmd/tool\n    ldflags: -X ${path}/cmd/tool.version={{.Version}}\n`,
    "testdata/in.go.txt": `package in\n\nimport "${path}/${folder}"\n`,
    "notes.txt": `x${path} and ${path}x are something else, ${path}-tools too.\n`,
  };
  return Object.fromEntries(Object.entries(files).filter(() => r.chance(0.7)));
}

/** A module in a folder that uses the one around it. */
function nested(
  r: Random,
  path: string,
  base: string,
  folders: readonly string[],
): Record<string, string> {
  const used = [path, ...folders.slice(0, 2).map((f) => `${path}/${f}`)];
  return {
    "nested/go.mod": `module example.com/nested\n\ngo 1.21\n\n` + r.pick([
      `require ${path} ${base}\n\nreplace ${path} => ../\n`,
      `require (\n\t${path}   ${base} // here\n)\n\nreplace ${path} ${base} => ..\n`,
    ]),
    "nested/n.go": `package nested\n\nimport (\n${used.map((u) => `\t_ "${u}"\n`).join("")})\n`,
  };
}
