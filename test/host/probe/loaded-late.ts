export const loaded = 'loaded';
