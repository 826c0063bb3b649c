import assert from "node:assert/strict";
import { goOccurrences } from "../../../../lib/plan/major/gofile.ts";
import { assertMarked, bytesOf, changeOf } from "./marked.ts";

const change = changeOf("example.com/m", "example.com/m/v2", ["example.com/m/nested"]);

const forms: Record<string, string> = {
  "single imports":
    'package p\nimport "‹import›example.com/m"\nimport q "‹import›example.com/m/q"\n' +
    'import _ "‹import›example.com/m/r"\nimport . `‹import›example.com/m/s`\nimport"‹import›example.com/m/t"\n',
  "a block, comments between the tokens, several on a line":
    'package p; import ( "‹import›example.com/m/a"; b /* "x" */ "‹import›example.com/m/b" // c\n' +
    ' . /*\n*/ "‹import›example.com/m/d" ); import "‹import›example.com/m/e"; var x = 1',
  "what is another module's": 'package p\nimport (\n\t"example.com/m/v3"\n\t"example.com/mod"\n' +
    '\t"example.com/m/nested/x"\n\t"example.com/m-x"\n\t"example.com/m.v2"\n\t"xexample.com/m"\n\t"a/example.com/m"\n)\n',
  "a byte-order mark and CRLF":
    '\ufeffpackage p\r\n\r\nimport (\r\n\t"‹import›example.com/m"\r\n)\r\n',
  "a file that Go refuses": 'package p\nfunc ( {\nimport "‹import›example.com/m/a"\n"open\n' +
    'import (\n\t"‹import›example.com/m/b\tx"\n',
  "build constraints and cgo": "//go:build ignore\n\npackage p\n\n// #include <x.h>\n" +
    '// #cgo CFLAGS: -I/src/‹prose›example.com/m/c\nimport "C"\nimport "‹import›example.com/m"\n',
  "import comments": 'package p // import "‹import-comment›example.com/m/p"\n',
  "import comments between stars":
    'package p /* import "‹import-comment›example.com/m/p" */; var a = 1\n',
  "no import comments":
    'package p; // import "‹example›example.com/m/p"\n// import "‹example›example.com/m/p"\n',
  "linkname": 'package p\n\nimport _ "unsafe"\n\n//go:linkname a ‹linkname›example.com/m/q.b\n' +
    "//go:linkname c ‹linkname›example.com/m.(*T).d\n//go:linkname pushed\n" +
    "//go:linkname e example.com/m/nested.f\n//go:linkname g example.com/mod.h\n" +
    "//go:linkname i other.j[go.shape.*‹linkname›example.com/m/q.T]\n",
  "go:generate": "package p\n//go:generate go run ‹generate›example.com/m/cmd/gen -o x.go\n" +
    "//go:generate go run ‹pinned›example.com/m/cmd/gen@v1.2.3\n" +
    "//go:generate go run ‹generate›example.com/m/cmd/gen@latest\n" +
    '//go:generate go build -ldflags "-X ‹ldflags›example.com/m/v.Version=1" ‹generate›example.com/m/...\n' +
    "//go:generate mockgen -destination=../m.go ‹generate›example.com/m Iface\n" +
    "//go:generate cat $GOPATH/src/‹string›example.com/m/x.txt\n" +
    " //go:generate go run ‹install›example.com/m/cmd/gen\n",
  "strings": 'package p\nvar a = `import "‹example›example.com/m/a"`\n' +
    'var b = "package x\\n\\nimport (\\n\\tq \\"‹example›example.com/m/q\\"\\n)\\n"\n' +
    'var c = `\nimport (\n\t"fmt"\n\n\t"‹example›example.com/m/c" // why\n)\n`\n' +
    'var d = "\\t_ \\"‹example›example.com/m/d\\"\\n"\nvar e = "‹string›example.com/m/e"\n' +
    'var f = []string{`-X ‹ldflags›example.com/m/v.V=1`, "-X=‹ldflags›example.com/m/v.V="}\n' +
    'var g = "go install ‹install›example.com/m/cmd/x@latest; go get ‹pinned›example.com/m@v1.0.0"\n' +
    'var h = "https://‹url›example.com/m/issues https://pkg.go.dev/‹doc-link›example.com/m/a#B"\n' +
    'var i = `{"imports": ["‹string›example.com/m/i"]}`\nvar j = "‹string›example.com/m.Name"\n' +
    'var k = "/src/‹string›example.com/m/k"\nvar l = "git@‹url›example.com/m.git ‹url›example.com/m.git"\n',
  "a go.mod file in a string":
    "package p\nvar a = `\n-- go.mod --\nmodule ‹string›example.com/m\n" +
    '-- a.go --\npackage a\nimport "‹string›example.com/m/b"\n`\n' +
    "var b = `require ‹string›example.com/m v1.2.3 // for ‹string›example.com/m/a`\n",
  "files in a string, and other literals on a line":
    'package p\nvar a = `-- a.go --\npackage a\nimport "fmt"\nvar b = 1\n-- b.go --\n\npackage b\n' +
    'import (\n\t"‹example›example.com/m/b"\n)\n`\nvar c = "\\treturn \\"‹string›example.com/m/c\\"\\n"\n',
  "comments":
    "// Package p is ‹prose›example.com/m, not example.com/mod, example.com/m/v2 or www.example.com/m.\n" +
    "// See [‹doc-link›example.com/m.Name], [*‹doc-link›example.com/m/q.T.Method] and A[‹prose›example.com/m.T].\n//\n" +
    '//\timport "‹example›example.com/m"\n//\timport (\n//\t\tq "‹example›example.com/m/q"\n//\t)\n//\n' +
    "//\tgo get -u ‹install›example.com/m/...\n//\tgo install ‹install›example.com/m/cmd/x@master\n" +
    "//\t$ go install ‹pinned›example.com/m/cmd/x@v1.2\n// [text]: https://‹url›example.com/m/wiki\n" +
    "// https://godoc.org/‹doc-link›example.com/m/q, https://goreportcard.com/badge/‹doc-link›example.com/m\n" +
    "// pkg.go.dev/‹doc-link›example.com/m?tab=doc or https://pkg.go.dev/‹pinned›example.com/m@v1.2.3/q\n" +
    'package p\n\nimport (\n\t// "‹example›example.com/m/old"\n\t/*\n\tx "‹example›example.com/m/x"\n\t*/\n)\n' +
    "/* “‹prose›example.com/m” (‹prose›example.com/m/q). */\n",
  "generated files":
    "// Code generated by x. DO NOT EDIT.\n// Source: ‹generated›example.com/m/s\n\npackage p\n\n" +
    'import "‹import›example.com/m/q"\n\n//go:linkname a ‹linkname›example.com/m/q.b\n' +
    '//go:generate x ‹generated›example.com/m\nvar d = "\\n\\x10Z0‹generated›example.com/m/pb"\n',
  "not generated files":
    'package p\n\n// Code generated by x. DO NOT EDIT.\nvar a = "‹string›example.com/m"\n',
};

for (const [name, marked] of Object.entries(forms)) {
  Deno.test(`in a Go file: ${name}`, () => {
    assertMarked(goOccurrences, marked, change);
  });
}

Deno.test("escapes in an import's path are replaced with the bytes they are written as", () => {
  const text = String.raw`package p; import ("example\x2ecom/m/q"; "\u0065xample.com/\155")`;
  assert.deepEqual(
    goOccurrences("p.go", text, change).map(({ At, Old, New, Class }) => [At, Old, New, Class]),
    [
      [20, String.raw`example\x2ecom/m`, "example.com/m/v2", "import"],
      [42, String.raw`\u0065xample.com/\155`, "example.com/m/v2", "import"],
    ],
  );
});

Deno.test("gopkg.in paths are replaced, and symbols of such a root package keep their escapes", () => {
  const yaml = changeOf("gopkg.in/yaml.v2", "gopkg.in/yaml.v3");
  const found = assertMarked(
    goOccurrences,
    'package p\nimport "‹import›gopkg.in/yaml.v2/sub"\n//go:linkname a ‹linkname›gopkg.in/yaml%2ev2.a\n' +
      "//go:linkname b ‹linkname›gopkg.in/yaml.v2/sub.b\n// See [‹doc-link›gopkg.in/yaml.v2.Node].\n",
    yaml,
  );
  assert.deepEqual(found.map(({ New }) => New), [
    "gopkg.in/yaml.v3",
    "gopkg.in/yaml%2ev3",
    "gopkg.in/yaml.v3",
    "gopkg.in/yaml.v3",
  ]);
  const dotted = goOccurrences(
    "p.go",
    "//go:linkname a example.com/x%2ego.a\n//go:linkname b example.com/x.go/q.b",
    changeOf("example.com/x.go", "example.com/x.go/v2"),
  );
  assert.deepEqual(dotted.map(({ Old, New }) => [Old, New]), [
    ["example.com/x%2ego", "example.com/x.go/v2"],
    ["example.com/x.go", "example.com/x.go/v2"],
  ]);
});

Deno.test("a version of the coming major does not pin a command to the old path", () => {
  const text =
    "package p\n// go install ‹install›example.com/m/x@v2.0.0, ‹pinned›example.com/m@0123456789ab\n";
  const [, pinned] = assertMarked(goOccurrences, text, change);
  assert.equal(pinned!.Reason, "names 0123456789ab, which only the old path has");
  assert.equal(pinned!.Old, "example.com/m@0123456789ab");
  assert.equal(pinned!.New, "example.com/m/v2@v2.0.0");
});

Deno.test("a hostile file is read in a time that grows with its length", () => {
  const n = 3e5;
  const fill = (piece: string) => piece.repeat(n / piece.length);
  for (
    const text of [
      "// " + fill("example.com/m/"),
      "// go get " + fill(" example.com/m"),
      "// https://" + fill("x/example.com/m-"),
      'package p; import ("' + fill('example.com/m";"'),
      "import (\n" + fill('\t"example.com/m"\n'),
      "var x = `import (" + fill('"example.com/m"\n'),
      "// " + fill("example.com/m@v1."),
      fill('"example.com/m\\x"'),
      fill("/*example.com/m*/"),
      fill("//go:linkname a example.com/m.b\n"),
      "//go:linkname a example.com/m.b[" + fill("example.com/m.c,"),
      fill("`import "),
      "//go:linkname a" + fill(" ") + "b" + fill(" ") + "example.com/m",
    ]
  ) {
    assert.equal(typeof goOccurrences("p.go", bytesOf(text), change).length, "number");
  }
});
