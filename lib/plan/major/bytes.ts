/** Files as text of one character a byte: places in it are places in the file, whatever the bytes say. */
import { Buffer } from "node:buffer";

/** Bytes as text of one character a byte. (TextDecoder's "latin1" is another encoding.) */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** The bytes of a text of one character a byte. */
export function latin1Bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

/** Lines of a text for places that are asked for in ascending order; each byte is looked at once. */
export class LineCounter {
  #line = 1;
  #start = 0;
  #next: number;

  constructor(readonly text: string) {
    this.#next = this.#newline(0);
  }

  /** The line of a place, from 1. */
  at(place: number): number {
    this.#go(place);
    return this.#line;
  }

  /** Where the line of a place begins. */
  start(place: number): number {
    this.#go(place);
    return this.#start;
  }

  #go(place: number): void {
    if (place < this.#start) [this.#line, this.#start, this.#next] = [1, 0, this.#newline(0)];
    while (this.#next < place) {
      this.#line++;
      this.#start = this.#next + 1;
      this.#next = this.#newline(this.#start);
    }
  }

  #newline(from: number): number {
    const at = this.text.indexOf("\n", from);
    return at < 0 ? this.text.length : at;
  }
}
