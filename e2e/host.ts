// A host between the browser and the site: it has the site in a folder, can lose a file or be gone, and can have a newer
// version of the site, which is the same but for the id of its build.

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const FOLDER = "/some/folder/";

export class Host {
  /** Files that it does not have, by how their names begin. */
  missing: string | undefined;
  /** Another build than the site's own. */
  private build: string | undefined;
  private server: Server | undefined;
  private port = 0;
  private asked: string[] = [];

  constructor(private readonly site: string) {}

  /** Starts, where it was before if it was gone. */
  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch(() => response.writeHead(500).end());
    });
    await new Promise<void>((started) => this.server?.listen(this.port, "127.0.0.1", started));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.server?.close(done));
    this.server?.closeAllConnections();
    await stopped;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}${FOLDER}`;
  }

  /** Publishes a newer version of the site, and forgets what it was asked for before. */
  publish(build: string): void {
    this.build = build;
    this.asked = [];
  }

  wasAskedFor(name: string): boolean {
    return this.asked.some((asked) => asked.startsWith(name));
  }

  /** Of which files, by how their names begin, it was asked for how many times. */
  timesAskedFor(name: string): number {
    return this.asked.filter((asked) => asked.startsWith(name)).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "", this.address);
    if (!pathname.startsWith(FOLDER)) {
      response.writeHead(404).end();
      return;
    }
    const name = pathname.slice(FOLDER.length);
    this.asked.push(name);
    if (this.missing !== undefined && name.startsWith(this.missing)) {
      response.writeHead(404).end();
      return;
    }
    const original = await fetch(`${this.site}/${name}`);
    const headers = Object.fromEntries(["content-type", "content-security-policy", "cache-control", "access-control-allow-origin"].flatMap((name) => {
      const value = original.headers.get(name);
      return value === null ? [] : [[name, value]];
    }));
    response.writeHead(original.status, headers);
    if (this.build !== undefined && ["", "sw.js", "version.json"].includes(name)) {
      response.end(await this.newer(await original.text(), this.build));
    } else {
      response.end(Buffer.from(await original.arrayBuffer()));
    }
  }

  /** Rewrites what knows the build: its id, and the hash of the page that holds it. */
  private async newer(text: string, build: string): Promise<string> {
    const { build: old } = (await (await fetch(`${this.site}/version.json`)).json()) as { build: string };
    const page = await (await fetch(`${this.site}/`)).text();
    return text.replaceAll(integrity(page), integrity(page.replaceAll(old, build))).replaceAll(old, build);
  }
}

function integrity(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
