/** Why most of what is in a cluster costs nothing of its own. */
export const onNodes = 'it runs on nodes of its cluster, which are priced themselves';
