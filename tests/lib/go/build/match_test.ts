import assert from "node:assert/strict";
import { matchesAnyTags } from "../../../../lib/go/build/match.ts";

Deno.test("only what needs the tag ignore is left out, as in cmd/go/internal/imports.AnyTags", () => {
  const counts: Record<string, boolean> = {
    "package m\n": true,
    "//go:build ignore\n\npackage m\n": false,
    "//go:build !ignore\n\npackage m\n": true,
    "//go:build linux && !linux\n\npackage m\n": true,
    "//go:build ignore || tools\n\npackage m\n": true,
    "//go:build (tools || cgo) && ignore\n\npackage m\n": false,
    "//go:build !(ignore || tools)\n\npackage m\n": true,
    "//go:build !(linux && ignore)\n\npackage m\n": true,
    "// Words.\n\n/* more\n//go:build ignore\n*/\n\npackage m\n": true,
    "\xef\xbb\xbf// Words.\n//go:build ignore\npackage m\n": false,
    "// +build ignore\n\npackage m\n": false,
    "// +build ignore\npackage m\n": true,
    "// +build ignore,linux darwin\n\npackage m\n": true,
    "// +build linux\n// +build ignore\n\npackage m\n": false,
    "package m\n\n//go:build ignore\n": true,
  };
  for (const [text, is] of Object.entries(counts)) assert.equal(matchesAnyTags(text), is, text);
});
