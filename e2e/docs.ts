// Somebody else's documentation: a site of its own on another port, which allows nothing of Drydock's but its scripts and frames.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** What the pages look like, unless they say otherwise. */
const STYLES = `
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; background: #fff; color: #1f2328; font: 16px/1.6 Georgia, serif; }
  pre { margin: 1rem 0; padding: 0.875rem 1rem; overflow-x: auto; border-radius: 6px; background: #f5f6f8; font: 14px/1.5 monospace; }
  .dark { background: #16181d; color: #e6e6e6; color-scheme: dark; }
  .dark pre { background: #22252c; }
  .far { height: 3000px; }
  .hidden { display: none; }
`;

export class Docs {
  private server: Server | undefined;
  private readonly files = new Map<string, string>([["/styles.css", STYLES], ["/favicon.ico", ""]]);
  private folder: string | undefined;

  /** `site` is where Drydock is, with a `/` at the end. */
  constructor(readonly site: string) {}

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "", this.address);
      this.read(pathname).then(
        (body) => {
          response.writeHead(200, {
            "content-type": TYPES[extname(pathname)] ?? "text/html; charset=utf-8",
            "content-security-policy": this.policy,
          });
          response.end(body);
        },
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((started) => this.server?.listen(0, "127.0.0.1", started));
  }

  async stop(): Promise<void> {
    const stopped = new Promise((done) => this.server?.close(done));
    this.server?.closeAllConnections();
    await stopped;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server?.address() as AddressInfo).port}`;
  }

  /** Whether a generator writes scripts and styles into its pages, which these then must allow; Drydock needs neither. */
  hasInline = false;

  /** What these pages may load: of Drydock nothing but scripts and frames, and no inline styles from anywhere. */
  private get policy(): string {
    const { origin } = new URL(this.site);
    const own = this.hasInline ? "'self' 'unsafe-inline'" : "'self'";
    return `default-src 'none'; script-src ${origin} ${own}; frame-src ${origin}; style-src ${own}; connect-src 'self'; img-src 'self' data:; font-src 'self'`;
  }

  /** Writes a file. */
  write(path: string, text: string): void {
    this.files.set(path, text);
  }

  /** Writes a page around what stands in its body. */
  page(body: string, classes = "", scripts = `<script type="module" src="${this.site}drydock.js"></script>`): void {
    this.write("/", `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Somebody's documentation</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/styles.css">${scripts}</head>
      <body class="${classes}"><main><h1>Networks</h1>${body}</main></body></html>`);
  }

  /** Serves a folder of `recipes/`, where pages know Drydock as `https://drydock.example/` and themselves as `https://handbook.example/`. */
  serve(folder: string): void {
    this.folder = fileURLToPath(new URL(`recipes/${folder}`, import.meta.url));
  }

  private async read(path: string): Promise<string | Buffer> {
    const text = this.files.get(path);
    if (text !== undefined) return text;
    if (this.folder === undefined) throw new Error("not here");
    const bytes = await readFile(join(this.folder, path.endsWith("/") ? `${path}index.html` : path));
    if (!/(\/|\.html|\.xml)$/.test(path)) return bytes;
    return bytes.toString().replaceAll("https://drydock.example/", this.site).replaceAll("https://handbook.example/", `${this.address}/`);
  }
}

/** A code block as documentation has it, in an editor. */
export function block(text: string, attributes = ""): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<drydock-editor ${attributes}><pre><code class="language-json">${escaped}</code></pre></drydock-editor>`;
}
