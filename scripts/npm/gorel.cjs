#!/usr/bin/env node
/**
 * Starts gorel on the Deno that was installed beside it, as the launcher of the executables does,
 * for node 18 and newer. Deno gets this terminal, and its exit code is ours.
 */
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const dir = path.dirname(__dirname);
const { version } = require("../package.json");
const { Args } = require("../start.json");

/**
 * Where Deno is: in its package for this system. The package `deno` need not have run its script, and
 * what that left may be for another system, where a container has the node_modules of its host.
 */
function findDeno() {
  const name = process.platform === "win32" ? "deno.exe" : "deno";
  const libc = process.platform === "linux" ? "-glibc" : "";
  const system = `@deno/${process.platform}-${process.arch}${libc}`;
  try {
    const own = path.dirname(require.resolve("deno/package.json"));
    const found = require.resolve(`${system}/package.json`, { paths: [own, dir] });
    const file = path.join(path.dirname(found), name);
    if (fs.statSync(file).isFile()) return file;
  } catch {
    // Not installed.
  }
  throw new Error(
    `the package ${system} is missing, which holds Deno for this system: install again, with optional dependencies; there is none for other systems, nor for Linux with musl`,
  );
}

/**
 * The user's cache folder for gorel. A relative one, also by a relative HOME, would have compiled
 * code taken from the very repository that gorel is called in.
 */
function cacheBase() {
  const base = named();
  if (!path.isAbsolute(base)) throw new Error(`${base}: not an absolute path`);
  return base;
}

function named() {
  const { GOREL_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (GOREL_CACHE) return GOREL_CACHE;
  if (process.platform === "win32" && LOCALAPPDATA) return path.join(LOCALAPPDATA, "gorel");
  if (process.platform === "darwin") return path.join(os.homedir(), "Library/Caches/gorel");
  const absolute = XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME);
  return path.join(absolute ? XDG_CACHE_HOME : path.join(os.homedir(), ".cache"), "gorel");
}

/**
 * Deno keeps compiled code of ours in its folder, and takes it from there: one that is only ours,
 * not the one of the user's own Deno. Where there is none that only we can write, it is temporary.
 */
function denoDir() {
  // Whatever the user's umask: their own cache folder must not be one that they cannot enter.
  const users = process.umask(0o077);
  try {
    const folder = path.join(cacheBase(), `npm-${version}`);
    makeFolder(folder);
    const { uid, mode } = fs.lstatSync(folder);
    const ours = !process.getuid || (uid === process.getuid() && (mode & 0o022) === 0);
    if (ours && fs.lstatSync(folder).isDirectory()) {
      fs.accessSync(folder, fs.constants.W_OK);
      return folder;
    }
  } catch {
    // It cannot be made or written, or is no place for that.
  } finally {
    process.umask(users);
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gorel-"));
  process.on("exit", () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a folder and those above it. Node's own way never ends where the system lets none be made. */
function makeFolder(folder) {
  const make = () => fs.mkdirSync(folder, { mode: 0o700 });
  try {
    make();
  } catch (error) {
    if (error.code === "EEXIST") return;
    if (error.code !== "ENOENT" || path.dirname(folder) === folder) throw error;
    makeFolder(path.dirname(folder));
    make();
  }
}

/** What is meant for the user's own Deno or Node. Only whom to trust on the network holds for gorel too. */
const theirs = /^(DENO_(?!CERT$|TLS_CA_STORE$)|(NODE_OPTIONS|OTEL_DENO)$)/;

/** The environment for Deno. gorel gives its children what was there before. */
function environment() {
  const env = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.startsWith("GOREL_OUTER_")) {
      env[theirs.test(name) ? `GOREL_OUTER_${name}` : name] = value;
    }
  }
  const set = { DENO_DIR: denoDir(), DENO_NO_UPDATE_CHECK: "1", DENO_NO_PACKAGE_JSON: "1" };
  return { ...env, ...set, GOREL_EXECUTABLE: __filename };
}

function main() {
  const args = Args.map((arg) => arg.replaceAll("{dir}", dir));
  const child = spawn(findDeno(), [...args, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: environment(),
  });
  // What the terminal sends reaches Deno as well; what is sent to us alone does not.
  const forward = (signal) => {
    if (process.platform !== "win32") child.kill(signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"];
  for (const signal of signals) process.on(signal, forward);
  child.on("error", (error) => fail(error));
  child.on("exit", (code, signal) => {
    for (const name of signals) process.off(name, forward);
    if (signal === null) process.exit(code);
    // Ended by a signal, Deno leaves no exit code: we end by the same.
    process.exitCode = 128 + (os.constants.signals[signal] ?? 0);
    process.kill(process.pid, signal);
  });
}

function fail(error) {
  console.error(`gorel: ${error.message}`);
  process.exit(1);
}

try {
  main();
} catch (error) {
  fail(error);
}
