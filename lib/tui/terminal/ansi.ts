/** Lines as a terminal takes them: text, and nothing else but the colours of roles. */
import { paint, type Style } from "../../cli/style.ts";
import type { Line } from "../line.ts";

const controls = /\p{Cc}/gu;

/** A line with its colours; whatever its text holds, no other control reaches the terminal. */
export function ansi(style: Style, line: Line): string {
  return line.map(({ Text, Role }) => {
    const text = Text.replace(controls, "");
    return Role ? paint(style, Role, text) : text;
  }).join("");
}

/** A terminal's order to copy a text (OSC 52); null for one that is longer than terminals take. */
export function copyOrder(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 50_000) return null;
  return `\x1b]52;c;${bytes.toBase64()}\x07`;
}
