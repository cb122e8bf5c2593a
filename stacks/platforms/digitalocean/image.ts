/** The image that servers start from: the long-term release that the bootstrap text is written for and tested with. */
export const imageSlug = 'ubuntu-24-04-x64';
