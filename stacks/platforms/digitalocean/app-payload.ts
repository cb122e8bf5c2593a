export { appPayload, balancedPort } from '../app-payload';
