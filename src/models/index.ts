export * from './api-key.ts';
export {
  ageOn,
  formatBirthday,
  type LeapDayOption,
  nextBirthday,
  type ParsedBirthday,
  parseBirthday,
} from './birthday.ts';
export { type CalendarDate, calendarDateIn, formatCalendarDate, parseCalendarDate } from './calendar-date.ts';
export * from './color.ts';
export * from './export/index.ts';
export {
  allPrivate,
  allPublic,
  isVisible,
  type PrivacyField,
  type PrivacyKey,
  type PrivacySubject,
} from './privacy.ts';
export * from './proxy-tag.ts';
export * from './reference.ts';
export { dateToSnowflake, parseSnowflake, snowflakeToDate } from './snowflake.ts';
export * from './timestamp.ts';
