/** A row of the settings of a pane. */
export type SettingName = 'ending' | 'framing';
