/** How long an experiment takes its time, in milliseconds. */
export type LaboratoryTimes = {
	/** From one step to the next, so that a person sees things happen. */
	readonly step: number;
	/** How long a client waits for an answer to its SYN, and an experiment for what the kernel's tables have not shown yet. */
	readonly patience: number;
};

/** The times where no others are asked for. */
export const defaultTimes: LaboratoryTimes = {step: 400, patience: 3000};
