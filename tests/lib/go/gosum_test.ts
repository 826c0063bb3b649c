/** go.sum as the go command reads, checks and writes it. */
import assert from "node:assert/strict";
import { hash1, hashGoMod, sum256 } from "../../../lib/go/dirhash.ts";
import {
  checkGoSum,
  formatGoSum,
  goSumHashes,
  goSumLines,
  parseGoSum,
} from "../../../lib/go/gosum.ts";
import { decodeText, encodeText } from "../../../lib/go/modfile/utf8.ts";
import { canonical } from "../../../lib/go/semver.ts";
import { zipPrefix } from "../../../lib/go/zip.ts";
import { moduleZip } from "../../../lib/proxy/zip.ts";
import { encode } from "../../../lib/text.ts";
import { Go, needsGo } from "../../support/go.ts";
import { cases, type Random, seeded } from "../../support/random.ts";
import { randomModule, randomVersion } from "./words.ts";

Deno.test("blank lines, odd white space and the hash of an empty go.mod are passed over", () => {
  const text = "a.b/c v1.0.0 h1:x=\n\n\ta.b/c \u0085 v1.0.0/go.mod\u00a0h2:y\r\n" +
    "a.b/c v1.0.0/go.mod h1:G7mAYYxgmS0lVkHyy2hEOLQCFB0DlQFTMLWggykrydY=\na.b/c v1.0.0 h1:z";
  const { Lines, Errors } = parseGoSum("go.sum", text);
  assert.deepEqual(Errors, []);
  assert.deepEqual(
    [...goSumHashes(Lines)],
    [["a.b/c@v1.0.0", ["h1:x=", "h1:z"]], ["a.b/c@v1.0.0/go.mod", ["h2:y"]]],
  );
});

Deno.test("each line that is none has its error, and the others are still there", () => {
  const { Lines, Errors } = parseGoSum("/m/go.sum", encode("one\na v1 h1:x\n\na v1 h1:x more"));
  assert.deepEqual(Lines, [{ Path: "a", Version: "v1", Hash: "h1:x" }]);
  assert.deepEqual(Errors, [
    { Line: 1, Text: "malformed go.sum:\n/m/go.sum:1: wrong number of fields 1" },
    { Line: 4, Text: "malformed go.sum:\n/m/go.sum:4: wrong number of fields 4" },
  ]);
});

Deno.test("the first h1: that is recorded decides", () => {
  const rows: readonly [known: string[] | undefined, verdict: ReturnType<typeof checkGoSum>][] = [
    [undefined, "missing"],
    [[], "missing"],
    [["h2:x"], "missing"],
    [["h1:a"], "listed"],
    [["h2:x", "h1:a", "h1:b"], "listed"],
    [["h1:b", "h1:a"], { Recorded: "h1:b" }],
    [["h2:x", "h1:b"], { Recorded: "h1:b" }],
  ];
  for (const [known, verdict] of rows) assert.deepEqual(checkGoSum(known, "h1:a"), verdict);
});

Deno.test("a go.sum of a hundred thousand lines is read and written", () => {
  const lines = Array.from(
    { length: 50_000 },
    (_, i) =>
      goSumLines({ Path: `example.com/m${i % 1000}`, Version: `v1.${i % 50}.${i}` }, {
        Sum: `h1:${i}`,
        GoModSum: `h1:m${i}`,
      }),
  ).flat();
  const written = formatGoSum(lines);
  const read = parseGoSum("go.sum", written);
  assert.equal(read.Lines.length, 100_000);
  assert.deepEqual(formatGoSum(read.Lines), written);
});

const added = { Path: "example.com/added", Version: "v1.0.0" };
const files = { "go.mod": `module ${added.Path}\n`, "a.go": "package added\n" };
const prefix = zipPrefix(added.Path, added.Version);
const addedSums = {
  Sum: hash1(
    Object.entries(files).map(([Name, text]) => ({
      Name: prefix + Name,
      Sum: sum256(encode(text)),
    })),
  ),
  GoModSum: hashGoMod(files["go.mod"]),
};

/** A go command with a file proxy that has the one module. */
async function goWithProxy(): Promise<Go> {
  const go: Go = new Go();
  const at = go.folder.join("proxy", added.Path, "@v");
  Deno.mkdirSync(at, { recursive: true });
  Deno.writeTextFileSync(`${at}/${added.Version}.info`, JSON.stringify({ Version: "v1.0.0" }));
  Deno.writeTextFileSync(`${at}/${added.Version}.mod`, files["go.mod"]);
  const zip = await moduleZip(
    prefix,
    Object.entries(files).map(([name, text]) => [name, encode(text)] as const),
  );
  Deno.writeFileSync(`${at}/${added.Version}.zip`, zip);
  go.env.GOPROXY = `file://${go.folder.join("proxy")}`;
  go.env.GOFLAGS = "-mod=mod -modcacherw";
  return go;
}

/** A go.sum, now and then with a line that is none, or with another hash of the module that is added. */
function randomGoSum(random: Random): string {
  const line = (): string => {
    // Between two that are no versions, or differ in build metadata only, Go's order is open.
    const version = canonical(randomVersion(random)) || "none";
    const path = random.chance(0.05) ? "odd\udcff\u{1f600}" : randomModule(random);
    const hash = `h${random.pick([1, 1, 1, 2])}:${random.int(0, 3)}`;
    return [path, version + random.pick(["", "/go.mod"]), hash].join(
      random.pick([" ", " ", "\t "]),
    );
  };
  const lines = Array.from({ length: random.int(0, 12) }, line);
  if (random.chance(0.5)) lines.push(...lines.slice(0, 2), "", " \t");
  if (random.chance(0.15)) lines.push(random.pick(["word", "two words", "four of them here"]));
  const [zip, goMod] = goSumLines(added, addedSums).map((l) => `${l.Path} ${l.Version} ${l.Hash}`);
  if (random.chance(0.3)) lines.push(random.pick([zip!, goMod!]));
  if (random.chance(0.15)) {
    lines.push(random.pick([zip!, goMod!]).replace(/h1:.*/, random.pick(["h1:x", "h2:x"])));
  }
  return random.shuffle(lines).join(random.pick(["\n", "\n", "\r\n"])) + random.pick(["\n", ""]);
}

Deno.test(
  needsGo("random go.sum files are read and written as go does, or refused as it does"),
  async () => {
    const random = seeded("go.sum");
    using go = await goWithProxy();
    for (let n = cases(12, 200); n > 0; n--) {
      const dir = go.folder.join(`main${n}`);
      Deno.mkdirSync(dir);
      Deno.writeTextFileSync(`${dir}/go.mod`, "module example.com/main\n\ngo 1.21\n");
      const text = randomGoSum(random);
      Deno.writeFileSync(`${dir}/go.sum`, encodeText(text));
      const { code, stderr } = go.run(["get", `${added.Path}@${added.Version}`], dir);
      const { Lines, Errors } = parseGoSum(`${dir}/go.sum`, encodeText(text));
      const lines = goSumLines(added, addedSums);
      const known = goSumHashes(Lines);
      const verdicts = lines.map((line) =>
        checkGoSum(known.get(`${line.Path}@${line.Version}`), line.Hash)
      );
      const note = JSON.stringify({ text, stderr });
      if (Errors.length > 0) {
        assert.ok(stderr.includes(Errors[0]!.Text), note);
      } else if (verdicts.some((verdict) => typeof verdict === "object")) {
        assert.match(stderr, /SECURITY ERROR/, note);
      } else {
        assert.equal(code, 0, note);
        const written = decodeText(Deno.readFileSync(`${dir}/go.sum`));
        assert.deepEqual(written, decodeText(formatGoSum([...Lines, ...lines])), note);
      }
    }
  },
);
