import type { BuildOptions } from 'esbuild'

/** How the one file that devices get is made. */
export declare const options: BuildOptions
