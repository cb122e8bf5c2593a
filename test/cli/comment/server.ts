import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment as the server keeps it. */
export interface Kept {
  readonly id: number;
  body: string;
  /** Who wrote it. @default - who the token belongs to */
  readonly by?: string;
}

/** What a test makes the server do before it does what was asked; `true`: the answer was given, do nothing more. */
export type Trouble = (
  request: { readonly method: string; readonly times: number },
  response: ServerResponse,
) => boolean | Promise<boolean>;

/** GitHub's issue comments and GitLab's notes of one pull request, on loopback, with their own words for pages and methods. */
export interface ReviewServer {
  readonly url: string;
  readonly comments: Kept[];
  /** `GET`, `POST`... in the order in which they came. */
  readonly asked: string[];
  readonly tokens: Set<string>;
  trouble: Trouble;
  /** Comments of a page of the list. */
  pageSize: number;
  /** Characters that a comment may have. */
  longest: number;
}

const servers: Server[] = [];

/** Starts one. */
export async function reviewServer(): Promise<ReviewServer> {
  const made = {
    url: '',
    comments: [] as Kept[],
    asked: [] as string[],
    tokens: new Set<string>(),
    trouble: () => false,
    pageSize: 100,
    longest: 65_536,
  } as ReviewServer & { url: string };
  let next = 1000;
  const server = createServer((request, response) => void handle(made, request, response, () => (next += 1)));
  servers.push(server);
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  made.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return made;
}

const paths = [
  /^\/repos\/acme\/shop\/issues\/7\/comments$/,
  /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/,
  /^\/(?:api\/v4\/)?user$/,
  /^\/api\/v4\/projects\/42\/merge_requests\/7\/notes(?:\/(\d+))?$/,
];

async function handle(made: ReviewServer, request: IncomingMessage, response: ServerResponse, nextId: () => number): Promise<void> {
  const url = new URL(request.url ?? '', made.url);
  const gitlab = url.pathname.startsWith('/api/v4');
  const found = paths.map((path) => path.exec(url.pathname)).find((match) => match !== null);
  const method = request.method ?? '';
  made.tokens.add(String(request.headers.authorization ?? request.headers['private-token']));
  const times = made.asked.filter((one) => one === method).length;
  made.asked.push(method);
  const sent = await bodyOf(request);
  if (await made.trouble({ method, times }, response)) return;
  if (found === undefined || found === null) return send(response, 404, { message: 'Not Found' });
  if (url.pathname.endsWith('/user'))
    return gitlab
      ? send(response, 200, { id: 7, username: 'project_42_bot_1a2b' })
      : send(response, 403, { message: 'Resource not accessible by integration' });
  if (method === 'GET') return list(made, url, gitlab, response);
  const at = made.comments.findIndex(({ id }) => String(id) === found[1]);
  if (method === 'DELETE') return at === -1 ? send(response, 404, {}) : (made.comments.splice(at, 1), send(response, 204, undefined));
  if (sent.length > made.longest)
    return gitlab
      ? send(response, 400, { message: { note: ['is too long (maximum is 1000000 characters)'] } })
      : send(response, 422, { message: 'Validation Failed: body is too long (maximum is 65536 characters)' });
  if (method === 'POST') {
    made.comments.push({ id: nextId(), body: sent });
    return send(response, 201, made.comments.at(-1));
  }
  const comment = made.comments[at];
  if (comment === undefined || method !== (gitlab ? 'PUT' : 'PATCH')) return send(response, 404, { message: 'Not Found' });
  comment.body = sent;
  return send(response, 200, comment);
}

function list(made: ReviewServer, url: URL, gitlab: boolean, response: ServerResponse): void {
  const page = Number(url.searchParams.get('page'));
  const more = page * made.pageSize < made.comments.length;
  if (gitlab) response.setHeader('x-next-page', more ? String(page + 1) : '');
  else if (more) response.setHeader('link', `<${made.url}/next>; rel="next", <${made.url}/last>; rel="last"`);
  send(
    response,
    200,
    made.comments
      .slice((page - 1) * made.pageSize, page * made.pageSize)
      .map(({ by, ...comment }) => ({ ...comment, ...writer(gitlab, by) })),
  );
}

/** As the hosts name an author: the job itself, or somebody else. */
function writer(gitlab: boolean, by: string | undefined): object {
  if (gitlab) return { author: by === undefined ? { id: 7, username: 'project_42_bot_1a2b' } : { id: 8, username: by } };
  return { user: by === undefined ? { login: 'github-actions[bot]', type: 'Bot' } : { login: by, type: 'User' } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? '' : (JSON.parse(Buffer.concat(chunks).toString('utf8')) as { body: string }).body;
}

/** Answers with JSON. */
export function send(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body === undefined ? undefined : JSON.stringify(body));
}

afterAll(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise<void>((done) => {
          server.closeAllConnections();
          server.close(() => done());
        }),
    ),
  );
});
