/** Serves a folder on loopback until it is ended; its port is the one line it prints. */
const [folder] = Deno.args;

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(port),
}, async (request) => {
  try {
    const path = decodeURIComponent(new URL(request.url).pathname);
    return new Response(await Deno.readFile(folder + path));
  } catch {
    return new Response("not found\n", { status: 404 });
  }
});
