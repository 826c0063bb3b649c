/** Random module graphs: rows, requirers and refusals are those of the go command. */
import assert from "node:assert/strict";
import type { GraphRow, WhyDocument } from "../../lib/cli/answer.ts";
import { Go, needsGo } from "../support/go.ts";
import { cases, seeded } from "../support/random.ts";
import { graph, Proxy, randomGraph, surroundings, why } from "./graphs.ts";

interface Theirs {
  Rows?: GraphRow[];
  Error: string;
}

function list(go: Go, mode: string, cwd: string): Theirs {
  const fields = "{{.Path}} {{.Version}} {{with .Replace}}{{.Path}} {{.Version}}{{end}}";
  const { code, stdout, stderr } = go.run(["list", `-mod=${mode}`, "-m", "-f", fields, "all"], cwd);
  if (code !== 0) return { Error: stderr };
  const Rows = stdout.trimEnd().split("\n").map((line) => {
    const [Path, Version, to, toVersion] = line.split(" ");
    return {
      Path: Path!,
      ...(Version && { Version }),
      ...(to && { Replace: { Path: to, ...(toVersion && { Version: toVersion }) } }),
    };
  });
  return { Rows, Error: stderr };
}

/** `--why` as `go mod graph` tells it: edges of the main module and of selected ones. */
function whyOf(edges: string, rows: readonly GraphRow[], path: string): WhyDocument["RequiredBy"] {
  const selected = new Map(rows.map((row) => [row.Path, row.Version ?? ""]));
  // A go.mod that says one thing twice is told twice.
  const all = [...new Set(edges.trimEnd().split("\n"))].map((line) =>
    line.split(" ").map((end) => end.split("@") as [string, string?])
  ).filter(([, to]) => to![0] === path).map(([by, to]) => ({
    Path: by![0],
    ...(by![1] !== undefined && { Version: by![1] }),
    Requires: to![1]!,
  }));
  const counts = ({ Path, Version = "" }: { Path: string; Version?: string }) =>
    selected.get(Path) === Version;
  const reason = all.some((r) => counts(r) && r.Requires === selected.get(path));
  return all.filter((r) => counts(r) || (!reason && r.Requires === selected.get(path)));
}

Deno.test(
  needsGo("the build list of random graphs is that of go list -m all, and so are refusals"),
  async () => {
    const random = seeded("graph");
    using go = new Go();
    const { folder } = go;
    const proxy = new Proxy(folder.join("proxy"));
    const settings = { GOPROXY: proxy.url, GOMODCACHE: folder.join("mod") };
    go.env.GOPROXY = proxy.url;
    const seen = { rows: 0, refused: 0, updates: 0 };
    for (let i = 0; i < cases(20, 240); i++) {
      const main = folder.join(`case${i}`, "main");
      randomGraph(random, proxy, main, `case${i}`);
      const goMod = Deno.readTextFileSync(`${main}/go.mod`);
      const context = (what: string) => `${what} of\n${goMod}`;

      // Before go has filled the cache that both read.
      const ours = await graph([], main, surroundings(folder, settings));
      const codes = ours.Problems.map(({ Code }) => Code);
      const changed = list(go, "mod", main);
      if (!changed.Rows) {
        if (/requires go >= |requires go 1\.99/.test(changed.Error)) {
          assert(
            codes.some((c) => c === "go-too-new" || c === "graph-failed"),
            context(changed.Error),
          );
          continue;
        }
        assert(codes.includes("graph-failed"), context(`${codes}, ${changed.Error}`));
        const at = /cannot be read: (\S+?)[:,] /.exec(ours.Problems[0]!.Text)![1]!;
        assert(changed.Error.includes(at), context(`${ours.Problems[0]!.Text}\n${changed.Error}`));
        seen.refused++;
        continue;
      }

      // What go has made consistent, which may prune what it did not before, needs no change.
      const again = list(go, "mod", main);
      const edges = go.run(["mod", "graph"], main).stdout;
      const rewritten = Deno.readTextFileSync(`${main}/go.mod`);
      const consistent = await graph([], main, surroundings(folder, settings));
      assert.deepEqual(consistent, { Document: again.Rows, Problems: [] }, context(rewritten));
      for (const { Path } of random.shuffle(again.Rows!).slice(0, 2)) {
        const { Document } = await why(Path, main, surroundings(folder, settings));
        assert.deepEqual(
          Document?.RequiredBy,
          whyOf(edges, again.Rows!, Path),
          context(`why ${Path}`),
        );
      }

      // The file as it was: go refuses it, or takes it as it is.
      Deno.writeTextFileSync(`${main}/go.mod`, goMod);
      const asItWas = list(go, "readonly", main);
      const missing = /missing go\.sum entry/.test(asItWas.Error);
      assert(
        asItWas.Rows || missing || /updates to go\.mod needed/.test(asItWas.Error),
        asItWas.Error,
      );
      assert.deepEqual(
        ours.Document,
        asItWas.Rows ?? changed.Rows,
        context(`build list (${rewritten})`),
      );
      if (!missing) {
        assert.equal(codes.includes("go-mod-updates"), !asItWas.Rows, context(asItWas.Error));
      }
      seen.rows++;
      if (!asItWas.Rows) seen.updates++;
    }
    // No more can be promised of a few graphs.
    assert(seen.rows > 3 && seen.rows + seen.refused > 10, JSON.stringify(seen));
  },
);
