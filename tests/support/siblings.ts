/** A repository of modules that require each other, for what is released as a train. */
import { Repo } from "./repo.ts";

const path = "example.com/acme/repo";

/**
 * example.com/acme/repo v1.0.0 requires codec v0.1.0, wire v0.3.0 requires both, each by a
 * replacement; tools v0.0.1 requires none of them. Since then codec has a new feature.
 */
export function siblings(): Repo {
  const repo = new Repo("siblings");
  const codec = `${path}/codec`;
  repo.commit("begin", {
    "go.mod":
      `module ${path}\n\ngo 1.21\n\nrequire ${codec} v0.1.0\n\nreplace ${codec} => ./codec\n`,
    "repo.go": `package repo\n\nimport "${codec}"\n\nvar A = codec.A\n`,
    "codec/go.mod": `module ${codec}\n\ngo 1.21\n`,
    "codec/codec.go": "package codec\n\nvar A int\n",
    "wire/go.mod":
      `module ${path}/wire\n\ngo 1.21\n\nrequire (\n\t${path} v1.0.0\n\t${codec} v0.1.0\n)\n\n` +
      `replace (\n\t${path} => ../\n\t${codec} => ../codec\n)\n`,
    "wire/wire.go": `package wire\n\nimport "${path}"\n\nvar B = repo.A\n`,
    "tools/go.mod": `module ${path}/tools\n\ngo 1.21\n`,
    "tools/tools.go": "package tools\n",
  });
  for (const tag of ["v1.0.0", "codec/v0.1.0", "wire/v0.3.0", "tools/v0.0.1"]) repo.tag(tag);
  repo.withRemote();
  repo.commit("feat: codec has B", { "codec/codec.go": "package codec\n\nvar A, B int\n" });
  return repo;
}
