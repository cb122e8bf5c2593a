import { main } from './main';

// `npm start` is `terrace start`.
void main(['start', ...process.argv.slice(2)]);
