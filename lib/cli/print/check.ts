/** The preflight checks, for people: here the problems are the result. */
import { stops } from "../../problem.ts";
import { count } from "../../text.ts";
import type { CheckDocument } from "../answer.ts";
import { glyphs, type Style } from "../style.ts";
import { marked, text } from "./layout.ts";
import { problems } from "./problems.ts";

/** What `gorel check` prints. */
export function check({ Version, Problems }: CheckDocument, style: Style): string {
  const stopping = Problems.filter(stops).length;
  const warnings = Problems.filter((p) => p.Level === "warn").length;
  const accepted = Problems.filter((p) => p.Accepted !== undefined).length;
  const also = [
    accepted > 0 ? `${accepted} accepted` : "",
    warnings > 0 ? count(warnings, "warning") : "",
  ].filter((part) => part !== "").join(", ");
  const verdict = stopping > 0
    ? `${count(stopping, "problem")} ${stopping === 1 ? "stops" : "stop"} ${Version}`
    : `nothing stops ${Version}`;
  const sentence = also === "" ? `${verdict}.` : `${verdict}; ${also}.`;
  const lines = marked(style, stopping > 0 ? "✗" : "✓", sentence);
  return glyphs(style, text(lines)) + problems(Problems, style);
}
