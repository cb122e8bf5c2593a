export { htmlPage } from './html';
export { longestComment, markdownPage } from './markdown';
export { type Ink, terminalPage } from './terminal';
export type { Page } from './model';
export { pageOf } from './page';
export { sarifLog } from './sarif';
