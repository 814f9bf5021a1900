/** One thing that is wrong, and what to do about it; a warning does not keep the network from running yet. */
export interface Finding { severity: 'fault' | 'warning', problem: string, advice: string }
