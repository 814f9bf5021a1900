/** In the place of Node's zlib: whoever calls for more than this fails, and the content is refused. */
export const inflateRawSync = undefined
