import { isRecord } from '../../values/record';
import type { Request } from './api';

/** A comment on a pull request or merge request. */
export interface Comment {
  readonly id: number;
  readonly body: string;
  /** Who wrote it, as the host says. */
  readonly author: Author;
}

/** Who wrote a comment, or who asks. */
export interface Author {
  /** GitHub's login, GitLab's number. */
  readonly id: string;
  /** Whether it is a program: a job's own token on GitHub, for which the host does not say who it is. */
  readonly program: boolean;
}

/** What differs between the places where code is reviewed. */
export interface Host {
  readonly name: 'GitHub' | 'GitLab';
  /** Who the token belongs to; GitHub refuses that to the token of a job. */
  me(): Request;
  list(page: number): Request;
  create(body: string): Request;
  update(id: number, body: string): Request;
  remove(id: number): Request;
  /** Whether a page of the list is followed by another one. */
  hasNext(headers: Headers): boolean;
}

/** Where a comment goes, and as whom. */
export interface Place {
  /** Address of the API: `https://api.github.com`, `https://gitlab.com/api/v4`. */
  readonly api: string;
  /** `owner/name` on GitHub, the number or path of the project on GitLab. */
  readonly project: string;
  /** Number of the pull request or merge request. */
  readonly number: number;
  readonly token: string;
}

/** GitHub: a pull request's conversation is an issue's (docs.github.com/rest/issues/comments, read 2026-11-21). */
export function github({ api, project, number, token }: Place): Host {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };
  const issues = `${api}/repos/${project.split('/').map(encodeURIComponent).join('/')}/issues`;
  return {
    name: 'GitHub',
    me: () => ({ method: 'GET', url: `${api}/user`, headers }),
    list: (page) => ({ method: 'GET', url: `${issues}/${number}/comments?per_page=100&page=${page}`, headers }),
    create: (body) => ({ method: 'POST', url: `${issues}/${number}/comments`, headers, body: { body } }),
    update: (id, body) => ({ method: 'PATCH', url: `${issues}/comments/${id}`, headers, body: { body } }),
    remove: (id) => ({ method: 'DELETE', url: `${issues}/comments/${id}`, headers }),
    hasNext: (answered) => /;\s*rel="next"/.test(answered.get('link') ?? ''),
  };
}

/** GitLab: notes of a merge request (docs.gitlab.com/api/notes, read 2026-11-21). */
export function gitlab({ api, project, number, token }: Place): Host {
  const headers = { 'private-token': token };
  const notes = `${api}/projects/${encodeURIComponent(project)}/merge_requests/${number}/notes`;
  return {
    name: 'GitLab',
    me: () => ({ method: 'GET', url: `${api}/user`, headers }),
    list: (page) => ({ method: 'GET', url: `${notes}?per_page=100&page=${page}&sort=asc&order_by=created_at`, headers }),
    create: (body) => ({ method: 'POST', url: notes, headers, body: { body } }),
    update: (id, body) => ({ method: 'PUT', url: `${notes}/${id}`, headers, body: { body } }),
    remove: (id) => ({ method: 'DELETE', url: `${notes}/${id}`, headers }),
    hasNext: (answered) => (answered.get('x-next-page') ?? '') !== '',
  };
}

/** A comment as both hosts write it. */
export function commentIn(value: unknown): Comment | undefined {
  return isRecord(value) && typeof value['id'] === 'number' && typeof value['body'] === 'string'
    ? { id: value['id'], body: value['body'], author: authorIn(value['user'] ?? value['author']) }
    : undefined;
}

/** Somebody as both hosts write them. */
export function authorIn(value: unknown): Author {
  if (!isRecord(value)) return { id: '', program: false };
  const { login, id, type } = value;
  return { id: typeof login === 'string' ? login : typeof id === 'number' ? String(id) : '', program: type === 'Bot' };
}
